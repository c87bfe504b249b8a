import type { Offer, Priority } from './contract.ts';
import { DEFAULT_PRIORITY } from './contract.ts';
import type { Linked, List } from './list.ts';
import { append, createList, prepend, shift, unlink } from './list.ts';

/**
 * Offers that wait for a poll: by priority, first in first out within one. Every operation takes the same time however
 * long the backlog is.
 */
export interface Backlog<T> {
  readonly byId: Map<string, Entry<T>>;
  /** One list per priority, 1 first. Fairness between keys of one priority would replace the lists. */
  readonly levels: readonly List<Entry<T>>[];
}

interface Entry<T> extends Linked<Entry<T>> {
  offer: Offer<T>;
}

export const PRIORITIES: readonly Priority[] = [1, 2, 3, 4, 5];

export const createBacklog = <T>(): Backlog<T> => ({
  byId: new Map(),
  levels: PRIORITIES.map(() => createList<Entry<T>>()),
});

/** The priority it is treated as: 1 to 5; 0 is how the wire says nothing. */
export const effectivePriority = (priority: Priority): Priority =>
  priority >= 1 ? Math.min(Math.floor(priority), PRIORITIES.length) : DEFAULT_PRIORITY;

const levelOf = <T>(backlog: Backlog<T>, priority: Priority): List<Entry<T>> => {
  const level = backlog.levels[effectivePriority(priority) - 1];
  if (level === undefined) throw new Error(`no backlog for priority ${priority}`);
  return level;
};

/** One with the same id is replaced where it stands, unless the priority is another or the front was asked for. */
export function put<T>(backlog: Backlog<T>, offer: Offer<T>, where: 'back' | 'front'): void {
  const level = levelOf(backlog, offer.priority);
  const old = backlog.byId.get(offer.id);
  if (old !== undefined) {
    const oldLevel = levelOf(backlog, old.offer.priority);
    if (oldLevel === level && where === 'back') {
      old.offer = offer;
      return;
    }
    unlink(oldLevel, old);
  }
  const entry = old ?? { offer, previous: null, next: null };
  entry.offer = offer;
  if (old === undefined) backlog.byId.set(offer.id, entry);
  if (where === 'front') prepend(level, entry);
  else append(level, entry);
}

export function take<T>(backlog: Backlog<T>): Offer<T> | null {
  if (backlog.byId.size === 0) return null;
  for (const level of backlog.levels) {
    const entry = shift(level);
    if (entry === null) continue;
    backlog.byId.delete(entry.offer.id);
    return entry.offer;
  }
  return null;
}

export function drop<T>(backlog: Backlog<T>, id: string): boolean {
  const entry = backlog.byId.get(id);
  if (entry === undefined) return false;
  backlog.byId.delete(id);
  unlink(levelOf(backlog, entry.offer.priority), entry);
  return true;
}

export const backlogCount = <T>(backlog: Backlog<T>): number => backlog.byId.size;

export const countOf = <T>(backlog: Backlog<T>, priority: Priority): number => levelOf(backlog, priority).size;

/**
 * When the first in line of a priority began to wait; null when nobody does. Close enough to the oldest: only what was
 * replaced or came back to the front stands out of order.
 */
export const oldestOf = <T>(backlog: Backlog<T>, priority: Priority): number | null =>
  levelOf(backlog, priority).head?.offer.createdAt ?? null;
