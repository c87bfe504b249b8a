import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { openConnection } from './connection.ts';
import { storageError } from './errors.ts';

/**
 * Makes sure that only one store has `path` open, across processes and inside of this one.
 *
 * The lock is an exclusive transaction on an empty database beside the file. The operating system ends it with the
 * process, however that dies. It cannot be taken on the file itself: that would shut out our own reading connection.
 * The lock file stays behind when it is released, since deleting it would race with the next one to open it.
 *
 * @returns the function that releases the lock.
 */
export function lockFile(path: string): () => void {
  const file = `${path}-lock`;
  let db: DatabaseSync | undefined;
  try {
    db = openConnection(file, 0);
    // No journal file for a transaction that writes nothing.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    const refused = storageError(error, file);
    if (refused.code !== 'IN_USE') throw refused;
    throw new StorageError(
      'IN_USE',
      `${path} is in use by another server; stop that one first, or give this one a file of its own`,
      { cause: error },
    );
  }
  const held = db;
  return () => held.close();
}
