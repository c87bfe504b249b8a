import { backlogCount, oldestOf, PRIORITIES } from './backlog.ts';
import { nextTokenAt, setRate, takeToken } from './limit.ts';
import type { Queue } from './queue.ts';
import { perSecond, type Rate } from './rate.ts';

/** A poll that stood in line this long was not needed. */
const IDLE_MS = 1_000;
/** A backlog this old wants more pollers. */
const OLD_BACKLOG_MS = 200;
/** So much faster may tasks come than go before more pollers are wanted. */
const ADDED_TO_DISPATCHED = 1.2;
/** Suggestions to grow, per second and poller, so that many pollers do not all double at once. */
const SUGGESTIONS_PER_SECOND = 10;

/**
 * Whether a poller more (1) or one less (-1) would suit the queue from which a poll just got a task, after it had stood
 * in line for `waitedMs`. Reference: matching (poller scaling decision).
 */
export function pollersWanted<T>(queue: Queue<T>, now: number, waitedMs: number, syncMatch: boolean): -1 | 0 | 1 {
  if (syncMatch && waitedMs >= IDLE_MS) return -1;
  if (!wantsMore(queue, now)) return 0;
  // More pollers would only wait for the limit.
  const isHeldBack = nextTokenAt(queue.limit, now) !== now;
  if (isHeldBack) return 0;
  setRate(queue.suggestions, SUGGESTIONS_PER_SECOND * Math.max(1, queue.seen.byIdentity.size), now);
  return takeToken(queue.suggestions, now) ? 1 : 0;
}

function wantsMore<T>(queue: Queue<T>, now: number): boolean {
  if (backlogCount(queue.backlog) === 0) return false;
  for (const priority of PRIORITIES) {
    const oldest = oldestOf(queue.backlog, priority);
    if (oldest !== null && now - oldest > OLD_BACKLOG_MS) return true;
  }
  const dispatched = total(queue.dispatched, now);
  return dispatched > 0 && total(queue.added, now) / dispatched > ADDED_TO_DISPATCHED;
}

function total(rates: readonly (Rate | undefined)[], now: number): number {
  let sum = 0;
  for (const rate of rates) if (rate !== undefined) sum += perSecond(rate, now);
  return sum;
}
