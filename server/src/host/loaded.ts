import type { Batch } from '../engine/workflow/conclude.ts';
import { deadlineOf, effectOf, type Part } from '../engine/workflow/derive.ts';
import type { Run } from '../engine/workflow/state.ts';
import { aheadOf } from '../engine/workflow/time-skipping.ts';
import type { NamespaceView, Notice } from '../engine/workflow/transition.ts';
import { type ServiceError, unavailable } from '../kernel/errors.ts';
import { createHeap, type Heap, type HeapEntry, heapPeek, heapPop, heapPush, heapRemove } from '../kernel/heap.ts';

export type Watcher = (notices: readonly Notice[]) => void;

/** A run in memory: its state and what the host derived from it. Only a cache; all of it can be loaded again. */
export interface Loaded {
  readonly run: Run;
  readonly namespace: NamespaceView;
  /** What wants to be woken when, part by part. */
  readonly deadlines: Heap<Part>;
  readonly deadlineEntries: Map<string, HeapEntry<Part>>;
  /** Parts with an effect that is still to be done. */
  readonly outstanding: Set<string>;
  /** What storage was last told of the next wake-up and of `outstanding`; undefined when it is not known. */
  written: { readonly due: number | null; readonly outstanding: boolean } | undefined;
  /** The newest batches of history, without a gap to the end. */
  readonly tail: Batch[];
  tailBytes: number;
  /** Events below this id are durable. */
  durableNextEventId: number;
  durablyClosed: boolean;
  /** Settles when everything staged so far is durable; null when it is. Rejects, for good, when it will not be. */
  settled: Promise<void> | null;
  /** Whether there is a change that is not even staged, because it may be lost. */
  parked: boolean;
  /** Called when a change became durable. */
  readonly watchers: Set<Watcher>;
  /** Set when a commit failed: whoever still holds it must load the run again. */
  dropped: boolean;
  /** How many runs had been read from storage when this one left memory; null while it is there. */
  evictedAt: number | null;
}

export function createLoaded(run: Run, namespace: NamespaceView): Loaded {
  return {
    run,
    namespace,
    deadlines: createHeap(),
    deadlineEntries: new Map(),
    outstanding: new Set(),
    written: undefined,
    tail: [],
    tailBytes: 0,
    durableNextEventId: run.head.nextEventId,
    durablyClosed: run.head.closeEventId !== 0,
    settled: null,
    parked: false,
    watchers: new Set(),
    dropped: false,
    evictedAt: null,
  };
}

/** What a caller is told that holds a copy of which it is not known whether it is what storage has. */
export const lost = (): ServiceError => unavailable('The last change of this workflow could not be stored. Try again.');

/**
 * The copy in memory of a run that was found some turns ago. Throws if a commit failed on which what was found may rest:
 * no other run may be changed because of it.
 */
export function latest(memory: { cached(runId: string): Loaded | undefined }, found: Loaded): Loaded {
  if (found.dropped) throw lost();
  return memory.cached(found.run.key.runId) ?? found;
}

export const partId = ({ name, key }: Part): string => `${name}/${key}`;

/** Brings the deadlines of these parts up to date, in the server's time, as `now` is. */
export function updateDeadlines(loaded: Loaded, parts: readonly Part[], now: number): void {
  const ahead = aheadOf(loaded.run);
  for (const part of parts) {
    const id = partId(part);
    const own = deadlineOf(loaded.run, part, now + ahead);
    const at = own === null ? null : own - ahead;
    const entry = loaded.deadlineEntries.get(id);
    if (entry?.at === at) continue;
    if (entry) {
      heapRemove(loaded.deadlines, entry);
      loaded.deadlineEntries.delete(id);
    }
    if (at !== null) loaded.deadlineEntries.set(id, heapPush(loaded.deadlines, at, part));
  }
}

/** Brings what was derived from these parts up to date: their deadlines, and whether they have an effect. */
export function updateDerived(loaded: Loaded, parts: readonly Part[], now: number): void {
  updateDeadlines(loaded, parts, now);
  for (const part of parts) {
    if (effectOf(loaded.run, part, now + aheadOf(loaded.run))) loaded.outstanding.add(partId(part));
    else loaded.outstanding.delete(partId(part));
  }
}

/** When the run next wants to be woken, or null. */
export const nextDue = (loaded: Loaded): number | null => heapPeek(loaded.deadlines)?.at ?? null;

/** Takes out the parts whose deadline has come, in order. */
export function takeDue(loaded: Loaded, now: number): Part[] {
  const due: Part[] = [];
  for (let next = heapPeek(loaded.deadlines); next && next.at <= now; next = heapPeek(loaded.deadlines)) {
    heapPop(loaded.deadlines);
    loaded.deadlineEntries.delete(partId(next.value));
    due.push(next.value);
  }
  return due;
}

/** Enough for the tasks that follow one another quickly, little enough for thousands of runs. */
const TAIL_BYTES = 64 << 10;

export function extendTail(loaded: Loaded, batches: readonly Batch[]): void {
  for (const batch of batches) {
    loaded.tail.push(batch);
    loaded.tailBytes += batch.bytes.length;
  }
  // What is not durable can be read nowhere else, so it stays.
  while (loaded.tailBytes > TAIL_BYTES) {
    const oldest = loaded.tail[0];
    if (!oldest || oldest.firstEventId + oldest.count > loaded.durableNextEventId) return;
    loaded.tail.shift();
    loaded.tailBytes -= oldest.bytes.length;
  }
}
