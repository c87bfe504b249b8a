import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Commit, RunHead, RunKey, RunWrite } from '../contract.ts';
import { StorageError } from '../errors.ts';
import { withArrayRows } from './array-rows.ts';
import { rollBack } from './roll-back.ts';
import { prepareVisibilityWrites, type VisibilityWrites } from './visibility-write.ts';

/** Writes a whole commit in one transaction: when it returns it is durable, when it throws nothing of it is there. */
export type ApplyCommit = (commit: Commit) => void;

type Statements = ReturnType<typeof prepare>;

/** Prepares the statements once; `db` must be the only connection that writes. */
export function prepareCommit(db: DatabaseSync): ApplyCommit {
  const sql = prepare(db);
  const visibility = prepareVisibilityWrites(db);
  return (commit) => {
    sql.begin.run();
    try {
      for (const run of commit.runs) writeRun(sql, visibility, run);
      for (const key of commit.deletes) deleteRun(sql, visibility, key);
      for (const { collection, key, value } of commit.records) {
        if (value === null) sql.deleteRecord.run(collection, key);
        else sql.putRecord.run(collection, key, value);
      }
      sql.commit.run();
    } catch (error) {
      rollBack(db);
      visibility.forget();
      throw error;
    }
  };
}

/** Older versions of Node bind bytes of which there are none as NULL, which no value here is. */
function prepare(db: DatabaseSync) {
  const findRun = withArrayRows(
    db.prepare('SELECT run FROM runs WHERE run_id = ? AND namespace_id = ? AND workflow_id = ?'),
  );
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    findRun,
    insertRun: db.prepare(
      `INSERT INTO runs (run_id, namespace_id, workflow_id, status, due, outstanding, expires, head)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING`,
    ),
    updateRun: db.prepare('UPDATE runs SET status = ?, due = ?, outstanding = ?, expires = ?, head = ? WHERE run = ?'),
    makeCurrent: db.prepare(
      `INSERT INTO current_runs (namespace_id, workflow_id, run) VALUES (?, ?, ?)
       ON CONFLICT (namespace_id, workflow_id) DO UPDATE SET run = excluded.run`,
    ),
    putEntry: db.prepare(
      `INSERT INTO entries (run, kind, key, value) VALUES (?, ?, ?, coalesce(?, x''))
       ON CONFLICT (run, kind, key) DO UPDATE SET value = excluded.value`,
    ),
    deleteEntry: db.prepare('DELETE FROM entries WHERE run = ? AND kind = ? AND key = ?'),
    insertHistory: db.prepare(
      'INSERT INTO history (run, first_event_id, bytes) VALUES (?, ?, ?) ON CONFLICT (run, first_event_id) DO NOTHING',
    ),
    deletesOfRun: [
      db.prepare('DELETE FROM history WHERE run = ?'),
      db.prepare('DELETE FROM entries WHERE run = ?'),
      db.prepare('DELETE FROM runs WHERE run = ?'),
    ],
    deleteCurrent: db.prepare('DELETE FROM current_runs WHERE namespace_id = ? AND workflow_id = ? AND run = ?'),
    putRecord: db.prepare(
      `INSERT INTO records (collection, key, value) VALUES (?, ?, coalesce(?, x''))
       ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value`,
    ),
    deleteRecord: db.prepare('DELETE FROM records WHERE collection = ? AND key = ?'),
  };
}

function writeRun(sql: Statements, visibility: VisibilityWrites, write: RunWrite): void {
  const { key, head } = write;
  let run: number;
  if (write.create) {
    run = createRun(sql, key, head);
  } else {
    const found = findRun(sql.findRun, key);
    if (found === null) throw new StorageError('RUN_MISSING', `run ${describe(key)} does not exist`);
    run = found;
    if (head !== undefined) {
      sql.updateRun.run(head.status, head.due, head.outstanding ? 1 : 0, head.expires, head.value, run);
    }
  }
  if (write.visibility !== undefined) visibility.write(run, key, write.visibility, write.create);
  if (write.makeCurrent === true) sql.makeCurrent.run(key.namespaceId, key.workflowId, run);
  for (const entry of write.entries) {
    if (entry.value === null) sql.deleteEntry.run(run, entry.kind, entry.key);
    else sql.putEntry.run(run, entry.kind, entry.key, entry.value);
  }
  for (const batch of write.history) {
    if (sql.insertHistory.run(run, batch.firstEventId, batch.bytes).changes === 0) {
      throw new StorageError('HISTORY_EXISTS', `run ${describe(key)} has event ${batch.firstEventId} already`);
    }
  }
}

function createRun(sql: Statements, key: RunKey, head: RunHead | undefined): number {
  if (head === undefined) throw new TypeError(`run ${describe(key)} is created without a head`);
  const { changes, lastInsertRowid } = sql.insertRun.run(
    key.runId,
    key.namespaceId,
    key.workflowId,
    head.status,
    head.due,
    head.outstanding ? 1 : 0,
    head.expires,
    head.value,
  );
  if (changes === 0) throw new StorageError('RUN_EXISTS', `run ${describe(key)} exists already`);
  return Number(lastInsertRowid);
}

function deleteRun(sql: Statements, visibility: VisibilityWrites, key: RunKey): void {
  const run = findRun(sql.findRun, key);
  if (run === null) return;
  sql.deleteCurrent.run(key.namespaceId, key.workflowId, run);
  visibility.remove(run);
  for (const statement of sql.deletesOfRun) statement.run(run);
}

function findRun(statement: StatementSync, key: RunKey): number | null {
  const row: unknown = statement.get(key.runId, key.namespaceId, key.workflowId);
  return Array.isArray(row) ? Number(row[0]) : null;
}

const describe = (key: RunKey): string => `${key.runId} of workflow ${key.workflowId}`;
