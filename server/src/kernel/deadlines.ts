import type { Cancel, Clock } from './clock.ts';
import type { HeapEntry } from './heap.ts';
import { createHeap, heapClear, heapPeek, heapPop, heapPush, heapRemove } from './heap.ts';

/** Any number of deadlines on one timer of the clock. */
export interface Deadlines<T> {
  add(at: number, value: T): HeapEntry<T>;
  /** False when it was due or removed before. */
  remove(entry: HeapEntry<T>): boolean;
  /** Forgets them all and lets go of the clock. */
  close(): void;
}

/**
 * `onDue` gets each value once, when its instant (epoch milliseconds) is reached, earliest first. It may add and
 * remove others, and must not throw.
 */
export function createDeadlines<T>(clock: Clock, onDue: (value: T) => void): Deadlines<T> {
  const heap = createHeap<T>();
  let armedFor = Number.POSITIVE_INFINITY;
  let disarm: Cancel | null = null;

  // The timer stays where it is when the earliest entry goes away: waking up once for nothing is cheaper than
  // moving it with every poll that finds a task. Unless time would jump there, for nothing.
  function arm(): void {
    const next = heapPeek(heap);
    if (next === undefined || next.at >= armedFor) return;
    disarm?.();
    armedFor = next.at;
    disarm = clock.schedule(next.at, fire);
  }

  function unarm(): void {
    disarm?.();
    disarm = null;
    armedFor = Number.POSITIVE_INFINITY;
  }

  function fire(): void {
    disarm = null;
    armedFor = Number.POSITIVE_INFINITY;
    const now = clock.now();
    for (let next = heapPeek(heap); next !== undefined && next.at <= now; next = heapPeek(heap)) {
      heapPop(heap);
      onDue(next.value);
    }
    arm();
  }

  return {
    add(at, value) {
      const entry = heapPush(heap, at, value);
      if (entry.slot === 0) arm();
      return entry;
    },
    remove(entry) {
      const removed = heapRemove(heap, entry);
      if (removed && clock.jumps && entry.at === armedFor) {
        unarm();
        arm();
      }
      return removed;
    },
    close() {
      unarm();
      heapClear(heap);
    },
  };
}
