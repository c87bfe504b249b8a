import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import type { ExecutionName, VisibilityRecord } from '../../kernel/visibility-record.ts';
import type { Access, Lookup } from '../../visibility/access-sqlite.ts';
import { OPEN, type Sql, sql } from '../../visibility/compile-sqlite.ts';
import {
  accesses,
  compileCount,
  compileGroups,
  compileList,
  compileProbe,
  compileStatusCounts,
} from '../../visibility/statements-sqlite.ts';
import type { Attribute, Query } from '../../visibility/tree.ts';
import type { ListedRun, ListRuns, RunCount, RunList } from '../contract.ts';
import { withArrayRows } from './array-rows.ts';

/** The part of reading that answers queries, without the promises. */
export interface VisibilityReads {
  listRuns(list: ListRuns): RunList;
  countRuns(namespaceId: string, query: Query): readonly RunCount[];
}

/**
 * An access with fewer rows than this is read and sorted; with more, one in the right order is better. A count needs no
 * order, and gains more from the better of two.
 */
const FEW = { list: 5_000, count: 50_000 } as const;
type Purpose = keyof typeof FEW;
/** Accesses looked into; nobody writes more conditions by hand. */
const MAX_PROBES = 20;
/** A page ends once its search attributes and memos are this large, so that it fits into a message. */
const PAGE_BYTES = 2 << 20;
const STATUSES: readonly number[] = Object.values(WorkflowExecutionStatus);

/** Prepares what can be prepared, on a connection that sees what the writing one has committed. */
export function prepareVisibilityReads(db: DatabaseSync): VisibilityReads {
  const begin = db.prepare('BEGIN');
  const end = db.prepare('COMMIT');
  const rows = preparedRows(db);
  /** All questions of one call see the same state. */
  const atOnce = <T>(ask: () => T): T => {
    begin.run();
    try {
      return ask();
    } finally {
      end.run();
    }
  };
  return {
    listRuns: (list) => atOnce(() => listRuns(rows, list)),
    countRuns: (namespaceId, query) => atOnce(() => countRuns(rows, namespaceId, query)),
  };
}

type Row = readonly (SQLInputValue | undefined)[];
type Rows = (statement: Sql) => readonly Row[];

/** Statements kept prepared: those of the last queries that differ in more than their values. */
const PREPARED = 100;

function preparedRows(db: DatabaseSync): Rows {
  const prepared = new Map<string, StatementSync>();
  return ({ text, values }) => {
    let statement = prepared.get(text);
    if (statement) prepared.delete(text);
    else {
      statement = withArrayRows(db.prepare(text));
      const [oldest] = prepared.keys();
      if (oldest !== undefined && prepared.size >= PREPARED) prepared.delete(oldest);
    }
    prepared.set(text, statement);
    const found: readonly unknown[] = statement.all(...values);
    return found as readonly Row[];
  };
}

function listRuns(rows: Rows, { namespaceId, query, limit, after }: ListRuns): RunList {
  const lookup = lookupFor(rows, namespaceId, query);
  if (lookup === null) return { runs: [], next: null };
  const access = choose(rows, lookup, query, 'list');
  // One more than asked for tells whether there is a next page.
  const found = rows(compileList(lookup, query, { access, limit: limit + 1, after }));
  const runs: ListedRun[] = [];
  let bytes = 0;
  for (const [run, ...place] of found) {
    const listed = listedRun(rows, Number(run));
    runs.push(listed);
    bytes += listed.record.memo.length + listed.record.searchAttributes.length;
    if (runs.length < limit && bytes < PAGE_BYTES) continue;
    return { runs, next: runs.length < found.length ? place.map(scalar) : null };
  }
  return { runs, next: null };
}

function countRuns(rows: Rows, namespaceId: string, query: Query): readonly RunCount[] {
  const { groupBy } = query;
  const lookup = lookupFor(rows, namespaceId, query);
  if (lookup === null) return groupBy ? [] : [{ value: null, count: 0 }];
  const access = choose(rows, lookup, query, 'count');
  if (groupBy === null) return [{ value: null, count: number(rows(compileCount(lookup, query, access))) }];
  if (groupBy.name === 'ExecutionStatus') {
    const [counts = []] = rows(compileStatusCounts(lookup, query, access, STATUSES));
    return STATUSES.map((value, index) => ({ value, count: Number(counts[index]) })).filter(({ count }) => count > 0);
  }
  const groups = rows(compileGroups(lookup, query, groupBy, access));
  return groups.map(([value, count]) => ({ value: scalar(value), count: Number(count) }));
}

const SCOPES = 'SELECT scope FROM scopes WHERE namespace_id = ? AND divided <= ? ORDER BY divided';
const ATTRIBUTE = 'SELECT attribute FROM attributes WHERE name = ? AND type = ?';

/** Null for a namespace in which nothing ever was. */
function lookupFor(rows: Rows, namespaceId: string, { namesDivision }: Query): Lookup | null {
  const scopes = rows(sql(SCOPES, namespaceId, namesDivision ? 1 : 0)).map(([scope]) => Number(scope));
  if (scopes.length === 0) return null;
  const numbers = new Map<string, number | undefined>();
  const numberOf = ({ name, type }: Attribute): number | undefined => {
    if (numbers.has(name)) return numbers.get(name);
    const [row] = rows(sql(ATTRIBUTE, name, type));
    const found = row && Number(row[0]);
    numbers.set(name, found);
    return found;
  };
  return { scopes, numberOf };
}

/** The access with the fewest rows, or, if all have many, one that is better than none. */
function choose(rows: Rows, lookup: Lookup, query: Query, purpose: Purpose): Access | null {
  const all = accesses(lookup, query);
  const isBetterThanNone = (access: Access): boolean => purpose === 'count' || access.source?.ordered === true;
  const [only] = all;
  if (only === undefined || (all.length === 1 && isBetterThanNone(only))) return only ?? null;
  let best: Access | null = null;
  let fewest: number = FEW[purpose];
  for (const access of all.slice(0, MAX_PROBES)) {
    const found = number(rows(compileProbe(access, fewest)));
    if (found >= fewest) continue;
    best = access;
    fewest = found;
  }
  return best ?? all.find(isBetterThanNone) ?? null;
}

const LISTED = `SELECT v.workflow_id, r.run_id, v.status, v.workflow_type, v.task_queue, v.start, v.execution, v.closed,
    v.history_length, v.history_size, v.transitions, v.parent_workflow_id, v.parent_run_id, v.root_workflow_id,
    v.root_run_id, v.search_attributes, v.memo
  FROM visibility AS v JOIN runs AS r ON r.run = v.run WHERE v.run = ?`;

function listedRun(rows: Rows, run: number): ListedRun {
  const [row = []] = rows(sql(LISTED, run));
  const [workflowId, runId, status, workflowType, taskQueue, start, execution, closed] = row;
  const [historyLength, historySize, transitions, parentId, parentRunId, rootId, rootRunId] = row.slice(8);
  const record: VisibilityRecord = {
    status: Number(status),
    workflowType: String(workflowType),
    taskQueue: String(taskQueue),
    startTime: Number(start),
    executionTime: Number(execution),
    closed:
      closed === OPEN
        ? null
        : {
            time: Number(closed),
            historyLength: Number(historyLength),
            historySizeBytes: Number(historySize),
            stateTransitionCount: Number(transitions),
          },
    parent: nameOf(parentId, parentRunId),
    root: nameOf(rootId, rootRunId),
    searchAttributes: bytes(row[15]),
    memo: bytes(row[16]),
  };
  return { workflowId: String(workflowId), runId: String(runId), record };
}

const noBytes = new Uint8Array(0);
const bytes = (value: Row[number]): Uint8Array => (value instanceof Uint8Array ? value : noBytes);

const nameOf = (workflowId: Row[number], runId: Row[number]): ExecutionName | null =>
  typeof workflowId === 'string' ? { workflowId, runId: String(runId) } : null;

const scalar = (value: Row[number]): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** The one number of a statement that yields one. */
const number = (found: readonly Row[]): number => Number(found[0]?.[0] ?? 0);
