import type { Loaded } from './loaded.ts';

/**
 * Runs in memory, the least recently used first to go. What is staged, watched or lives in memory only stays, and so does,
 * for the rest of the turn of the event loop, what came in or was asked for in it: whoever waited for it gets to use it.
 * Otherwise many who load runs at the same time take them from one another, for as long as they try.
 */
export interface Cache {
  get(runId: string): Loaded | undefined;
  /** Returns what had to go. */
  add(loaded: Loaded, makeCurrent: boolean): Loaded[];
  drop(loaded: Loaded): void;
  /** Undefined when it is not known here. */
  currentRunId(namespaceId: string, workflowId: string): string | undefined;
  setCurrent(namespaceId: string, workflowId: string, runId: string): void;
  /** That run is not the current one after all. */
  forgetCurrent(namespaceId: string, workflowId: string, runId: string): void;
}

const CAPACITY = 5_000;
/** How many of the oldest are looked at when room is needed, so that pinned ones cost little. */
const EVICTION_TRIES = 8;

export function createCache(capacity = CAPACITY): Cache {
  const runs = new Map<string, Loaded>();
  const currents = new Map<string, string>();
  const usedThisTurn = new Set<Loaded>();
  const currentKey = (namespaceId: string, workflowId: string): string => `${namespaceId}/${workflowId}`;

  function forgetCurrent(namespaceId: string, workflowId: string, runId: string): void {
    const name = currentKey(namespaceId, workflowId);
    if (currents.get(name) === runId) currents.delete(name);
  }

  function forget({ run: { key } }: Loaded): void {
    forgetCurrent(key.namespaceId, key.workflowId, key.runId);
  }

  function keepThisTurn(loaded: Loaded): void {
    // Promises' reactions all come before it.
    if (usedThisTurn.size === 0) setImmediate(() => usedThisTurn.clear());
    usedThisTurn.add(loaded);
  }

  function evict(): Loaded[] {
    const evicted: Loaded[] = [];
    let tries = 0;
    for (const [runId, loaded] of runs) {
      if (runs.size <= capacity || tries++ === EVICTION_TRIES) break;
      if (usedThisTurn.has(loaded) || isPinned(loaded)) {
        runs.delete(runId);
        runs.set(runId, loaded);
        continue;
      }
      runs.delete(runId);
      forget(loaded);
      evicted.push(loaded);
    }
    return evicted;
  }

  return {
    get(runId) {
      const loaded = runs.get(runId);
      if (loaded && runs.size > capacity / 2) {
        runs.delete(runId);
        runs.set(runId, loaded);
        keepThisTurn(loaded);
      }
      return loaded;
    },
    add(loaded, makeCurrent) {
      const { key } = loaded.run;
      runs.set(key.runId, loaded);
      if (makeCurrent) currents.set(currentKey(key.namespaceId, key.workflowId), key.runId);
      keepThisTurn(loaded);
      return runs.size > capacity ? evict() : [];
    },
    drop(loaded) {
      if (runs.get(loaded.run.key.runId) === loaded) runs.delete(loaded.run.key.runId);
      forget(loaded);
    },
    currentRunId: (namespaceId, workflowId) => currents.get(currentKey(namespaceId, workflowId)),
    setCurrent: (namespaceId, workflowId, runId) => void currents.set(currentKey(namespaceId, workflowId), runId),
    forgetCurrent,
  };
}

function isPinned(loaded: Loaded): boolean {
  const { settled, parked, watchers, run } = loaded;
  if (settled || parked || watchers.size > 0 || run.head.workflowTask?.speculative) return true;
  return run.pendingUpdates.size > 0;
}
