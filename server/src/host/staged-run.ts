import type { Batch } from '../engine/workflow/conclude.ts';
import type { CollectionName, Notice } from '../engine/workflow/transition.ts';
import type { Loaded } from './loaded.ts';

/** What a transition changed of a run, for storage and for watchers. */
export interface RunChange {
  readonly create: boolean;
  /** Whether more changed than entries of collections. */
  readonly head: boolean;
  readonly makeCurrent: boolean;
  /** Whether lists must show the run otherwise than before. */
  readonly visibility: boolean;
  readonly dirty: ReadonlyMap<CollectionName, ReadonlySet<string | number>>;
  readonly batches: readonly Batch[];
  readonly notices: readonly Notice[];
}

/** The changes of a run that are to be stored together. */
export interface StagedRun {
  create: boolean;
  head: boolean;
  makeCurrent: boolean;
  visibility: boolean;
  readonly dirty: Map<CollectionName, Set<string | number>>;
  readonly batches: Batch[];
  readonly notices: Notice[];
  nextEventId: number;
}

export const emptyStagedRun = (): StagedRun => ({
  create: false,
  head: false,
  makeCurrent: false,
  visibility: false,
  dirty: new Map(),
  batches: [],
  notices: [],
  nextEventId: 0,
});

/** The run's entry among these, made if need be. */
export function stagedRun(runs: Map<Loaded, StagedRun>, loaded: Loaded): StagedRun {
  const known = runs.get(loaded);
  if (known) return known;
  const run = emptyStagedRun();
  runs.set(loaded, run);
  return run;
}

export function merge(run: StagedRun, loaded: Loaded, change: RunChange): void {
  run.create ||= change.create;
  run.head ||= change.head;
  run.makeCurrent ||= change.makeCurrent;
  run.visibility ||= change.visibility;
  for (const [name, keys] of change.dirty) {
    const known = run.dirty.get(name);
    if (known) for (const key of keys) known.add(key);
    else run.dirty.set(name, new Set(keys));
  }
  run.batches.push(...change.batches);
  run.notices.push(...change.notices);
  run.nextEventId = loaded.run.head.nextEventId;
}
