import { allParts, effectOf } from '../engine/workflow/derive.ts';
import type { RunKey } from '../storage/contract.ts';
import { createLoaded, type Loaded, nextDue, partId, updateDeadlines } from './loaded.ts';
import type { HostState } from './state.ts';
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
  const { storage, namespace, clock } = state.options;
  await state.deleting.get(key.runId)?.catch(() => {});
  const stored = await storage.loadRun(key);
  const staged = state.cache.get(key.runId);
  if (staged || !stored) return staged ?? null;
  const view = namespace(key.namespaceId);
  if (!view) return null;
  const loaded = createLoaded(readRun(stored), view);
  loaded.written = { due: stored.head.due, outstanding: stored.head.outstanding };
  const now = clock.now();
  const parts = allParts(loaded.run);
  // What fell due while the run was not in memory is still to be looked at, be it only the end of a back-off.
  updateDeadlines(loaded, parts, Math.min(now, (stored.head.due ?? now) - 1));
  for (const part of parts) if (effectOf(loaded.run, part, now)) loaded.outstanding.add(partId(part));
  register(state, loaded, false);
  return loaded;
}

/** Enters the run into memory; `makeCurrent` when it is the latest of its workflow id. */
export function register(state: HostState, loaded: Loaded, makeCurrent: boolean): void {
  for (const evicted of state.cache.add(loaded, makeCurrent)) state.wakeUps.forget(evicted);
  state.wakeUps.update(loaded.run.key, nextDue(loaded));
}

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
  const { cache, options } = state;
  for (;;) {
    const runId = cache.currentRunId(namespaceId, workflowId);
    if (runId === undefined) {
      const stored = await options.storage.currentRun(namespaceId, workflowId);
      if (cache.currentRunId(namespaceId, workflowId) !== undefined) continue;
      if (!stored) return use(null);
      cache.setCurrent(namespaceId, workflowId, stored.runId);
      continue;
    }
    const loaded = cache.get(runId);
    if (loaded) return use(loaded);
    const found = await loadRun(state, { namespaceId, workflowId, runId });
    if (!found) cache.forgetCurrent(namespaceId, workflowId, runId);
  }
}

/** Copies that were evicted are not written to: the one in memory counts, or this one becomes it again. */
export function live(state: HostState, loaded: Loaded): Loaded {
  const known = state.cache.get(loaded.run.key.runId);
  if (known) return known;
  if (!loaded.dropped) register(state, loaded, false);
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
  state.wakeUps.update(key, null);
  const deleted = state.commits.stageDelete(key);
  state.deleting.set(key.runId, deleted);
  try {
    await deleted;
  } finally {
    state.deleting.delete(key.runId);
    for (const watcher of loaded ? [...loaded.watchers] : []) watcher([]);
  }
}
