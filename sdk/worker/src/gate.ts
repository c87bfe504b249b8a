/** Something that loops wait at until what they look at has changed in their favour. */
export interface Gate {
  /** Lets all who wait look again. */
  notify(): void;
  /** Resolves to true once `condition` holds, or to false once `stop` is aborted, whichever is first. */
  until(condition: () => boolean, stop: AbortSignal): Promise<boolean>;
}

export function createGate(): Gate {
  let waiting: (() => void)[] = [];
  /** Those whose abort lets all look again: one listener for each, as the worker waits far more often than it stops. */
  const heard = new WeakSet<AbortSignal>();
  const notify = () => {
    if (waiting.length === 0) return;
    const all = waiting;
    waiting = [];
    for (const look of all) look();
  };
  return {
    notify,
    async until(condition, stop) {
      while (!stop.aborted) {
        if (condition()) return true;
        if (!heard.has(stop)) stop.addEventListener('abort', notify, { once: true });
        heard.add(stop);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return false;
    },
  };
}

/** Resolves to true after `ms`, or to false as soon as `stop` is aborted. */
export function pause(ms: number, stop: AbortSignal): Promise<boolean> {
  if (stop.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (passed: boolean) => {
      clearTimeout(timer);
      stop.removeEventListener('abort', aborted);
      resolve(passed);
    };
    const aborted = () => end(false);
    const timer = setTimeout(end, ms, true);
    stop.addEventListener('abort', aborted, { once: true });
  });
}
