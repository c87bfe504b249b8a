export interface BackoffOptions {
  /** Pause after the first failed attempt, in milliseconds. Default 100. */
  readonly initialMs?: number;
  /** Longest pause, in milliseconds. Default 5000. */
  readonly maxMs?: number;
}

/** How long to leave a server alone that could not be reached. */
export interface Backoff {
  readonly initialMs: number;
  readonly maxMs: number;
  pauseMs: number;
  /** Epoch milliseconds before which nothing is tried. */
  until: number;
}

const FACTOR = 1.6;
/** Clients that lost the same server must not all come back at once. */
const JITTER = 0.2;

export const createBackoff = ({ initialMs = 100, maxMs = 5000 }: BackoffOptions = {}): Backoff => ({
  initialMs,
  maxMs,
  pauseMs: 0,
  until: 0,
});

export function attemptFailed(backoff: Backoff, now: number): void {
  backoff.pauseMs = backoff.pauseMs === 0 ? backoff.initialMs : Math.min(backoff.pauseMs * FACTOR, backoff.maxMs);
  backoff.until = now + backoff.pauseMs * (1 + JITTER * (2 * Math.random() - 1));
}

export function attemptSucceeded(backoff: Backoff): void {
  backoff.pauseMs = 0;
  backoff.until = 0;
}
