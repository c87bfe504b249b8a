import { createHeap, type Heap, type HeapEntry, heapPeek, heapPush, heapRemove } from '../kernel/heap.ts';
import type { Fairness } from './contract.ts';
import { type Limit, nextTokenAt, setRate, takeToken, unlimited } from './limit.ts';
import { append, createList, type Linked, type List, prepend, unlink } from './list.ts';

/**
 * What waits at one priority: first in, first out within a fairness key, and between keys in proportion to their
 * weights (start-time fair queueing). Each key has a lane. A lane's turn comes at a place on an imaginary clock, which
 * each task that leaves it moves on by the inverse of its weight; the lane that is furthest behind goes next. A lane
 * that was empty comes in where the clock stands: nobody saves up for later.
 *
 * Most queues have one lane only, for tasks without a key, and then all this costs next to nothing.
 */
export interface FairQueue<N extends Linked<N>> {
  readonly lanes: Map<string, Lane<N>>;
  /** Lanes with tasks, by their place on the clock. */
  readonly ready: Heap<Lane<N>>;
  /** Lanes with tasks whose limit holds them back, by when it lets go. */
  readonly resting: Heap<Lane<N>>;
  clock: number;
  size: number;
}

export interface Lane<N extends Linked<N>> {
  readonly key: string;
  readonly list: List<N>;
  /** Its next turn on the clock. */
  turn: number;
  readonly limit: Limit;
  entry: HeapEntry<Lane<N>> | null;
  isResting: boolean;
}

/** Lanes that are remembered though they are empty: their turns, and what is left of their limits. */
const maxLanes = 1_000;

export const createFairQueue = <N extends Linked<N>>(): FairQueue<N> => ({
  lanes: new Map(),
  ready: createHeap(),
  resting: createHeap(),
  clock: 0,
  size: 0,
});

export function laneOf<N extends Linked<N>>(queue: FairQueue<N>, { key, perSecond }: Fairness, now: number): Lane<N> {
  let lane = queue.lanes.get(key);
  if (lane === undefined) {
    if (queue.lanes.size >= maxLanes) forgetEmpty(queue);
    lane = { key, list: createList(), turn: queue.clock, limit: unlimited(now), entry: null, isResting: false };
    queue.lanes.set(key, lane);
  }
  setRate(lane.limit, perSecond ?? Number.POSITIVE_INFINITY, now);
  return lane;
}

function forgetEmpty<N extends Linked<N>>(queue: FairQueue<N>): void {
  for (const [key, lane] of queue.lanes) if (lane.list.size === 0) queue.lanes.delete(key);
}

export function join<N extends Linked<N>>(
  queue: FairQueue<N>,
  lane: Lane<N>,
  element: N,
  where: 'back' | 'front',
): void {
  if (where === 'front') {
    prepend(lane.list, element);
    // It comes back because nobody was there for it: its turn is now.
    lane.turn = Math.min(lane.turn, queue.clock);
    reposition(queue, lane);
  } else {
    append(lane.list, element);
    if (lane.entry === null) {
      lane.turn = Math.max(lane.turn, queue.clock);
      lane.entry = heapPush(queue.ready, lane.turn, lane);
    }
  }
  queue.size++;
}

export function leave<N extends Linked<N>>(queue: FairQueue<N>, lane: Lane<N>, element: N): void {
  unlink(lane.list, element);
  queue.size--;
  if (lane.list.size === 0) park(queue, lane);
}

/** Whose turn it is, and what is first there; null when nothing waits or everything that waits is held back. */
export function next<N extends Linked<N>>(queue: FairQueue<N>, now: number): Lane<N> | null {
  wake(queue, now);
  for (let first = heapPeek(queue.ready); first !== undefined; first = heapPeek(queue.ready)) {
    const lane = first.value;
    const at = nextTokenAt(lane.limit, now);
    if (at !== null && at <= now) return lane;
    park(queue, lane);
    lane.isResting = true;
    lane.entry = heapPush(queue.resting, at ?? Number.POSITIVE_INFINITY, lane);
  }
  return null;
}

/** Notes that the lane, which `next` gave, lets one task of this weight go. */
export function advance<N extends Linked<N>>(queue: FairQueue<N>, lane: Lane<N>, weight: number, now: number): void {
  takeToken(lane.limit, now);
  queue.clock = Math.max(queue.clock, lane.turn);
  lane.turn = queue.clock + 1 / weight;
  if (lane.list.size > 0) reposition(queue, lane);
}

/** When something can leave: now, a later instant, or null for never. */
export function nextAt<N extends Linked<N>>(queue: FairQueue<N>, now: number): number | null {
  if (next(queue, now) !== null) return now;
  const first = heapPeek(queue.resting);
  return first === undefined || first.at === Number.POSITIVE_INFINITY ? null : first.at;
}

/** The limits of keys were changed: all lanes are looked at again. */
export function wakeAll<N extends Linked<N>>(queue: FairQueue<N>): void {
  wake(queue, Number.POSITIVE_INFINITY);
}

function wake<N extends Linked<N>>(queue: FairQueue<N>, now: number): void {
  for (let first = heapPeek(queue.resting); first !== undefined && first.at <= now; first = heapPeek(queue.resting)) {
    const lane = first.value;
    park(queue, lane);
    lane.entry = heapPush(queue.ready, lane.turn, lane);
  }
}

function reposition<N extends Linked<N>>(queue: FairQueue<N>, lane: Lane<N>): void {
  park(queue, lane);
  lane.entry = heapPush(queue.ready, lane.turn, lane);
}

/** Takes a lane out of line. */
function park<N extends Linked<N>>(queue: FairQueue<N>, lane: Lane<N>): void {
  if (lane.entry !== null) heapRemove(lane.isResting ? queue.resting : queue.ready, lane.entry);
  lane.entry = null;
  lane.isResting = false;
}
