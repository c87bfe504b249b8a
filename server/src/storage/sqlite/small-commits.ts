import type { Commit, RunWrite } from '../contract.ts';
import { prepareCommit } from './apply.ts';
import { openWriter } from './connection.ts';
import { storageError } from './errors.ts';
import type { WriterThread } from './writer-thread.ts';

/** What writes: the thread, with or without this in front, or for `:memory:` the one connection there is. */
export interface Writer {
  commit(commit: Commit): Promise<void>;
  close(): Promise<void>;
}

interface Limits {
  /** A commit with more bytes than this is left to the thread. */
  readonly bytes: number;
  /** A commit that takes longer would be felt by everybody else; the thread waits for the disk better. */
  readonly ms: number;
}
/** While there is always something to do, all that is waited for here is missing elsewhere. */
const whileBusy: Limits = { bytes: 16 * 1024, ms: 2 };
const whileQuiet: Limits = { bytes: 64 * 1024, ms: 5 };
/** The calling thread is quiet while it has something to do for less than this share of the time. */
const quietShare = 0.5;
/** How often that is looked at, in ms. */
const lookEveryMs = 100;
/** How many commits go to the thread, at most, before the disk is tried again. */
const mostRest = 255;
/** A run writes up to nine pages: the log is cut about as often as by the thread's own. */
const checkpointRuns = 150;

/**
 * Commits on the calling thread what is so small that the way to the writing thread and back costs more CPU than the
 * commit, and is given while nothing else is being written. It is no quicker (the disk is waited for here), but a server
 * that is not busy, or shares its machine, uses less of it. What is small depends on how busy it is: waiting costs a
 * thread nothing that has nothing else to do. Larger commits go to the writing thread; so do those that find the
 * file locked by another program, and those after a slow one: the first time one, and twice as many each time that the
 * next is slow again, so that a disk that is slow costs little, and one that is slow once is soon forgiven.
 */
export function withSmallCommits(path: string, thread: WriterThread): Writer {
  let connection: Connection | null = null;
  let rest = 0;
  let resting = 0;
  let runsInLog = 0;
  const isQuiet = watchLoad();

  function commitHere(commit: Commit, slowMs: number): boolean {
    connection ??= connect(path);
    const begun = performance.now();
    if (!connection.commit(commit)) return false;
    rest = performance.now() - begun > slowMs ? Math.min(2 * rest + 1, mostRest) : 0;
    resting = rest;
    runsInLog += commit.runs.length;
    if (runsInLog >= checkpointRuns) {
      runsInLog = 0;
      thread.checkpoint();
    }
    return true;
  }

  return {
    async commit(commit) {
      const { bytes, ms } = isQuiet() ? whileQuiet : whileBusy;
      if (resting > 0) resting--;
      else if (isSmall(commit, bytes) && thread.isIdle() && commitHere(commit, ms)) return;
      await thread.commit(commit);
    },
    close() {
      connection?.close();
      connection = null;
      return thread.close();
    },
  };
}

/** Whether this thread has been quiet lately. */
function watchLoad(): () => boolean {
  let since = performance.eventLoopUtilization();
  let looked = performance.now();
  let quiet = true;
  return () => {
    const now = performance.now();
    if (now - looked < lookEveryMs) return quiet;
    const load = performance.eventLoopUtilization();
    quiet = performance.eventLoopUtilization(load, since).utilization < quietShare;
    since = load;
    looked = now;
    return quiet;
  };
}

interface Connection {
  /** Whether it was done; if not, the file is locked and nothing happened. */
  commit(commit: Commit): boolean;
  close(): void;
}

function connect(path: string): Connection {
  const db = openWriter(path, 0);
  // Writing the log back is the thread's: it takes milliseconds.
  db.exec('PRAGMA wal_autocheckpoint = 0');
  const applyCommit = prepareCommit(db);
  return {
    commit(commit) {
      try {
        applyCommit(commit);
        return true;
      } catch (error) {
        // It has been rolled back.
        if (isBusy(error)) return false;
        throw storageError(error, path);
      }
    },
    close: () => db.close(),
  };
}

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === SQLITE_BUSY;

/** Deletions touch any number of rows, and records are written seldom. */
function isSmall({ runs, deletes, records }: Commit, smallBytes: number): boolean {
  if (deletes.length > 0 || records.length > 0) return false;
  let size = 0;
  for (const run of runs) size += sizeOf(run);
  return size <= smallBytes;
}

function sizeOf({ head, entries, history }: RunWrite): number {
  let size = head?.value.length ?? 0;
  for (const { value } of entries) size += value?.length ?? 0;
  for (const { bytes } of history) size += bytes.length;
  return size;
}
