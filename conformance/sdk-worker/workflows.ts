import {
  type ActivityInterfaceFor,
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  isCancellation,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@perdure/workflow';

type AnyActivities = ActivityInterfaceFor<Record<string, (...args: unknown[]) => Promise<unknown>>>;

/** Calls an activity by its name and returns what it does. */
export async function callActivity(name: string, args: unknown[], options: ActivityOptions = {}): Promise<unknown> {
  const activities: AnyActivities = proxyActivities({ startToCloseTimeout: '1 minute', ...options });
  return activities[name]?.(...args);
}

/** The same, as a local activity. */
export async function callLocal(name: string, args: unknown[], options: LocalActivityOptions = {}): Promise<unknown> {
  const activities: AnyActivities = proxyLocalActivities({ startToCloseTimeout: '1 minute', ...options });
  return activities[name]?.(...args);
}

/** Calls an activity so many times at once. */
export async function callMany(name: string, count: number, options: ActivityOptions = {}): Promise<number> {
  const activities: AnyActivities = proxyActivities({ startToCloseTimeout: '1 minute', ...options });
  const results = await Promise.all(Array.from({ length: count }, (_, i) => activities[name]?.(i)));
  return results.length;
}

/** Cancels an activity once it is told to, and says how that ended. */
export async function cancelOnSignal(name: string, options: ActivityOptions = {}): Promise<string> {
  const cancelled = { told: false };
  setHandler(defineSignal('cancel'), () => {
    cancelled.told = true;
  });
  const activities: AnyActivities = proxyActivities({ startToCloseTimeout: '1 minute', ...options });
  try {
    await CancellationScope.cancellable(async () => {
      const running = activities[name]?.();
      await Promise.race([running, condition(() => cancelled.told)]);
      CancellationScope.current().cancel();
      await running;
    });
    return 'completed';
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}

/** The same for a local activity, which is cancelled after a while. */
export async function cancelLocal(name: string, afterMs: number): Promise<string> {
  const activities: AnyActivities = proxyLocalActivities({ startToCloseTimeout: '1 minute' });
  try {
    await CancellationScope.withTimeout(afterMs, async () => activities[name]?.());
    return 'completed';
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}

/** Ends when it is told to. */
export async function untilTold(): Promise<string> {
  const told: string[] = [];
  setHandler(defineSignal<[string]>('tell'), (what) => void told.push(what));
  setHandler(defineQuery('told'), () => told);
  await condition(() => told.length > 0);
  return told.join();
}

export async function sleepFor(ms: number): Promise<void> {
  await sleep(ms);
}

export async function echo(value: unknown): Promise<unknown> {
  return value;
}

export async function repeat(text: string, times: number): Promise<string> {
  return text.repeat(times);
}

export async function failWith(length: number): Promise<void> {
  throw ApplicationFailure.nonRetryable('x'.repeat(length));
}
