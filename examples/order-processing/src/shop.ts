/** The shop's own database. It knows nothing of workflows except what the activity log writes down about them. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

export interface Shop {
  /** Runs `change` in one transaction: all of it is kept, or nothing. */
  transaction<T>(change: () => T): T;
  run(sql: string, ...values: SQLInputValue[]): number;
  all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[];
  isOpen(): boolean;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS stock (sku TEXT PRIMARY KEY, available INTEGER NOT NULL CHECK (available >= 0));
  CREATE TABLE IF NOT EXISTS reservations (
    order_id TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, released INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, sku));
  CREATE TABLE IF NOT EXISTS charges (
    idempotency_key TEXT PRIMARY KEY, order_id TEXT NOT NULL, card TEXT NOT NULL, amount INTEGER NOT NULL,
    refunded INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS shipments (
    order_id TEXT PRIMARY KEY, address TEXT NOT NULL, notes TEXT NOT NULL, tracking_number TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS notifications (
    idempotency_key TEXT PRIMARY KEY, order_id TEXT NOT NULL, message TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS activity_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('started', 'completed', 'failed')),
    workflow_id TEXT NOT NULL, run_id TEXT NOT NULL, activity_id TEXT NOT NULL, activity_type TEXT NOT NULL,
    attempt INTEGER NOT NULL, worker INTEGER NOT NULL);
  INSERT INTO stock VALUES ('tea', 100000), ('teapot', 100000), ('samovar', 100000) ON CONFLICT DO NOTHING;
`;

/**
 * Opens the shop's database, making it and its folder if need be. Several processes may have it open.
 *
 * @param file path of the SQLite file
 */
export function openShop(file: string): Shop {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const transaction = <T>(change: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = change();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  transaction(() => db.exec(SCHEMA));
  return {
    transaction,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    all: (sql, ...values) => prepared(sql).all(...values),
    isOpen: () => db.isOpen,
    close: () => db.close(),
  };
}
