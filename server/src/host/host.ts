import { changesSomethingDurable, conclude } from '../engine/workflow/conclude.ts';
import { allParts, type Effect, effectOf, type Part, touchedParts } from '../engine/workflow/derive.ts';
import { wake } from '../engine/workflow/requests/wake.ts';
import {
  begin,
  type Context,
  type NamespaceView,
  type Notice,
  rollBack,
  type Transition,
} from '../engine/workflow/transition.ts';
import type { Clock } from '../kernel/clock.ts';
import { notFound, unavailable } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import type { RecordWrite, RunKey, Storage } from '../storage/contract.ts';
import { createCache } from './cache.ts';
import { type Commits, createCommits } from './commits.ts';
import { createLoaded, extendTail, type Loaded, nextDue, partId, takeDue, updateDeadlines } from './loaded.ts';
import { readRun } from './stored-form.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

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
  /** The latest run of a workflow id, or null if there is none. */
  loadCurrent(namespaceId: string, workflowId: string): Promise<Loaded | null>;
  /** One transition of one run, in this turn. What `apply` throws undoes it. */
  change<T>(loaded: Loaded, apply: (t: Transition) => T): Changed<T>;
  /** Loads, changes, and answers when that is durable. Throws NOT_FOUND if there is no such run. */
  transact<T>(key: RunKey, apply: (t: Transition) => T): Promise<T>;
  /** Stages a run that a transition brought into being. */
  create(t: Transition, namespace: NamespaceView): Changed<Loaded>;
  context(namespace: NamespaceView): Context;
  stageRecords(records: readonly RecordWrite[]): Promise<void>;
  deleteRun(key: RunKey): Promise<void>;
  /** Derives what is outstanding after a start and takes it up again. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

export interface Changed<T> {
  readonly reply: T;
  /** Settles when the change, and what it rests on, is durable; null when it is already. */
  readonly durable: Promise<void> | null;
}

export interface HostOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Limits;
  readonly storage: Storage;
  readonly namespace: (id: string) => NamespaceView | undefined;
  /** How long a closed run of a namespace is kept (ms). */
  readonly retention: (namespaceId: string) => number;
  /** Does what a state asks for outside of it. Called in the turn of the change; must not throw. */
  readonly perform: (effect: Effect, loaded: Loaded) => void;
  readonly onBug: (error: unknown) => void;
}

const RECOVERY_PAGE = 1000;
const RELOAD_RETRY_MS = 500;

export function createHost(options: HostOptions): Host {
  const { clock, random, limits, storage, onBug } = options;
  const cache = createCache();
  const loading = new Map<string, Promise<Loaded | null>>();
  const commits: Commits = createCommits({
    storage,
    retention: (loaded) => options.retention(loaded.run.key.namespaceId),
    onFailure: dropAndRecover,
  });
  const wakeUps: WakeUps = createWakeUps({ clock, storage, onDue: wakeRun, onBug });

  const context = (namespace: NamespaceView): Context => ({ now: clock.now(), random, limits, namespace });

  async function load(key: RunKey): Promise<Loaded | null> {
    const known = cache.get(key.runId);
    if (known) return sameWorkflow(known, key) ? known : null;
    let promise = loading.get(key.runId);
    if (!promise) {
      promise = loadFromStorage(key).finally(() => loading.delete(key.runId));
      loading.set(key.runId, promise);
    }
    const loaded = await promise;
    return loaded && sameWorkflow(loaded, key) ? loaded : null;
  }

  async function loadFromStorage(key: RunKey): Promise<Loaded | null> {
    const stored = await storage.loadRun(key);
    const staged = cache.get(key.runId);
    if (staged || !stored) return staged ?? null;
    const namespace = options.namespace(key.namespaceId);
    if (!namespace) return null;
    const loaded = createLoaded(readRun(stored), namespace);
    const now = clock.now();
    updateDeadlines(loaded, allParts(loaded.run), now);
    for (const part of allParts(loaded.run)) if (effectOf(loaded.run, part, now)) loaded.outstanding.add(partId(part));
    register(loaded, false);
    return loaded;
  }

  function register(loaded: Loaded, makeCurrent: boolean): void {
    for (const evicted of cache.add(loaded, makeCurrent)) wakeUps.forget(evicted);
    wakeUps.update(loaded.run.key, nextDue(loaded));
  }

  async function loadCurrent(namespaceId: string, workflowId: string): Promise<Loaded | null> {
    for (;;) {
      const runId = cache.currentRunId(namespaceId, workflowId);
      if (runId !== undefined) {
        const loaded = await load({ namespaceId, workflowId, runId });
        if (cache.currentRunId(namespaceId, workflowId) === runId) return loaded;
        continue;
      }
      const stored = await storage.currentRun(namespaceId, workflowId);
      if (cache.currentRunId(namespaceId, workflowId) !== undefined) continue;
      if (!stored) return null;
      cache.setCurrent(namespaceId, workflowId, stored.runId);
    }
  }

  function change<T>(loaded: Loaded, apply: (t: Transition) => T): Changed<T> {
    if (loaded.dropped) throw unavailable('The last change of this workflow could not be stored. Try again.');
    const t = begin(loaded.run, context(loaded.namespace));
    let reply: T;
    try {
      reply = apply(t);
      return { reply, durable: settle(loaded, t, false) };
    } catch (error) {
      rollBack(t);
      throw error;
    }
  }

  /** Stages what came of a transition and of the runs it brought into being, then does what they ask for. */
  function settle(loaded: Loaded, t: Transition, makeCurrent: boolean): Promise<void> | null {
    const batches = conclude(t);
    const successors = t.successors.map((s) => ({
      s,
      loaded: createLoaded(s.run, loaded.namespace),
      batches: conclude(s),
    }));
    const durable = changesSomethingDurable(t);
    extendTail(loaded, batches);
    const parts = updateDerived(loaded, t);
    if (t.creates) register(loaded, makeCurrent);
    else wakeUps.update(loaded.run.key, nextDue(loaded));
    let done: Promise<void> | null = loaded.settled;
    if (durable)
      done = commits.stageRun(loaded, { create: t.creates, makeCurrent, dirty: t.dirty, batches, notices: t.notices });
    else notify(loaded, t.notices, done);
    perform(loaded, parts);
    for (const next of successors) settleSuccessor(next.loaded, next.s, next.batches);
    return done;
  }

  function settleSuccessor(loaded: Loaded, t: Transition, batches: ReturnType<typeof conclude>): void {
    extendTail(loaded, batches);
    loaded.durableNextEventId = 1;
    const parts = updateDerived(loaded, t);
    register(loaded, true);
    void commits.stageRun(loaded, { create: true, makeCurrent: true, dirty: t.dirty, batches, notices: t.notices });
    perform(loaded, parts);
  }

  function updateDerived(loaded: Loaded, t: Transition): Part[] {
    const parts = touchedParts(t).filter(
      ({ name }) => name !== 'workflowTask' || t.before.workflowTask !== t.run.head.workflowTask || t.creates,
    );
    updateDeadlines(loaded, parts, t.now);
    for (const part of parts) {
      if (effectOf(loaded.run, part, t.now)) loaded.outstanding.add(partId(part));
      else loaded.outstanding.delete(partId(part));
    }
    return parts;
  }

  function perform(loaded: Loaded, parts: readonly Part[]): void {
    const now = clock.now();
    for (const part of parts) {
      const effect = effectOf(loaded.run, part, now);
      if (effect) options.perform(effect, loaded);
    }
  }

  /** Nothing was stored, but what the notices say may rest on something that is only staged. */
  function notify(loaded: Loaded, notices: readonly Notice[], after: Promise<void> | null): void {
    if (notices.length === 0) return;
    const tell = () => {
      for (const watcher of [...loaded.watchers]) watcher(notices);
    };
    if (after) void after.then(tell, () => {});
    else queueMicrotask(tell);
  }

  function wakeRun(key: RunKey): void {
    const loaded = cache.get(key.runId);
    if (loaded) return wakeLoaded(loaded);
    load(key).then(
      (found) => found && wakeLoaded(found),
      (error) => onBug(error),
    );
  }

  function wakeLoaded(loaded: Loaded): void {
    if (loaded.dropped) return;
    const parts = takeDue(loaded, clock.now());
    try {
      if (parts.length > 0) change(loaded, (t) => wake(t, parts));
    } catch (error) {
      onBug(error);
    }
    // A back-off that is over changes nothing in the state, but the task may go out now.
    updateDeadlines(loaded, parts, clock.now());
    wakeUps.update(loaded.run.key, nextDue(loaded));
    perform(
      loaded,
      parts.filter(({ name }) => name === 'activities'),
    );
  }

  function dropAndRecover(runs: readonly Loaded[], error: Error): void {
    onBug(error);
    for (const loaded of runs) {
      loaded.dropped = true;
      loaded.settled = null;
      cache.drop(loaded);
      wakeUps.forget(loaded);
      for (const watcher of [...loaded.watchers]) watcher([]);
    }
    for (const loaded of runs) reload(loaded.run.key);
  }

  function reload(key: RunKey): void {
    load(key).then(
      (loaded) => loaded && perform(loaded, allParts(loaded.run)),
      () => clock.schedule(clock.now() + RELOAD_RETRY_MS, () => reload(key)),
    );
  }

  async function recover(): Promise<void> {
    let after = '';
    for (;;) {
      const keys = await storage.outstandingRuns(after, RECOVERY_PAGE);
      for (const key of keys) {
        const loaded = await load(key);
        if (loaded) perform(loaded, allParts(loaded.run));
      }
      const last = keys.at(-1);
      if (!last || keys.length < RECOVERY_PAGE) break;
      after = last.runId;
    }
    await wakeUps.start();
  }

  return {
    clock,
    random,
    limits,
    storage,
    load,
    cached: (runId) => cache.get(runId),
    loadCurrent,
    change,
    async transact(key, apply) {
      const loaded = cache.get(key.runId) ?? (await load(key));
      if (!loaded) throw notFound('workflow execution not found');
      const { reply, durable } = change(loaded, apply);
      if (durable) await durableOrUnavailable(durable);
      return reply;
    },
    create(t, namespace) {
      const loaded = createLoaded(t.run, namespace);
      loaded.durableNextEventId = 1;
      return { reply: loaded, durable: settle(loaded, t, true) };
    },
    context,
    stageRecords: (records) => commits.stageRecords(records),
    async deleteRun(key) {
      const loaded = cache.get(key.runId);
      if (loaded) {
        cache.drop(loaded);
        wakeUps.forget(loaded);
      }
      await commits.stageDelete(key);
    },
    recover,
    async close() {
      wakeUps.close();
      await commits.idle();
    },
  };
}

const sameWorkflow = (loaded: Loaded, key: RunKey): boolean =>
  loaded.run.key.workflowId === key.workflowId && loaded.run.key.namespaceId === key.namespaceId;

/** A commit that failed: whether it took effect is not known, and the caller may ask again. */
export async function durableOrUnavailable(durable: Promise<void>): Promise<void> {
  try {
    await durable;
  } catch {
    throw unavailable('The change could not be stored. Try again.');
  }
}
