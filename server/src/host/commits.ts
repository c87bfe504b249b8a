import { aheadOf } from '../engine/workflow/time-skipping.ts';
import { visibilityRecord } from '../engine/workflow/visibility-record.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { Commit, EntryWrite, RecordWrite, RunHead, RunKey, RunWrite, Storage } from '../storage/contract.ts';
import { type Loaded, nextDue } from './loaded.ts';
import { createParking } from './parking.ts';
import { merge, type RunChange, type StagedRun, stagedRun } from './staged-run.ts';
import { storedEntry, storedHead } from './stored-form.ts';

/**
 * Group commit. What is staged while one commit is in flight goes out together in the next. State is turned into rows
 * when the commit begins, so that several transitions of one run cost one head.
 *
 * A commit that fails may have taken effect all the same. Everything staged since, by whichever run, may rest on it;
 * so all of it is dropped, its callers are told, and the runs are loaded again.
 */
export interface Commits {
  /** Stages a run's change. The promise settles with the commit that carries it. */
  stageRun(loaded: Loaded, change: RunChange): Promise<void>;
  /** Takes a change that nobody waits for and that may be lost: it goes with the run's next, or a moment later. */
  parkRun(loaded: Loaded, change: RunChange): void;
  /** Stages what is parked of the run. */
  storeParked(loaded: Loaded): void;
  stageRecords(records: readonly RecordWrite[]): Promise<void>;
  stageDelete(key: RunKey): Promise<void>;
  /** Ends once nothing is staged or in flight. */
  idle(): Promise<void>;
}

interface Group {
  readonly runs: Map<Loaded, StagedRun>;
  readonly records: RecordWrite[];
  readonly deletes: RunKey[];
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface CommitOptions {
  readonly clock: Clock;
  readonly storage: Storage;
  /** The runs that were staged when a commit failed, to be dropped and recovered. */
  readonly onFailure: (runs: readonly Loaded[], error: Error) => void;
  /** A run that has closed is to be deleted at `at` (epoch ms). */
  readonly onExpiry: (at: number) => void;
  /** A run's end is durable. */
  readonly onClosed: (loaded: Loaded) => void;
}

export function createCommits({ clock, storage, onFailure, onExpiry, onClosed }: CommitOptions): Commits {
  let staged = createGroup();
  /** While anything is staged or in flight. */
  let unhold: Cancel | null = null;
  let inFlight: Group | null = null;
  let scheduled = false;

  /** After the current turn of the event loop, so that what belongs together goes out together. */
  function schedule(): void {
    if (scheduled || inFlight) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    if (inFlight || isEmpty(staged)) return;
    const group = staged;
    inFlight = group;
    staged = createGroup();
    const failure = await store(group);
    inFlight = null;
    if (failure) fail([group, staged], failure);
    else settle(group, onClosed);
    if (!isEmpty(staged)) return schedule();
    unhold?.();
    unhold = null;
  }

  async function store(group: Group): Promise<Error | null> {
    try {
      await write(toCommit(group));
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  async function write(commit: Commit): Promise<void> {
    try {
      await storage.commit(commit);
    } finally {
      // Not before: whoever asks storage meanwhile does not see it yet. And a commit that failed may have been made.
      for (const { head } of commit.runs) if (head && head.expires !== null) onExpiry(head.expires);
    }
  }

  function fail(groups: readonly Group[], error: Error): void {
    staged = createGroup();
    const runs = new Set(groups.flatMap((group) => [...group.runs.keys()]));
    for (const { run } of runs) parking.forget(run.key.runId);
    onFailure([...runs], error);
    for (const group of groups) group.reject(error);
  }

  function stage(): Promise<void> {
    unhold ??= clock.hold('work');
    schedule();
    return staged.done;
  }

  const parking = createParking(clock, (loaded, run) => {
    staged.runs.set(loaded, run);
    loaded.settled = stage();
  });

  return {
    stageRun(loaded, change) {
      parking.release(loaded.run.key.runId);
      merge(stagedRun(staged.runs, loaded), loaded, change);
      const done = stage();
      loaded.settled = done;
      return done;
    },
    parkRun(loaded, change) {
      const run = staged.runs.get(loaded);
      if (run) merge(run, loaded, change);
      else parking.park(loaded, change);
    },
    storeParked: (loaded) => parking.release(loaded.run.key.runId),
    stageRecords(records) {
      staged.records.push(...records);
      return stage();
    },
    stageDelete(key) {
      parking.release(key.runId);
      staged.deletes.push(key);
      return stage();
    },
    async idle() {
      parking.releaseAll();
      while (inFlight || !isEmpty(staged)) await (inFlight ?? staged).done.catch(() => {});
    },
  };
}

function createGroup(): Group {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A group that fails may have nobody waiting for it.
  promise.catch(() => {});
  return { runs: new Map(), records: [], deletes: [], done: promise, resolve, reject };
}

const isEmpty = (group: Group): boolean =>
  group.runs.size === 0 && group.records.length === 0 && group.deletes.length === 0;

function toCommit(group: Group): Commit {
  const runs: RunWrite[] = [];
  for (const [loaded, staged] of group.runs) runs.push(toWrite(loaded, staged));
  return { runs, records: group.records, deletes: group.deletes };
}

function toWrite(loaded: Loaded, staged: StagedRun): RunWrite {
  const { run } = loaded;
  const entries: EntryWrite[] = [];
  for (const [name, keys] of staged.dirty) {
    for (const key of keys) {
      const entry = storedEntry(run, name, key);
      // A run that is only now created has nothing to remove.
      if (entry && !(staged.create && entry.value === null)) entries.push(entry);
    }
  }
  return {
    key: run.key,
    create: staged.create,
    ...(needsHead(loaded, staged) && { head: headOf(loaded) }),
    makeCurrent: staged.makeCurrent,
    ...(staged.visibility && { visibility: visibilityRecord(run, loaded.namespace.searchAttributes) }),
    entries,
    history: staged.batches,
  };
}

/**
 * An activity that was started, or beats, is a row of its own and nothing else, unless the run now wants to be woken
 * earlier, or taken up again after a restart. That storage wakes it too early or for nothing does no harm.
 */
function needsHead(loaded: Loaded, staged: StagedRun): boolean {
  const { written } = loaded;
  if (staged.create || staged.head || staged.makeCurrent || !written) return true;
  const due = nextDue(loaded);
  if (due !== null && (written.due === null || due < written.due)) return true;
  const outstanding = loaded.outstanding.size > 0;
  // A closed run writes no head again by itself, and would be taken up for nothing at every start.
  if (loaded.run.head.closeEventId !== 0) return outstanding !== written.outstanding || due !== written.due;
  return outstanding && !written.outstanding;
}

function headOf(loaded: Loaded): RunHead {
  const { head } = loaded.run;
  const due = nextDue(loaded);
  const outstanding = loaded.outstanding.size > 0;
  loaded.written = { due, outstanding };
  return {
    value: storedHead(head),
    status: head.status,
    due,
    outstanding,
    expires: head.closeTime === null ? null : head.closeTime - aheadOf(loaded.run) + loaded.namespace.retention,
  };
}

/** What was staged is durable now: callers and watchers may know. */
function settle(group: Group, onClosed: CommitOptions['onClosed']): void {
  for (const [loaded, staged] of group.runs) {
    loaded.durableNextEventId = Math.max(loaded.durableNextEventId, staged.nextEventId);
    const { closeEventId } = loaded.run.head;
    loaded.durablyClosed = closeEventId !== 0 && closeEventId < loaded.durableNextEventId;
    if (loaded.settled === group.done) loaded.settled = null;
  }
  group.resolve();
  for (const [loaded, staged] of group.runs) for (const watcher of [...loaded.watchers]) watcher(staged.notices);
  for (const loaded of group.runs.keys()) if (loaded.durablyClosed) onClosed(loaded);
}
