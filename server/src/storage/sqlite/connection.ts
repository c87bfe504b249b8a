import { DatabaseSync } from 'node:sqlite';

/** How far the write-ahead log may grow, in pages of 4 KiB, before a commit also writes it back into the file. */
const checkpointPages = 1000;
/** What the log is cut to after a commit (or a slow reader) made it larger than usual. */
const logSizeLimit = 64 * 1024 * 1024;

/** A connection for reading, and for making the schema before the writer starts. */
export function openConnection(path: string, busyTimeoutMs: number): DatabaseSync {
  return new DatabaseSync(path, { timeout: busyTimeoutMs });
}

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
