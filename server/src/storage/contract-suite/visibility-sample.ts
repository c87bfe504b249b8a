import { IndexedValueType } from '@perdure/api/enums';
import type { AttributeValue, ClosedRecord, IndexedRecord } from '../../kernel/visibility-record.ts';
import { parseQuery } from '../../visibility/check.ts';
import type { Query } from '../../visibility/tree.ts';
import type { ListPosition, RunKey, RunWrite, Storage } from '../contract.ts';
import { change, creation, runKey } from './sample.ts';

const { KEYWORD, KEYWORD_LIST, TEXT, INT, DOUBLE, BOOL, DATETIME } = IndexedValueType;

/** The attributes that queries of the suite may name. */
const types: ReadonlyMap<string, IndexedValueType> = new Map([
  ['WorkflowId', KEYWORD],
  ['RunId', KEYWORD],
  ['WorkflowType', KEYWORD],
  ['TaskQueue', KEYWORD],
  ['ExecutionStatus', KEYWORD],
  ['StartTime', DATETIME],
  ['ExecutionTime', DATETIME],
  ['CloseTime', DATETIME],
  ['ExecutionDuration', INT],
  ['HistoryLength', INT],
  ['HistorySizeBytes', INT],
  ['StateTransitionCount', INT],
  ['ParentWorkflowId', KEYWORD],
  ['ParentRunId', KEYWORD],
  ['RootWorkflowId', KEYWORD],
  ['RootRunId', KEYWORD],
  ['TemporalNamespaceDivision', KEYWORD],
  ['Color', KEYWORD],
  ['Size', INT],
  ['Weight', DOUBLE],
  ['Fresh', BOOL],
  ['Picked', DATETIME],
  ['Note', TEXT],
  ['Tags', KEYWORD_LIST],
  ['BuildIds', KEYWORD_LIST],
]);

export const query = (text: string): Query => parseQuery(text, types);

/** Values by name, of the types above. */
export type Attributes = Readonly<Record<string, AttributeValue['value']>>;

export const attributes = (values: Attributes): readonly AttributeValue[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: types.get(name) ?? KEYWORD, value }));

/** A running workflow of type `W`, started at second `second`, except for what is given. */
export const record = (second: number, changes: Partial<IndexedRecord> = {}): IndexedRecord => ({
  status: 1,
  workflowType: 'W',
  taskQueue: 'queue',
  startTime: second * 1000,
  executionTime: second * 1000,
  closed: null,
  parent: null,
  root: null,
  division: null,
  attributes: [],
  searchAttributes: new Uint8Array(0),
  memo: new Uint8Array(0),
  ...changes,
});

export const closedAt = (second: number, changes: Partial<ClosedRecord> = {}): ClosedRecord => ({
  time: second * 1000,
  historyLength: 11,
  historySizeBytes: 1234,
  stateTransitionCount: 5,
  ...changes,
});

/** The first write of run `n`, with what lists show of it. */
export const listed = (n: number, visibility: IndexedRecord, key: RunKey = runKey(n)): RunWrite =>
  creation(key, { visibility });

export const relisted = (n: number, visibility: IndexedRecord): RunWrite => change(runKey(n), { visibility });

export const namespaceId = runKey(0).namespaceId;

/** The workflow ids that a query finds, without their beginning: `1 2 3`. */
export async function found(storage: Storage, text: string, limit = 1000): Promise<string> {
  const { runs } = await storage.listRuns({ namespaceId, query: query(text), limit, after: null });
  return runs.map(({ workflowId }) => workflowId.replace('order-', '')).join(' ');
}

/** The number of runs that a query finds, or of its groups: `2: 5, 3: 1`. */
export async function counted(storage: Storage, text: string): Promise<string> {
  const counts = await storage.countRuns(namespaceId, query(text));
  return counts.map(({ value, count }) => (query(text).groupBy ? `${value}: ${count}` : String(count))).join(', ');
}

/** All pages, as `found` shows them. `between` is done after each. */
export async function pages(
  storage: Storage,
  text: string,
  limit: number,
  between: (page: number) => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const all: string[] = [];
  let after: ListPosition | null = null;
  do {
    const page = await storage.listRuns({ namespaceId, query: query(text), limit, after });
    all.push(page.runs.map(({ workflowId }) => workflowId.replace('order-', '')).join(' '));
    // Positions travel in tokens.
    after = page.next === null ? null : (JSON.parse(JSON.stringify(page.next)) as ListPosition);
    await between(all.length);
  } while (after !== null);
  return all;
}
