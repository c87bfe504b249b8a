/**
 * A store that goes wrong when a test says so, around any other store. There are no timers and no chance in it: commits
 * are counted from 1 in the order they are given, and every fault names the commit it happens to.
 */
import type { Commit, Storage } from './contract.ts';
import { StorageError } from './errors.ts';

/** Where a fault strikes: before the commit has any effect, or after it is durable but before its caller is told. */
export type FaultPoint = 'before' | 'after';

export interface FaultyStorage {
  /** What the code under test gets. */
  readonly storage: Storage;
  /** How many commits were given so far; the next one is number `commits() + 1`. */
  commits(): number;
  /** Makes commit `n` reject. `error` is a `StorageError` `FAILED` unless given. */
  failAt(n: number, point: FaultPoint, error?: Error): void;
  /**
   * Makes commit `n` and every later call, reads and closing included, never settle and have no effect, as if the
   * process had died there. What was given before takes effect and settles. The test closes the wrapped store.
   */
  stopAt(n: number, point: FaultPoint): void;
  /** Resolves once `stopAt` has struck and all that came before is durable. */
  readonly stopped: Promise<void>;
  /** Shuts the gate: from here on commits wait in front of the wrapped store, in their order, and closing with them. */
  hold(): void;
  /** Lets the oldest `count` waiting commits through while the gate stays shut. Fewer may be waiting. */
  releaseNext(count?: number): void;
  /** Opens the gate for those that wait and those that come. */
  release(): void;
  /** How many commits wait at the gate. */
  held(): number;
  /** Resolves as soon as `count` commits wait at the gate. */
  untilHeld(count: number): Promise<void>;
}

interface Fault {
  readonly point: FaultPoint;
  /** Null stops for good. */
  readonly error: Error | null;
}

interface State {
  readonly faults: Map<number, Fault>;
  readonly gate: (() => void)[];
  readonly watchers: { readonly count: number; readonly resolve: () => void }[];
  /** The latest commit that reached the wrapped store; it settles after all earlier ones. */
  latest: Promise<void>;
  /** Resolves once the latest commit's caller has been answered. */
  answered: Promise<void>;
  given: number;
  shut: boolean;
  stopped: boolean;
}

/** Wraps `inner`. Without faults and with an open gate it does what `inner` does. */
export function faulty(inner: Storage): FaultyStorage {
  const state: State = {
    faults: new Map(),
    gate: [],
    watchers: [],
    latest: Promise.resolve(),
    answered: Promise.resolve(),
    given: 0,
    shut: false,
    stopped: false,
  };
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();

  // `inner` is called without a turn of the event loop in between, and every commit is answered over the same number of
  // turns: one that is given right after `release` overtakes none that was held.
  const commit = (content: Commit): Promise<void> => {
    const fault = state.faults.get(++state.given);
    const answer = new Promise<void>((resolve) => {
      const enter = (): void => resolve(pass(content, fault));
      if (!state.shut) return enter();
      state.gate.push(enter);
      tellWatchers(state);
    });
    state.answered = answer.catch(() => {});
    return answer;
  };
  const pass = (content: Commit, fault: Fault | undefined): Promise<void> => {
    if (state.stopped) return never();
    if (fault?.error === null) state.stopped = true;
    if (fault?.point !== 'before') state.latest = inner.commit(content);
    return fault === undefined ? state.latest : strike(fault, state.latest);
  };
  const strike = async (fault: Fault, latest: Promise<void>): Promise<void> => {
    if (fault.point === 'after') await latest;
    if (fault.error !== null) throw fault.error;
    await latest.catch(() => {});
    stop();
    return never();
  };

  return {
    storage: wrapped(inner, state, commit),
    stopped,
    commits: () => state.given,
    failAt(n, point, error = new StorageError('FAILED', `commit ${n} fails ${point} it takes effect, as planned`)) {
      plan(state, n, { point, error });
    },
    stopAt: (n, point) => plan(state, n, { point, error: null }),
    hold() {
      state.shut = true;
    },
    releaseNext(count = 1) {
      for (const pass of state.gate.splice(0, count)) pass();
    },
    release() {
      state.shut = false;
      for (const pass of state.gate.splice(0)) pass();
    },
    held: () => state.gate.length,
    untilHeld(count) {
      return new Promise((resolve) => {
        state.watchers.push({ count, resolve });
        tellWatchers(state);
      });
    },
  };
}

function wrapped(inner: Storage, state: State, commit: (content: Commit) => Promise<void>): Storage {
  const through = <T>(call: () => Promise<T>): Promise<T> => (state.stopped ? never() : call());
  return {
    isLasting: inner.isLasting,
    commit,
    loadRun: (key) => through(() => inner.loadRun(key)),
    currentRun: (namespaceId, workflowId) => through(() => inner.currentRun(namespaceId, workflowId)),
    readHistory: (key, fromEventId, maxBatches, beforeEventId) =>
      through(() => inner.readHistory(key, fromEventId, maxBatches, beforeEventId)),
    allRuns: (afterRunId, limit) => through(() => inner.allRuns(afterRunId, limit)),
    outstandingRuns: (afterRunId, limit) => through(() => inner.outstandingRuns(afterRunId, limit)),
    dueRuns: (until, limit) => through(() => inner.dueRuns(until, limit)),
    expiredRuns: (until, limit) => through(() => inner.expiredRuns(until, limit)),
    nextExpiry: () => through(() => inner.nextExpiry()),
    listRuns: (list) => through(() => inner.listRuns(list)),
    countRuns: (namespaceId, query) => through(() => inner.countRuns(namespaceId, query)),
    records: (collection) => through(() => inner.records(collection)),
    close: () =>
      through(async () => {
        if (state.gate.length > 0) await state.answered;
        await Promise.all([inner.close(), state.answered]);
      }),
  };
}

function plan(state: State, n: number, fault: Fault): void {
  if (n <= state.given) throw new RangeError(`commit ${n} was given already; the next one is ${state.given + 1}`);
  state.faults.set(n, fault);
}

function tellWatchers(state: State): void {
  for (let i = state.watchers.length - 1; i >= 0; i--) {
    const watcher = state.watchers[i];
    if (watcher === undefined || watcher.count > state.gate.length) continue;
    state.watchers.splice(i, 1);
    watcher.resolve();
  }
}

const never = <T>(): Promise<T> => new Promise(() => {});
