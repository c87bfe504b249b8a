import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { IndexedValueType } from '@perdure/api/enums';
import type { AttributeValue, IndexedRecord } from '../../kernel/visibility-record.ts';
import { OPEN, UNINDEXED } from '../../visibility/compile-sqlite.ts';
import { wordsOf } from '../../visibility/words.ts';
import type { RunKey } from '../contract.ts';
import { withArrayRows } from './array-rows.ts';

/** Writes what lists know of runs, inside of the transaction that the caller has open. */
export interface VisibilityWrites {
  write(run: number, key: RunKey, record: IndexedRecord, create: boolean): void;
  remove(run: number): void;
  /** The transaction was rolled back: numbers that were given out in it may not exist. */
  forget(): void;
}

type Scalar = string | number;
/** Values by the number of their attribute, as the column `attributes` holds them. */
type Values = Readonly<Record<string, Scalar | readonly string[]>>;

/** What the rows of a run in `attribute_values` follow from. */
interface Indexed {
  readonly scope: number;
  readonly closed: number;
  readonly start: number;
  readonly status: number;
  readonly values: Values;
}

const none: Values = {};

export function prepareVisibilityWrites(db: DatabaseSync): VisibilityWrites {
  const sql = prepare(db);
  const scopes = numbers(sql.findScope, sql.addScope);
  const attributes = numbers(sql.findAttribute, sql.addAttribute);
  /** The numbers of attributes without rows, as far as they were written since the start: before, none had any. */
  const unindexed = new Set<number>();

  function valuesOf(given: readonly AttributeValue[]): Values {
    if (given.length === 0) return none;
    const values: Record<string, Scalar | readonly string[]> = {};
    for (const { name, type, value } of given) {
      const number = attributes.of(name, type);
      values[number] = indexedForm(type, value);
      if (UNINDEXED.has(name)) unindexed.add(number);
    }
    return values;
  }

  function before(run: number): Indexed | null {
    const row: unknown = sql.find.get(run);
    if (!Array.isArray(row)) return null;
    const [scope, closed, start, status, values] = row;
    return { scope, closed, start, status, values: values === null ? none : (JSON.parse(String(values)) as Values) };
  }

  return {
    write(run, key, record, create) {
      const after: Indexed = {
        scope: scopes.of(key.namespaceId, record.division === null ? 0 : 1),
        closed: record.closed?.time ?? OPEN,
        start: record.startTime,
        status: record.status,
        values: valuesOf(record.attributes),
      };
      const known = create ? null : before(run);
      const attributes = after.values === none ? null : JSON.stringify(after.values);
      const changing = [attributes, bytesOrNull(record.searchAttributes), bytesOrNull(record.memo)];
      if (known === null || known.scope !== after.scope) {
        if (known !== null) sql.remove.run(run);
        sql.insert.run(run, ...fixedColumns(key, record), after.scope, ...closingColumns(record), ...changing);
      } else if (samePlace(known, after)) sql.updateAttributes.run(...changing, run);
      else sql.updateAll.run(...closingColumns(record), ...changing, run);
      indexValues(sql, unindexed, run, known, after);
    },
    remove(run) {
      indexValues(sql, unindexed, run, before(run), null);
      sql.remove.run(run);
    },
    forget() {
      scopes.forget();
      attributes.forget();
    },
  };
}

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  const arrays = (text: string): StatementSync => withArrayRows(db.prepare(text));
  return {
    findScope: arrays('SELECT scope FROM scopes WHERE namespace_id = ? AND divided = ?'),
    addScope: db.prepare('INSERT INTO scopes (namespace_id, divided) VALUES (?, ?)'),
    findAttribute: arrays('SELECT attribute FROM attributes WHERE name = ? AND type = ?'),
    addAttribute: db.prepare('INSERT INTO attributes (name, type) VALUES (?, ?)'),
    find: arrays('SELECT scope, closed, start, status, attributes FROM visibility WHERE run = ?'),
    insert: db.prepare(
      `INSERT INTO visibility (run, workflow_id, workflow_type, task_queue, start, execution, parent_workflow_id,
         parent_run_id, root_workflow_id, root_run_id, division, scope, status, closed, history_length, history_size,
         transitions, attributes, search_attributes, memo)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    // SQLite writes every index one of whose columns is set, changed or not.
    updateAttributes: db.prepare('UPDATE visibility SET attributes = ?, search_attributes = ?, memo = ? WHERE run = ?'),
    updateAll: db.prepare(
      `UPDATE visibility SET status = ?, closed = ?, history_length = ?, history_size = ?, transitions = ?,
         attributes = ?, search_attributes = ?, memo = ? WHERE run = ?`,
    ),
    remove: db.prepare('DELETE FROM visibility WHERE run = ?'),
    addValue: db.prepare(
      'INSERT INTO attribute_values (scope, attribute, value, closed, start, run, status) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    removeValue: db.prepare(
      `DELETE FROM attribute_values
       WHERE scope = ? AND attribute = ? AND value = ? AND closed = ? AND start = ? AND run = ?`,
    ),
  };
}

/** The numbers that stand for names inside the file, remembered. A name that is not known gets one. */
function numbers(find: StatementSync, add: StatementSync) {
  const known = new Map<string, number>();
  return {
    of(name: string, variant: number): number {
      const key = `${variant}/${name}`;
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const row: unknown = find.get(name, variant);
      const number = Number(Array.isArray(row) ? row[0] : add.run(name, variant).lastInsertRowid);
      known.set(key, number);
      return number;
    },
    forget: () => known.clear(),
  };
}

function indexedForm(type: IndexedValueType, value: AttributeValue['value']): Scalar | readonly string[] {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object') return [...new Set(value)];
  return type === IndexedValueType.TEXT ? wordsOf(String(value)) : value;
}

const fixedColumns = (key: RunKey, record: IndexedRecord): readonly SQLInputValue[] => [
  key.workflowId,
  record.workflowType,
  record.taskQueue,
  record.startTime,
  record.executionTime,
  record.parent?.workflowId ?? null,
  record.parent?.runId ?? null,
  record.root?.workflowId ?? null,
  record.root?.runId ?? null,
  record.division,
];

const closingColumns = ({ status, closed }: IndexedRecord): readonly SQLInputValue[] => [
  status,
  closed?.time ?? OPEN,
  closed?.historyLength ?? null,
  closed?.historySizeBytes ?? null,
  closed?.stateTransitionCount ?? null,
];

const bytesOrNull = (bytes: Uint8Array): Uint8Array | null => (bytes.length === 0 ? null : bytes);

const samePlace = (a: Indexed, b: Indexed): boolean =>
  a.scope === b.scope && a.closed === b.closed && a.start === b.start && a.status === b.status;

/** Brings the rows of a run in `attribute_values` from what they were to what they are to be. */
function indexValues(
  sql: Statements,
  unindexed: ReadonlySet<number>,
  run: number,
  before: Indexed | null,
  after: Indexed | null,
): void {
  const removed = before === null ? [] : rowsOf(before.values, unindexed);
  const added = after === null ? [] : rowsOf(after.values, unindexed);
  const stays = before !== null && after !== null && samePlace(before, after);
  if (before !== null)
    for (const row of stays ? rowsWithout(removed, added) : removed)
      sql.removeValue.run(before.scope, row.attribute, row.value, before.closed, before.start, run);
  if (after !== null)
    for (const row of stays ? rowsWithout(added, removed) : added)
      sql.addValue.run(after.scope, row.attribute, row.value, after.closed, after.start, run, after.status);
}

interface ValueRow {
  readonly attribute: number;
  readonly value: Scalar;
}

function rowsOf(values: Values, unindexed: ReadonlySet<number>): readonly ValueRow[] {
  const rows: ValueRow[] = [];
  for (const key in values) {
    const attribute = Number(key);
    if (unindexed.has(attribute)) continue;
    const value = values[key];
    if (typeof value === 'object') for (const item of value) rows.push({ attribute, value: item });
    else if (value !== undefined) rows.push({ attribute, value });
  }
  return rows;
}

function rowsWithout(rows: readonly ValueRow[], others: readonly ValueRow[]): readonly ValueRow[] {
  return others.length === 0
    ? rows
    : rows.filter((row) => !others.some(({ attribute, value }) => attribute === row.attribute && value === row.value));
}
