import { createRun } from '../engine/workflow/create.ts';
import type { Effect } from '../engine/workflow/derive.ts';
import { signalRun } from '../engine/workflow/requests/signal.ts';
import { testNamespace } from '../engine/workflow/testing.ts';
import type { Transition } from '../engine/workflow/transition.ts';
import { defaultLimits, type Limits } from '../kernel/limits.ts';
import { type ManualClock, manualClock } from '../kernel/manual-clock.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import type { RunKey, Storage } from '../storage/contract.ts';
import { type FaultyStorage, faulty } from '../storage/faulty.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { createHost, type Host } from './host.ts';
import type { Loaded } from './loaded.ts';
import type { Changed } from './transitions.ts';

/** A host on virtual time, over a storage that fails and waits as a test says. */
export interface HostWorld {
  readonly host: Host;
  readonly faults: FaultyStorage;
  readonly clock: ManualClock;
  /** What the runs asked to have done, in order. */
  readonly performed: { readonly effect: Effect; readonly key: RunKey }[];
  readonly bugs: unknown[];
}

export interface HostWorldOptions {
  /** Default: an empty one in memory. */
  readonly storage?: Storage;
  readonly clock?: ManualClock;
  readonly cacheCapacity?: number;
  /** No two hosts over one storage may make the same ids. */
  readonly seed?: number;
  readonly limits?: Partial<Limits>;
  /** Called with what the runs ask to have done. */
  readonly onPerform?: (effect: Effect, loaded: Loaded) => void;
}

export async function hostWorld(options: HostWorldOptions = {}): Promise<HostWorld> {
  const faults = faulty(options.storage ?? (await openSqlite({ path: ':memory:' })));
  const clock = options.clock ?? manualClock();
  const performed: HostWorld['performed'] = [];
  const bugs: unknown[] = [];
  const host = createHost({
    clock,
    random: seededRandom(options.seed ?? 1, clock.now),
    limits: { ...defaultLimits, ...options.limits },
    storage: faults.storage,
    namespace: () => testNamespace,
    perform(effect, loaded) {
      performed.push({ effect, key: loaded.run.key });
      options.onPerform?.(effect, loaded);
    },
    onBug: (error) => bugs.push(error),
    ...(options.cacheCapacity !== undefined && { cacheCapacity: options.cacheCapacity }),
  });
  return { host, faults, clock, performed, bugs };
}

export interface NewRun {
  readonly backoffSeconds?: number;
  readonly runTimeoutSeconds?: number;
}

/** Stages a new run of a workflow id, waiting for its first workflow task (or for its back-off to be over). */
export function newRun(host: Host, workflowId: string, more: NewRun = {}): Changed<Loaded> {
  const t = createRun(host.context(testNamespace), {
    key: { namespaceId: testNamespace.id, workflowId, runId: host.random.uuid() },
    requestId: '',
    started: {
      workflowType: { name: 'W' },
      taskQueue: { name: 'q' },
      workflowTaskTimeout: { seconds: 10 },
      ...(more.backoffSeconds && { firstWorkflowTaskBackoff: { seconds: more.backoffSeconds } }),
      ...(more.runTimeoutSeconds && { workflowRunTimeout: { seconds: more.runTimeoutSeconds } }),
    },
  });
  return host.create(t, testNamespace);
}

/** The run of a workflow id, new and durable. */
export async function durableRun(host: Host, workflowId: string, more: NewRun = {}): Promise<Loaded> {
  const { reply, durable } = newRun(host, workflowId, more);
  await durable;
  return reply;
}

/** To be done in a transition: a signal, which anyone can see in the run's count of them. */
export const signal = (t: Transition): void =>
  signalRun(t, { signalName: 's', input: null, header: null, identity: '', requestId: '' });

/** How many signals the run has, as far as a reader is told. */
export async function signalsOf(host: Host, key: RunKey): Promise<number | null> {
  return (await host.load(key))?.run.head.signalCount ?? null;
}

/** Takes a run out of memory by bringing others in. Only where next to none are kept. */
export async function evict(host: Host, runId: string): Promise<void> {
  for (let others = 0; others < 5; others++) await durableRun(host, `other-${host.random.uuid()}`);
  if (host.cached(runId)) throw new Error(`${runId} does not leave memory`);
}

/** False for as long as it is pending. */
export async function isSettled(promise: Promise<unknown> | null): Promise<boolean> {
  const pending = {};
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  const first = await Promise.race([promise?.catch(() => null), pending]);
  return first !== pending;
}
