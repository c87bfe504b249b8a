import { accessSync, constants } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { nodeSqlite } from './node-sqlite.ts';

/** How far the write-ahead log may grow, in pages of 4 KiB, before a commit also writes it back into the file. */
const checkpointPages = 1000;
/** What the log is cut to after a commit (or a slow reader) made it larger than usual. */
const logSizeLimit = 64 * 1024 * 1024;

const sqlite = nodeSqlite(process.versions.node);

/**
 * Opens a file, or makes it. SQLite by itself would open a file that it may not write as a read-only database, on which
 * even `BEGIN EXCLUSIVE` succeeds and locks nothing.
 */
export function openConnection(path: string, busyTimeoutMs: number): DatabaseSync {
  const db = new sqlite.DatabaseSync(path);
  db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  if (path === ':memory:') return db;
  try {
    // SQLite makes the file when it is first read.
    db.prepare('PRAGMA schema_version').get();
    accessSync(path, constants.W_OK);
    return db;
  } catch (error) {
    db.close();
    throw isSystemError(error) ? notWritable(path, error) : error;
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

const notWritable = (path: string, cause: unknown): StorageError =>
  new StorageError(
    'NOT_WRITABLE',
    `${path} is read-only; give this process permission to write to the file and its directory`,
    { cause },
  );

/** The connection that writes: a commit has reached the disk when it returns. */
export function openWriter(path: string, busyTimeoutMs: number): DatabaseSync {
  const db = openConnection(path, busyTimeoutMs);
  configureWriter(db);
  return db;
}

export function configureWriter(db: DatabaseSync): void {
  db.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${checkpointPages};
    PRAGMA journal_size_limit = ${logSizeLimit};
    PRAGMA cache_size = -32768;
  `);
}
