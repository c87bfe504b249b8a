/** How long to wait between attempts: each wait is `multiplier` times the last, up to `max`, give or take a fifth. */
export interface BackoffPolicy {
  /** Milliseconds. */
  readonly initial: number;
  readonly multiplier: number;
  /** Milliseconds. */
  readonly max: number;
}

export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number;
  reset(): void;
}

/** Waits are drawn from within this share of their length, so that workers do not come back all at once. */
const JITTER = 0.2;

/** What the worker waits after a poll that failed. */
export const afterFailedPoll: BackoffPolicy = { initial: 200, multiplier: 2, max: 10_000 };
/** The least it waits after RESOURCE_EXHAUSTED. */
export const afterThrottling: BackoffPolicy = { initial: 1000, multiplier: 2, max: 10_000 };
/** What it waits after any other call that failed. */
export const afterFailedCall: BackoffPolicy = { initial: 100, multiplier: 1.7, max: 5000 };

export function createBackoff(
  { initial, multiplier, max }: BackoffPolicy,
  random: () => number = Math.random,
): Backoff {
  let interval = initial;
  return {
    next() {
      const wait = interval * (1 - JITTER + 2 * JITTER * random());
      interval = Math.min(max, interval * multiplier);
      return wait;
    },
    reset() {
      interval = initial;
    },
  };
}
