import { allParts, effectOf } from '../engine/workflow/derive.ts';
import { aheadOf } from '../engine/workflow/time-skipping.ts';
import type { RunKey, StoredRun } from '../storage/contract.ts';
import { createLoaded, type Loaded, nextDue, partId, updateDeadlines } from './loaded.ts';
import type { HostState, Lookup } from './state.ts';
import { readRun } from './stored-form.ts';

/** The run, from memory or from storage; null if there is none. */
export async function loadRun(state: HostState, key: RunKey): Promise<Loaded | null> {
  const known = state.cache.get(key.runId);
  if (known) return sameWorkflow(known, key) ? known : null;
  let promise = state.loading.get(key.runId);
  if (!promise) {
    promise = loadFromStorage(state, key).finally(() => state.loading.delete(key.runId));
    state.loading.set(key.runId, promise);
  }
  const loaded = await promise;
  return loaded && sameWorkflow(loaded, key) ? loaded : null;
}

async function loadFromStorage(state: HostState, key: RunKey): Promise<Loaded | null> {
  for (;;) {
    const known = state.cache.get(key.runId);
    if (known) return known;
    const deleting = state.deleting.get(key.runId);
    if (deleting !== undefined) {
      await deleting.catch(() => {});
      continue;
    }
    const stored = await readStored(state, key);
    if (stored !== 'overtaken') return stored && enter(state, stored);
  }
}

/** What was read is of no use if something happened to the run meanwhile. */
async function readStored(state: HostState, key: RunKey): Promise<StoredRun | null | 'overtaken'> {
  state.reading.add(key.runId);
  let stored: StoredRun | null;
  let untouched: boolean;
  try {
    stored = await state.options.storage.loadRun(key);
  } finally {
    untouched = state.reading.delete(key.runId);
  }
  return untouched ? stored : 'overtaken';
}

function enter(state: HostState, stored: StoredRun): Loaded | null {
  const { namespace, clock } = state.options;
  const view = namespace(stored.key.namespaceId);
  if (!view) return null;
  const loaded = createLoaded(readRun(stored), view);
  loaded.written = { due: stored.head.due, outstanding: stored.head.outstanding };
  const now = clock.now();
  const parts = allParts(loaded.run);
  // What fell due while the run was not in memory is still to be looked at, be it only the end of a back-off.
  updateDeadlines(loaded, parts, Math.min(now, (stored.head.due ?? now) - 1));
  for (const part of parts)
    if (effectOf(loaded.run, part, now + aheadOf(loaded.run))) loaded.outstanding.add(partId(part));
  state.timeLocks.forget(loaded.run.key.runId);
  state.timeLocks.update(loaded.run, parts, now);
  state.loads++;
  register(state, loaded, false);
  return loaded;
}

/** Enters the run into memory; `makeCurrent` when it is the latest of its workflow id. */
export function register(state: HostState, loaded: Loaded, makeCurrent: boolean): void {
  const { key } = loaded.run;
  state.reading.delete(key.runId);
  const lookup = makeCurrent ? state.lookups.get(nameOf(key.namespaceId, key.workflowId)) : undefined;
  if (lookup) lookup.overtaken = true;
  loaded.evictedAt = null;
  letGo(state, state.cache.add(loaded, makeCurrent));
  state.wakeUps.update(key, nextDue(loaded));
}

/** The run's end is durable. It may leave memory before runs that go on. */
export const retire = (state: HostState, loaded: Loaded): void => letGo(state, state.cache.close(loaded));

function letGo(state: HostState, evicted: readonly Loaded[]): void {
  for (const loaded of evicted) {
    loaded.evictedAt = state.loads;
    state.wakeUps.forget(loaded);
  }
}

const nameOf = (namespaceId: string, workflowId: string): string => `${namespaceId}/${workflowId}`;

/**
 * Calls `use` with the latest run of a workflow id, or null if there is none. Which run that is still holds while `use`
 * runs: nobody else gets a turn in between.
 */
export async function withCurrentRun<T>(
  state: HostState,
  namespaceId: string,
  workflowId: string,
  use: (current: Loaded | null) => T,
): Promise<T> {
  const { cache } = state;
  let missing = '';
  for (;;) {
    const runId = cache.currentRunId(namespaceId, workflowId);
    if (runId === undefined) {
      const stored = await storedCurrent(state, namespaceId, workflowId);
      if (stored === 'overtaken' || cache.currentRunId(namespaceId, workflowId) !== undefined) continue;
      if (!stored) return use(null);
      if (stored.runId === missing) throw new Error(`the latest run of ${workflowId}, ${missing}, cannot be found`);
      cache.setCurrent(namespaceId, workflowId, stored.runId);
      continue;
    }
    const loaded = cache.get(runId);
    if (loaded) return use(loaded);
    if (await loadRun(state, { namespaceId, workflowId, runId })) continue;
    cache.forgetCurrent(namespaceId, workflowId, runId);
    missing = runId;
  }
}

/** Of those who ask at the same time one asks storage. */
async function storedCurrent(
  { lookups, options }: HostState,
  namespaceId: string,
  workflowId: string,
): Promise<{ readonly runId: string } | null | 'overtaken'> {
  const name = nameOf(namespaceId, workflowId);
  let lookup = lookups.get(name);
  if (!lookup || lookup.overtaken) {
    const begun: Lookup = {
      overtaken: false,
      stored: options.storage.currentRun(namespaceId, workflowId).finally(() => {
        if (lookups.get(name) === begun) lookups.delete(name);
      }),
    };
    lookups.set(name, begun);
    lookup = begun;
  }
  const stored = await lookup.stored;
  return lookup.overtaken ? 'overtaken' : stored;
}

/**
 * The copy of a run that may be changed: the one in memory. One that was evicted becomes that again, unless the run may
 * have been read, and changed, since: then there is none, as after a failed commit, and the run is to be loaded again.
 */
export function live(state: HostState, loaded: Loaded): Loaded | null {
  const known = state.cache.get(loaded.run.key.runId);
  if (known) return known;
  if (loaded.dropped || loaded.evictedAt !== state.loads) return null;
  register(state, loaded, false);
  return loaded;
}

const sameWorkflow = (loaded: Loaded, key: RunKey): boolean =>
  loaded.run.key.workflowId === key.workflowId && loaded.run.key.namespaceId === key.namespaceId;

/** Removes a run for good. Whoever still holds it is told to load it again, and finds nothing then. */
export async function deleteRun(state: HostState, key: RunKey): Promise<void> {
  const loaded = state.cache.get(key.runId);
  if (loaded) {
    loaded.dropped = true;
    state.cache.drop(loaded);
  }
  state.reading.delete(key.runId);
  state.wakeUps.update(key, null);
  state.timeLocks.forget(key.runId);
  const deleted = state.commits.stageDelete(key);
  state.deleting.set(key.runId, deleted);
  try {
    await deleted;
  } finally {
    state.deleting.delete(key.runId);
    for (const watcher of loaded ? [...loaded.watchers] : []) watcher([]);
  }
}
