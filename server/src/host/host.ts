import type { HistoryEvent } from '@perdure/api/history';
import type { Context, NamespaceView, Transition } from '../engine/workflow/transition.ts';
import type { Clock } from '../kernel/clock.ts';
import { notFound, unavailable } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import type { RecordWrite, RunKey, Storage } from '../storage/contract.ts';
import { createCache } from './cache.ts';
import { createCommits } from './commits.ts';
import type { Loaded } from './loaded.ts';
import { createEventReader } from './read-event.ts';
import { dropAndReload, recover, wakeRun } from './recovery.ts';
import { deleteRun, loadRun, retire, withCurrentRun } from './runs.ts';
import type { HostOptions, HostState } from './state.ts';
import { noTimeLocks } from './time-locks.ts';
import { type Changed, type ChangeOptions, change, contextFor, create } from './transitions.ts';
import { createWakeUps } from './wake-ups.ts';

/**
 * The only caller of the engine. A run's transitions happen one after another, each in one turn of the event loop, on
 * the state in memory; they may rest on what is staged and not yet durable. Only output waits: a promise given out here
 * settles when everything that its answer rests on is durable.
 */
export interface Host {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Limits;
  readonly storage: Storage;
  /** The run, or null if there is none. */
  load(key: RunKey): Promise<Loaded | null>;
  /** The run if it is in memory, so that nothing needs to be awaited. */
  cached(runId: string): Loaded | undefined;
  /** Calls `use` with the latest run of a workflow id, or null; which one it is holds while `use` runs. */
  withCurrent<T>(namespaceId: string, workflowId: string, use: (current: Loaded | null) => T): Promise<T>;
  /** The latest run of a workflow id, or null if there is none. */
  loadCurrent(namespaceId: string, workflowId: string): Promise<Loaded | null>;
  /** One transition of one run, in this turn. What `apply` throws undoes it. */
  change<T>(loaded: Loaded, apply: (t: Transition) => T, options?: ChangeOptions): Changed<T>;
  /** Loads, changes, and answers when that is durable. Throws NOT_FOUND if there is no such run. */
  transact<T>(key: RunKey, apply: (t: Transition) => T): Promise<T>;
  /** Stages a run that a transition brought into being, as the latest of its workflow id. */
  create(t: Transition, namespace: NamespaceView): Changed<Loaded>;
  /** Has stored what of a run may be lost. Settles when all of the run is durable; null when it is already. */
  settle(loaded: Loaded): Promise<void> | null;
  context(namespace: NamespaceView): Context;
  /** One event of a run's history; at once if it is among the newest. Throws if there is no such event. */
  readEvent(loaded: Loaded, eventId: number): HistoryEvent | Promise<HistoryEvent>;
  stageRecords(records: readonly RecordWrite[]): Promise<void>;
  /** Removes a run and its history. Settles once that is durable. */
  deleteRun(key: RunKey): Promise<void>;
  /** Derives what is outstanding after a start and takes it up again. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

export function createHost(options: HostOptions): Host {
  const { clock, random, limits, storage, onBug } = options;
  const state: HostState = {
    options,
    cache: createCache(options.cacheCapacity),
    loading: new Map(),
    reading: new Set(),
    loads: 0,
    lookups: new Map(),
    closed: false,
    deleting: new Map(),
    commits: createCommits({
      clock,
      storage,
      onExpiry: options.onExpiry ?? (() => {}),
      onFailure: (runs, error) => dropAndReload(state, runs, error),
      onClosed: (loaded) => retire(state, loaded),
    }),
    wakeUps: createWakeUps({ clock, storage, onDue: (key) => wakeRun(state, key), onBug }),
    timeLocks: options.timeLocks ?? noTimeLocks,
  };
  const events = createEventReader(storage);
  return {
    clock,
    random,
    limits,
    storage,
    load: (key) => loadRun(state, key),
    cached: (runId) => state.cache.get(runId),
    withCurrent: (namespaceId, workflowId, use) => withCurrentRun(state, namespaceId, workflowId, use),
    loadCurrent: (namespaceId, workflowId) => withCurrentRun(state, namespaceId, workflowId, (current) => current),
    change: (loaded, apply, changeOptions) => change(state, loaded, apply, changeOptions),
    async transact(key, apply) {
      const loaded = state.cache.get(key.runId) ?? (await loadRun(state, key));
      if (!loaded) throw notFound('workflow execution not found');
      const { reply, durable } = change(state, loaded, apply);
      await durableOrUnavailable(durable);
      return reply;
    },
    create: (t, namespace) => create(state, t, namespace),
    settle(loaded) {
      state.commits.storeParked(loaded);
      return loaded.settled;
    },
    context: (namespace) => contextFor(state, namespace),
    readEvent: events.read,
    stageRecords: (records) => state.commits.stageRecords(records),
    deleteRun: (key) => deleteRun(state, key),
    recover: () => recover(state),
    async close() {
      state.closed = true;
      state.wakeUps.close();
      await state.commits.idle();
    },
  };
}

/** A commit that failed: whether it took effect is not known, and the caller may ask again. */
export async function durableOrUnavailable(durable: Promise<void> | null): Promise<void> {
  try {
    await durable;
  } catch {
    throw unavailable('The change could not be stored. Try again.');
  }
}
