import type { DatabaseSync } from 'node:sqlite';

/** Rolls back what is open of a transaction. Some failures (a full disk, an I/O error) have done so already. */
export function rollBack(db: DatabaseSync): void {
  if ('isTransaction' in db) {
    if (db.isTransaction) db.exec('ROLLBACK');
    return;
  }
  // Before 22.16 Node does not say.
  try {
    (db as DatabaseSync).exec('ROLLBACK');
  } catch (error) {
    if (!/no transaction is active/.test(String(error))) throw error;
  }
}
