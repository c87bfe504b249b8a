import { pause } from '../gate.ts';

/** Lets through at most so many a second, evenly spread. */
export function createRateLimit(perSecond: number, now: () => number = performance.now.bind(performance)) {
  const interval = 1000 / perSecond;
  let next = 0;
  /** Resolves to true when it is one's turn, to false when `stop` is aborted first. */
  return async (stop: AbortSignal): Promise<boolean> => {
    const at = now();
    const turn = Math.max(next, at);
    next = turn + interval;
    return turn <= at ? !stop.aborted : pause(turn - at, stop);
  };
}
