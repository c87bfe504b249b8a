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

/** A commit of one run with more bytes than this is left to the thread. */
const loneBytes = 16 * 1024;
/** A sync that takes longer (ms) would be felt by everybody else; the thread waits for it better. */
const slowMs = 2;
/** How many commits go to the thread after a slow one, before the disk is tried again. */
const restCommits = 200;
/** A commit writes about nine pages, some more if it is large: the log is cut about as often as by the thread's own. */
const checkpointCommits = 100;

/**
 * Commits on the calling thread what is so small that the way to the writing thread and back costs more CPU than the
 * commit: that of one run, given while nothing else is being written. It is no quicker (the disk is waited for here),
 * but an application that has the server inside uses less of its one thread. Larger groups go to the thread; so do
 * those after a slow sync, and those that find the file locked by another program.
 */
export function withLoneCommits(path: string, thread: WriterThread): Writer {
  let lone: Lone | null = null;
  let resting = 0;
  let sinceCheckpoint = 0;

  function commitHere(commit: Commit): boolean {
    lone ??= openLone(path);
    const begun = performance.now();
    if (!lone.commit(commit)) return false;
    if (performance.now() - begun > slowMs) resting = restCommits;
    if (++sinceCheckpoint === checkpointCommits) {
      sinceCheckpoint = 0;
      thread.checkpoint();
    }
    return true;
  }

  return {
    async commit(commit) {
      if (resting > 0) resting--;
      else if (isLone(commit) && thread.isIdle() && commitHere(commit)) return;
      await thread.commit(commit);
    },
    close() {
      lone?.close();
      lone = null;
      return thread.close();
    },
  };
}

interface Lone {
  /** Whether it was done; if not, the file is locked and nothing happened. */
  commit(commit: Commit): boolean;
  close(): void;
}

function openLone(path: string): Lone {
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

const isLone = ({ runs: [run, ...others], deletes, records }: Commit): boolean =>
  run !== undefined && others.length === 0 && deletes.length === 0 && records.length === 0 && sizeOf(run) <= loneBytes;

function sizeOf({ head, entries, history }: RunWrite): number {
  let size = head?.value.length ?? 0;
  for (const { value } of entries) size += value?.length ?? 0;
  for (const { bytes } of history) size += bytes.length;
  return size;
}
