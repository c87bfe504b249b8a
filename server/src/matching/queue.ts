import type { Cancel } from '../kernel/clock.ts';
import type { Backlog } from './backlog.ts';
import { backlogCount, countOf, createBacklog, effectivePriority, oldestOf, PRIORITIES } from './backlog.ts';
import type { Offer, Polled, Poller, Priority, QueueDescription, QueueId, QueueStats } from './contract.ts';
import { DEFAULT_PRIORITY } from './contract.ts';
import type { Limit } from './limit.ts';
import { unlimited } from './limit.ts';
import type { List } from './list.ts';
import { createList } from './list.ts';
import type { Rate } from './rate.ts';
import { count, createRate, perSecond } from './rate.ts';
import type { Seen } from './seen.ts';
import { createSeen, forgetUntil, latestFirst } from './seen.ts';
import type { Waiter } from './waiter.ts';

export type WaitingPoll<T> = Waiter<Queue<T>, Poller, Polled<T>>;
export type WaitingOffer<T> = Waiter<Queue<T>, Offer<T>, true>;

/**
 * One task queue. At any time at most one side waits: polls only while there is nothing to hand out, or its limit holds
 * it back.
 *
 * Polls are served first come, first served, as the reference does: it spreads tasks over workers, and every poll is
 * renewed before its caller gives up on it.
 */
export interface Queue<T> {
  readonly id: QueueId;
  readonly polls: List<WaitingPoll<T>>;
  /** Offers that are never put into the backlog, ahead of it: somebody is waiting for the answer. */
  readonly offers: List<WaitingOffer<T>>;
  readonly backlog: Backlog<T>;
  readonly seen: Seen;
  /** By priority, made when first needed. */
  readonly added: (Rate | undefined)[];
  readonly dispatched: (Rate | undefined)[];
  /** What workers ask for, unless somebody has set something else. */
  readonly limit: Limit;
  workerRate: number | null;
  /** Set while the limit holds tasks back from polls that wait. */
  cancelHandOver: Cancel | null;
  /** How many suggestions about the number of pollers may be made. */
  readonly suggestions: Limit;
  usedAt: number;
}

export const createQueue = <T>(id: QueueId, now: number): Queue<T> => ({
  id,
  polls: createList(),
  offers: createList(),
  backlog: createBacklog(),
  seen: createSeen(),
  added: [],
  dispatched: [],
  limit: unlimited(now),
  workerRate: null,
  cancelHandOver: null,
  suggestions: unlimited(now),
  usedAt: now,
});

/** Nothing is lost with it, and nobody would notice. */
export const isIdle = <T>(queue: Queue<T>, since: number): boolean =>
  queue.usedAt <= since && queue.polls.size === 0 && queue.offers.size === 0 && backlogCount(queue.backlog) === 0;

export function countAdded<T>(queue: Queue<T>, priority: Priority, now: number): void {
  count(rateOf(queue.added, queue.dispatched, priority, now), now);
}

export function countDispatched<T>(queue: Queue<T>, priority: Priority, now: number): void {
  count(rateOf(queue.dispatched, queue.added, priority, now), now);
}

/** Both rates of a priority begin together, or the two could not be compared. */
function rateOf(rates: (Rate | undefined)[], others: (Rate | undefined)[], priority: Priority, now: number): Rate {
  const slot = effectivePriority(priority);
  const known = rates[slot];
  if (known !== undefined) return known;
  const rate = createRate(now);
  rates[slot] = rate;
  others[slot] ??= createRate(now);
  return rate;
}

export function describeQueue<T>(queue: Queue<T>, now: number, seenSince: number): QueueDescription {
  forgetUntil(queue.seen, seenSince);
  const byPriority = new Map<Priority, QueueStats>();
  for (const priority of PRIORITIES) {
    const used = queue.added[priority] !== undefined || countOf(queue.backlog, priority) > 0;
    if (used || priority === DEFAULT_PRIORITY) byPriority.set(priority, statsOf(queue, priority, now));
  }
  return { ...sum(byPriority.values()), pollers: latestFirst(queue.seen), byPriority, workerRate: queue.workerRate };
}

function statsOf<T>(queue: Queue<T>, priority: Priority, now: number): QueueStats {
  const added = queue.added[priority];
  const dispatched = queue.dispatched[priority];
  const oldest = oldestOf(queue.backlog, priority);
  return {
    backlogCount: countOf(queue.backlog, priority),
    backlogAgeMs: oldest === null ? 0 : Math.max(0, now - oldest),
    tasksAddRate: added === undefined ? 0 : perSecond(added, now),
    tasksDispatchRate: dispatched === undefined ? 0 : perSecond(dispatched, now),
  };
}

function sum(all: Iterable<QueueStats>): QueueStats {
  const total = { backlogCount: 0, backlogAgeMs: 0, tasksAddRate: 0, tasksDispatchRate: 0 };
  for (const stats of all) {
    total.backlogCount += stats.backlogCount;
    total.backlogAgeMs = Math.max(total.backlogAgeMs, stats.backlogAgeMs);
    total.tasksAddRate += stats.tasksAddRate;
    total.tasksDispatchRate += stats.tasksDispatchRate;
  }
  return total;
}

/** What an unknown queue looks like. */
export const describeNothing = (now: number): QueueDescription =>
  describeQueue(createQueue({ namespaceId: '', name: '', type: 'workflow' }, now), now, now);
