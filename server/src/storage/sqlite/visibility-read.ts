import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { ExecutionName, VisibilityRecord } from '../../kernel/visibility-record.ts';
import type { Access, Lookup } from '../../visibility/access-sqlite.ts';
import { OPEN, type Sql } from '../../visibility/compile-sqlite.ts';
import { accesses, compileCount, compileList, compileProbe } from '../../visibility/statements-sqlite.ts';
import type { Attribute, Query } from '../../visibility/tree.ts';
import type { ListedRun, ListPosition, ListRuns, RunCount, RunList } from '../contract.ts';

/** The part of reading that answers queries, without the promises. */
export interface VisibilityReads {
  listRuns(list: ListRuns): RunList;
  countRuns(namespaceId: string, query: Query): readonly RunCount[];
}

/** An access with fewer rows than this is read and sorted; with more, one in the right order is better. */
const FEW = 1_000;
/** Statements kept prepared; those of the last queries that differ in more than their values. */
const PREPARED = 100;

export function prepareVisibilityReads(db: DatabaseSync): VisibilityReads {
  const prepared = new Map<string, StatementSync>();

  function rows({ text, values }: Sql): readonly Row[] {
    let statement = prepared.get(text);
    if (statement) prepared.delete(text);
    else {
      statement = db.prepare(text);
      statement.setReturnArrays(true);
      const [oldest] = prepared.keys();
      if (oldest !== undefined && prepared.size >= PREPARED) prepared.delete(oldest);
    }
    prepared.set(text, statement);
    const found: readonly unknown[] = statement.all(...values);
    return found as readonly Row[];
  }

  const count = (statement: Sql): number => Number(rows(statement)[0]?.[0] ?? 0);

  function lookupFor(namespaceId: string, { namesDivision }: Query): Lookup | null {
    const found = rows({
      text: 'SELECT scope FROM scopes WHERE namespace_id = ? AND divided <= ? ORDER BY divided',
      values: [namespaceId, namesDivision ? 1 : 0],
    });
    if (found.length === 0) return null;
    const numbers = new Map<string, number | undefined>();
    const numberOf = ({ name, type }: Attribute): number | undefined => {
      if (numbers.has(name)) return numbers.get(name);
      const [row] = rows({ text: 'SELECT attribute FROM attributes WHERE name = ? AND type = ?', values: [name, type] });
      const number = row && Number(row[0]);
      numbers.set(name, number);
      return number;
    };
    return { scopes: found.map(([scope]) => Number(scope)), numberOf };
  }

  /** The access with the fewest rows, or, if all have many, one in the default order. */
  function choose(lookup: Lookup, query: Query, forList: boolean): Access | null {
    const all = accesses(lookup, query);
    const usable = (access: Access): boolean => !forList || access.source?.ordered === true;
    const [only] = all;
    if (only === undefined || (all.length === 1 && usable(only))) return only ?? null;
    let best: Access | null = null;
    let fewest = FEW;
    for (const access of all) {
      const found = count(compileProbe(access, FEW));
      if (found >= fewest) continue;
      best = access;
      fewest = found;
    }
    return best ?? all.find(usable) ?? null;
  }

  return {
    listRuns({ namespaceId, query, limit, after }) {
      const lookup = lookupFor(namespaceId, query);
      if (lookup === null) return { runs: [], next: null };
      const access = choose(lookup, query, true);
      // One more than asked for tells whether there is a next page.
      const statement = compileList(lookup, query, { access, columns: COLUMNS, limit: limit + 1, after });
      const found = rows(statement);
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return { runs: page.map(listedRun), next: last ? positionOf(last) : null };
    },

    countRuns(namespaceId, query) {
      const lookup = lookupFor(namespaceId, query);
      if (lookup === null) return query.groupBy ? [] : [{ value: null, count: 0 }];
      const statement = compileCount(lookup, query, choose(lookup, query, false));
      return rows(statement).map(([value, number]) => ({ value: scalar(value), count: Number(number) }));
    },
  };
}

type Row = readonly (SQLInputValue | undefined)[];

const COLUMNS = `v.workflow_id, r.run_id, v.status, v.workflow_type, v.task_queue, v.start, v.execution, v.closed,
  v.history_length, v.history_size, v.transitions, v.parent_workflow_id, v.parent_run_id, v.root_workflow_id,
  v.root_run_id, v.search_attributes, v.memo`;
const COLUMN_COUNT = 17;

function listedRun(row: Row): ListedRun {
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

const positionOf = (row: Row): ListPosition => row.slice(COLUMN_COUNT).map(scalar);

const scalar = (value: Row[number]): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;
