import type { Offer, Priority } from './contract.ts';
import { DEFAULT_PRIORITY } from './contract.ts';
import {
  advance,
  createFairQueue,
  type FairQueue,
  join,
  type Lane,
  laneOf,
  leave,
  next,
  nextAt,
  wakeAll,
} from './fair-queue.ts';
import { nextTokenAt } from './limit.ts';
import type { Linked } from './list.ts';

/**
 * Offers that wait for a poll: by priority, and within one fair between keys, first in first out for each. An operation
 * takes the same time however long the backlog is, and grows with the logarithm of the number of keys that wait.
 */
export interface Backlog<T> {
  readonly byId: Map<string, Entry<T>>;
  /** One for each priority, 1 first. */
  readonly levels: readonly FairQueue<Entry<T>>[];
}

interface Entry<T> extends Linked<Entry<T>> {
  offer: Offer<T>;
  level: FairQueue<Entry<T>>;
  lane: Lane<Entry<T>>;
}

export const PRIORITIES: readonly Priority[] = [1, 2, 3, 4, 5];

export const createBacklog = <T>(): Backlog<T> => ({
  byId: new Map(),
  levels: PRIORITIES.map(() => createFairQueue<Entry<T>>()),
});

/** The priority it is treated as: 1 to 5; 0 is how the wire says nothing. */
export const effectivePriority = (priority: Priority): Priority =>
  priority >= 1 ? Math.min(Math.floor(priority), PRIORITIES.length) : DEFAULT_PRIORITY;

const levelOf = <T>(backlog: Backlog<T>, priority: Priority): FairQueue<Entry<T>> => {
  const level = backlog.levels[effectivePriority(priority) - 1];
  if (level === undefined) throw new Error(`no backlog for priority ${priority}`);
  return level;
};

/** One with the same id is replaced where it stands, unless priority or key are others or the front was asked for. */
export function put<T>(backlog: Backlog<T>, offer: Offer<T>, where: 'back' | 'front', now: number): void {
  const level = levelOf(backlog, offer.priority);
  const lane = laneOf(level, offer.fairness, now);
  const old = backlog.byId.get(offer.id);
  if (old !== undefined) {
    if (old.lane === lane && where === 'back') {
      old.offer = offer;
      return;
    }
    leave(old.level, old.lane, old);
  }
  const entry: Entry<T> = { offer, level, lane, previous: null, next: null };
  backlog.byId.set(offer.id, entry);
  join(level, lane, entry, where);
}

/** The next offer; null when there is none, or a limit of its key holds back each that there is. */
export function take<T>(backlog: Backlog<T>, now: number): Offer<T> | null {
  if (backlog.byId.size === 0) return null;
  for (const level of backlog.levels) {
    const lane = next(level, now);
    const entry = lane?.list.head;
    if (!lane || !entry) continue;
    backlog.byId.delete(entry.offer.id);
    leave(level, lane, entry);
    advance(level, lane, entry.offer.fairness.weight, now);
    return entry.offer;
  }
  return null;
}

/** Notes that an offer goes straight to a poll. False when a limit of its key holds it back. */
export function pass<T>(backlog: Backlog<T>, { priority, fairness }: Offer<T>, now: number): boolean {
  // Without a limit there is nothing to keep: a queue in which nothing waits is fair to everybody.
  if (fairness.perSecond === null) return true;
  const level = levelOf(backlog, priority);
  const lane = laneOf(level, fairness, now);
  if (lane.limit.tokens < 1 && nextTokenOf(lane, now) > now) return false;
  advance(level, lane, fairness.weight, now);
  return true;
}

const nextTokenOf = <T>(lane: Lane<Entry<T>>, now: number): number =>
  nextTokenAt(lane.limit, now) ?? Number.POSITIVE_INFINITY;

/** When `take` gives something: now, a later instant, or null for never as things are. */
export function readyAt<T>(backlog: Backlog<T>, now: number): number | null {
  let earliest: number | null = null;
  for (const level of backlog.levels) {
    const at = level.size === 0 ? null : nextAt(level, now);
    if (at !== null && (earliest === null || at < earliest)) earliest = at;
    if (earliest !== null && earliest <= now) return now;
  }
  return earliest;
}

/** The limits of keys may have changed. */
export function limitsChanged<T>(
  backlog: Backlog<T>,
  fairnessOf: (key: string) => Offer<T>['fairness'],
  now: number,
): void {
  for (const level of backlog.levels) {
    for (const lane of level.lanes.values()) laneOf(level, fairnessOf(lane.key), now);
    wakeAll(level);
  }
}

export function drop<T>(backlog: Backlog<T>, id: string): boolean {
  const entry = backlog.byId.get(id);
  if (entry === undefined) return false;
  backlog.byId.delete(id);
  leave(entry.level, entry.lane, entry);
  return true;
}

/** Everything that waits, by priority, whatever holds it back. */
export function takeAll<T>(backlog: Backlog<T>): Offer<T>[] {
  const all = backlog.levels.flatMap((level) =>
    [...backlog.byId.values()].filter((entry) => entry.level === level).map(({ offer }) => offer),
  );
  for (const { id } of all) drop(backlog, id);
  return all;
}

export const backlogCount = <T>(backlog: Backlog<T>): number => backlog.byId.size;

export const countOf = <T>(backlog: Backlog<T>, priority: Priority): number => levelOf(backlog, priority).size;

/**
 * When the first in line of a priority began to wait; null when nobody does. Close enough to the oldest: only what was
 * replaced or came back to the front stands out of order.
 */
export function oldestOf<T>(backlog: Backlog<T>, priority: Priority): number | null {
  let oldest: number | null = null;
  for (const { list } of levelOf(backlog, priority).lanes.values()) {
    const at = list.head?.offer.createdAt;
    if (at !== undefined && (oldest === null || at < oldest)) oldest = at;
  }
  return oldest;
}
