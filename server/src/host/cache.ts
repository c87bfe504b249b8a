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
  /** It is closed for good. Returns what had to go. */
  close(loaded: Loaded): Loaded[];
  drop(loaded: Loaded): void;
  /** Undefined when it is not known here. */
  currentRunId(namespaceId: string, workflowId: string): string | undefined;
  setCurrent(namespaceId: string, workflowId: string, runId: string): void;
  /** That run is not the current one after all. */
  forgetCurrent(namespaceId: string, workflowId: string, runId: string): void;
}

const CAPACITY = 5_000;
/** Of runs that are closed this many stay, for those who ask how they ended; the others may as well be read again. */
const CLOSED_CAPACITY = 500;
/** How many of the oldest are looked at when room is needed, so that pinned ones cost little. */
const EVICTION_TRIES = 8;

export function createCache(capacity = CAPACITY): Cache {
  const runs = new Map<string, Loaded>();
  /** Those that are closed, in the order in which they were. */
  const closed = new Map<string, Loaded>();
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

  /** Takes the first runs out of memory until no more than `limit` are left among `candidates`. */
  function evict(candidates: Map<string, Loaded>, limit: number): Loaded[] {
    const evicted: Loaded[] = [];
    let tries = 0;
    for (const [runId, loaded] of candidates) {
      if (candidates.size <= limit || tries++ === EVICTION_TRIES) break;
      if (usedThisTurn.has(loaded) || isPinned(loaded)) {
        candidates.delete(runId);
        candidates.set(runId, loaded);
        continue;
      }
      runs.delete(runId);
      closed.delete(runId);
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
      if (loaded.durablyClosed) closed.set(key.runId, loaded);
      return [...evict(closed, CLOSED_CAPACITY), ...evict(runs, capacity)];
    },
    close(loaded) {
      const { runId } = loaded.run.key;
      if (runs.get(runId) === loaded) closed.set(runId, loaded);
      return evict(closed, CLOSED_CAPACITY);
    },
    drop(loaded) {
      const { runId } = loaded.run.key;
      if (runs.get(runId) === loaded) {
        runs.delete(runId);
        closed.delete(runId);
      }
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
