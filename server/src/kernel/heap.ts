/**
 * A binary min-heap of what is due when. The earliest is on top; what is due at the same time comes out in the order
 * it went in. `heapPush` gives back the entry, with which it can be taken out again early.
 */
export interface Heap<T> {
  readonly entries: HeapEntry<T>[];
  pushed: number;
}

export interface HeapEntry<T> {
  /** Milliseconds. */
  readonly at: number;
  readonly value: T;
  readonly order: number;
  /** Where in the array it stands; -1 when it is no longer in the heap. */
  slot: number;
}

export const createHeap = <T>(): Heap<T> => ({ entries: [], pushed: 0 });

export const heapSize = (heap: Heap<unknown>): number => heap.entries.length;

export const heapPeek = <T>(heap: Heap<T>): HeapEntry<T> | undefined => heap.entries[0];

export function heapPush<T>(heap: Heap<T>, at: number, value: T): HeapEntry<T> {
  const entry: HeapEntry<T> = { at, value, order: heap.pushed++, slot: -1 };
  heap.entries.push(entry);
  siftUp(heap.entries, entry, heap.entries.length - 1);
  return entry;
}

export function heapPop<T>(heap: Heap<T>): HeapEntry<T> | undefined {
  const top = heap.entries[0];
  if (top !== undefined) heapRemove(heap, top);
  return top;
}

/** Cheap for what was pushed last and is due last, O(log n) at worst. False when it was no longer in the heap. */
export function heapRemove<T>(heap: Heap<T>, entry: HeapEntry<T>): boolean {
  const slot = entry.slot;
  if (slot < 0) return false;
  entry.slot = -1;
  const last = heap.entries.pop();
  if (last !== undefined && last !== entry) {
    siftUp(heap.entries, last, slot);
    if (last.slot === slot) siftDown(heap.entries, last, slot);
  }
  return true;
}

export function heapClear(heap: Heap<unknown>): void {
  for (const entry of heap.entries) entry.slot = -1;
  heap.entries.length = 0;
}

const before = (a: HeapEntry<unknown>, b: HeapEntry<unknown>): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

function siftUp<T>(entries: HeapEntry<T>[], entry: HeapEntry<T>, from: number): void {
  let slot = from;
  while (slot > 0) {
    const up = (slot - 1) >> 1;
    const parent = entries[up];
    if (parent === undefined || !before(entry, parent)) break;
    entries[slot] = parent;
    parent.slot = slot;
    slot = up;
  }
  entries[slot] = entry;
  entry.slot = slot;
}

function siftDown<T>(entries: HeapEntry<T>[], entry: HeapEntry<T>, from: number): void {
  let slot = from;
  for (;;) {
    let down = 2 * slot + 1;
    let child = entries[down];
    if (child === undefined) break;
    const right = entries[down + 1];
    if (right !== undefined && before(right, child)) {
      child = right;
      down++;
    }
    if (!before(child, entry)) break;
    entries[slot] = child;
    child.slot = slot;
    slot = down;
  }
  entries[slot] = entry;
  entry.slot = slot;
}
