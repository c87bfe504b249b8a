import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { DueRun, HistoryBatch, RunKey, StoredRun } from '../contract.ts';
import { withArrayRows } from './array-rows.ts';

const keyColumns = 'namespace_id, workflow_id, run_id';
const noBytes = new Uint8Array(0);

/**
 * The reading half of the contract, without the promises. Prepares the statements once, on a connection that sees what
 * the writing one has committed. No call leaves a read transaction open.
 */
export function prepareReads(db: DatabaseSync) {
  const statement = (sql: string): StatementSync => withArrayRows(db.prepare(sql));
  const begin = db.prepare('BEGIN');
  const end = db.prepare('COMMIT');
  const run = statement(
    `SELECT status, due, outstanding, expires, head, run FROM runs
     WHERE run_id = ? AND namespace_id = ? AND workflow_id = ?`,
  );
  const entries = statement('SELECT kind, key, value FROM entries WHERE run = ? ORDER BY kind, key');
  const firstBatch = statement('SELECT bytes FROM history WHERE run = ? AND first_event_id = 1');
  const currentRun = statement(
    `SELECT r.run_id, r.status FROM current_runs AS c JOIN runs AS r ON r.run = c.run
     WHERE c.namespace_id = ? AND c.workflow_id = ?`,
  );
  const history = statement(
    `WITH found AS MATERIALIZED (SELECT run FROM runs WHERE run_id = ? AND namespace_id = ? AND workflow_id = ?)
     SELECT first_event_id, bytes FROM history
     WHERE run = (SELECT run FROM found)
       AND first_event_id < ?
       AND first_event_id >= coalesce(
         (SELECT max(first_event_id) FROM history WHERE run = (SELECT run FROM found) AND first_event_id <= ?), 0)
     ORDER BY first_event_id LIMIT max(?, 1)`,
  );
  const allRuns = statement(`SELECT ${keyColumns} FROM runs WHERE run_id > ? ORDER BY run_id LIMIT ?`);
  const outstanding = statement(
    `SELECT ${keyColumns} FROM runs WHERE outstanding = 1 AND run_id > ? ORDER BY run_id LIMIT ?`,
  );
  const due = statement(`SELECT ${keyColumns}, due FROM runs WHERE due <= ? ORDER BY due LIMIT ?`);
  const expired = statement(`SELECT ${keyColumns} FROM runs WHERE expires <= ? ORDER BY expires LIMIT ?`);
  const nextExpiry = statement('SELECT min(expires) FROM runs WHERE expires IS NOT NULL');
  const records = statement('SELECT key, value FROM records WHERE collection = ? ORDER BY key');

  return {
    loadRun(key: RunKey): StoredRun | null {
      // One transaction, or the writer could commit between the head and the entries.
      begin.run();
      try {
        const row = first(run, key.runId, key.namespaceId, key.workflowId);
        if (row === undefined) return null;
        const [status, due, outstanding, expires, value, id] = row;
        return {
          key: { namespaceId: key.namespaceId, workflowId: key.workflowId, runId: key.runId },
          head: {
            value: bytes(value),
            status: Number(status),
            due: numberOrNull(due),
            outstanding: outstanding === 1,
            expires: numberOrNull(expires),
          },
          entries: rows(entries, Number(id)).map(([kind, entryKey, entryValue]) => ({
            kind: Number(kind),
            key: String(entryKey),
            value: bytes(entryValue),
          })),
          firstBatch: bytes(first(firstBatch, Number(id))?.[0] ?? noBytes),
        };
      } finally {
        end.run();
      }
    },

    currentRun(namespaceId: string, workflowId: string): { readonly runId: string; readonly status: number } | null {
      const row = first(currentRun, namespaceId, workflowId);
      return row === undefined ? null : { runId: String(row[0]), status: Number(row[1]) };
    },

    readHistory(
      { namespaceId, workflowId, runId }: RunKey,
      fromEventId: number,
      maxBatches: number,
      beforeEventId: number = Number.MAX_SAFE_INTEGER,
    ): readonly HistoryBatch[] {
      const found = rows(history, runId, namespaceId, workflowId, beforeEventId, fromEventId, maxBatches);
      return found.map(([firstEventId, value]) => ({ firstEventId: Number(firstEventId), bytes: bytes(value) }));
    },

    allRuns: (afterRunId: string, limit: number): readonly RunKey[] => rows(allRuns, afterRunId, limit).map(runKey),

    outstandingRuns: (afterRunId: string, limit: number): readonly RunKey[] =>
      rows(outstanding, afterRunId, limit).map(runKey),

    dueRuns: (until: number, limit: number): readonly DueRun[] =>
      rows(due, until, limit).map((row) => ({ key: runKey(row), due: Number(row[3]) })),

    expiredRuns: (until: number, limit: number): readonly RunKey[] => rows(expired, until, limit).map(runKey),

    nextExpiry: (): number | null => numberOrNull(first(nextExpiry)?.[0]),

    records: (collection: string): readonly { readonly key: string; readonly value: Uint8Array }[] =>
      rows(records, collection).map(([key, value]) => ({ key: String(key), value: bytes(value) })),
  };
}

type Row = readonly SQLOutputValue[];

// Rows are arrays, which the declared types do not know; these two are the only places that say so.
function rows(statement: StatementSync, ...parameters: SQLInputValue[]): readonly Row[] {
  const found: readonly unknown[] = statement.all(...parameters);
  return found as readonly Row[];
}

function first(statement: StatementSync, ...parameters: SQLInputValue[]): Row | undefined {
  const found: unknown = statement.get(...parameters);
  return found as Row | undefined;
}

const runKey = (row: Row): RunKey => ({
  namespaceId: String(row[0]),
  workflowId: String(row[1]),
  runId: String(row[2]),
});

const numberOrNull = (value: SQLOutputValue | undefined): number | null => (typeof value === 'number' ? value : null);

function bytes(value: SQLOutputValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a column of bytes holds ${typeof value}`);
}
