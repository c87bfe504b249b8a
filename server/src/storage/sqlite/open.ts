import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Storage } from '../contract.ts';
import { StorageError } from '../errors.ts';
import { prepareCommit } from './apply.ts';
import { configureWriter, openConnection } from './connection.ts';
import { storageError } from './errors.ts';
import { lockFile } from './lock.ts';
import { lazyReader, type ReaderThread } from './reader-thread.ts';
import { prepareReads } from './reads.ts';
import type { Migration } from './schema.ts';
import { checkIdentity, migrate, migrations } from './schema.ts';
import { type Writer, withSmallCommits } from './small-commits.ts';
import { prepareVisibilityReads } from './visibility-read.ts';
import { startWriter } from './writer-thread.ts';

export interface SqliteOptions {
  /** The database file, made when it does not exist (its directory has to), or `:memory:`. */
  readonly path: string;
  /** How long (ms) a statement waits for another program, such as a backup, that has locked the file. Default 5000. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens a store in one SQLite file, or in memory.
 *
 * @throws StorageError `NOT_WRITABLE`, `NOT_A_DATABASE`, `NEWER_SCHEMA` or `IN_USE`; the file is then as it was.
 */
export async function openSqlite(options: SqliteOptions): Promise<Storage> {
  return openWithMigrations(options, migrations);
}

/** `openSqlite` for a schema of the caller's choice, so that tests can go from one version to the next. */
export async function openWithMigrations(options: SqliteOptions, steps: readonly Migration[]): Promise<Storage> {
  const { busyTimeoutMs = 5000 } = options;
  return options.path === ':memory:' ? openMemory(steps) : openFile(realPath(options.path), busyTimeoutMs, steps);
}

function openMemory(steps: readonly Migration[]): Storage {
  const db = openConnection(':memory:', 0);
  migrate(db, ':memory:', steps);
  const applyCommit = prepareCommit(db);
  const answers = prepareVisibilityReads(db);
  const reader: ReaderThread = {
    listRuns: async (list) => answers.listRuns(list),
    countRuns: async (namespaceId, query) => answers.countRuns(namespaceId, query),
    async close() {},
  };
  return storage(db, ':memory:', reader, {
    // Declared async: a failure rejects, and a commit is nevertheless done when the call returns.
    async commit(commit) {
      try {
        applyCommit(commit);
      } catch (error) {
        throw storageError(error, ':memory:');
      }
    },
    async close() {},
  });
}

function openFile(path: string, busyTimeoutMs: number, steps: readonly Migration[]): Storage {
  let db: DatabaseSync | undefined;
  let unlock: (() => void) | undefined;
  try {
    db = openConnection(path, busyTimeoutMs);
    checkIdentity(db, path, steps.length);
    unlock = lockFile(path);
    // Only now: the journal mode is written into the file.
    const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
    if (mode !== 'wal') throw noSharedMemory(path);
    configureWriter(db);
    migrate(db, path, steps);
    db.exec('PRAGMA query_only = ON');
    const release = unlock;
    const writer = withSmallCommits(path, startWriter({ path, busyTimeoutMs }));
    return storage(db, path, lazyReader({ path, busyTimeoutMs }), {
      commit: writer.commit,
      async close() {
        await writer.close();
        release();
      },
    });
  } catch (error) {
    db?.close();
    unlock?.();
    throw storageError(error, path);
  }
}

function storage(db: DatabaseSync, path: string, reader: ReaderThread, writer: Writer): Storage {
  const reads = prepareReads(db);
  let closing: Promise<void> | null = null;
  const read = async <T>(query: () => T): Promise<T> => {
    if (closing !== null) throw closed(path);
    try {
      return query();
    } catch (error) {
      throw storageError(error, path);
    }
  };
  return {
    isLasting: path !== ':memory:',
    commit: (commit) => (closing === null ? writer.commit(commit) : Promise.reject(closed(path))),
    loadRun: (key) => read(() => reads.loadRun(key)),
    currentRun: (namespaceId, workflowId) => read(() => reads.currentRun(namespaceId, workflowId)),
    readHistory: (key, fromEventId, maxBatches, beforeEventId) =>
      read(() => reads.readHistory(key, fromEventId, maxBatches, beforeEventId)),
    allRuns: (afterRunId, limit) => read(() => reads.allRuns(afterRunId, limit)),
    outstandingRuns: (afterRunId, limit) => read(() => reads.outstandingRuns(afterRunId, limit)),
    dueRuns: (until, limit) => read(() => reads.dueRuns(until, limit)),
    expiredRuns: (until, limit) => read(() => reads.expiredRuns(until, limit)),
    nextExpiry: () => read(() => reads.nextExpiry()),
    listRuns: (list) => (closing === null ? reader.listRuns(list) : Promise.reject(closed(path))),
    countRuns: (namespaceId, query) =>
      closing === null ? reader.countRuns(namespaceId, query) : Promise.reject(closed(path)),
    records: (collection) => read(() => reads.records(collection)),
    close() {
      if (closing === null) {
        // Before the writer, so that the writer's connection is the last and does the closing checkpoint in its thread.
        db.close();
        closing = reader.close().then(writer.close);
      }
      return closing;
    },
  };
}

const closed = (path: string): StorageError =>
  new StorageError('CLOSED', `the store ${path} is closed; it takes no more calls`);

/** Without a write-ahead log, reads would wait for writes and stop them in turn. */
const noSharedMemory = (path: string): StorageError =>
  new StorageError(
    'NOT_WRITABLE',
    `${path} lies on a file system without shared memory, such as a network share; name a file on a local disk`,
  );

/** One name per file, whatever links lead to it, so that the lock beside it is one lock. */
function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    try {
      return join(realpathSync(dirname(absolute)), basename(absolute));
    } catch {
      throw new StorageError(
        'NOT_WRITABLE',
        `${path} cannot be opened: the directory ${dirname(absolute)} does not exist; make it, or name another file`,
      );
    }
  }
}
