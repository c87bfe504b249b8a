/**
 * Lists and counts among many closed executions, and what writing costs that makes them possible. In this process and
 * without a socket: the rows go in through the storage contract, the questions through the server's handlers.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@perdure/api';
import { Payload, SearchAttributes } from '@perdure/api/common';
import { IndexedValueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { WorkflowService } from '@perdure/api/workflowservice';
import { type Commit, createCore, inProcessClient, openSqlite, type Storage } from '@perdure/server/testing';
import type { Suite } from './suite.ts';
import { printTable } from './table.ts';

type RunWrite = Commit['runs'][number];
type Record = NonNullable<RunWrite['visibility']>;

const { KEYWORD, KEYWORD_LIST, DOUBLE } = IndexedValueType;
const { COMPLETED, FAILED, TERMINATED, RUNNING } = WorkflowExecutionStatus;
const ATTRIBUTES = { Customer: 'Keyword', Region: 'Keyword', Amount: 'Double' } as const;
const PAGE = 50;
const REPEATS = 21;
const DEADLINE_MS = 60_000;
/** Executions in one commit while filling. */
const BATCH = 500;
const FIRST_START = Date.UTC(2024, 0, 1);

/** What is asked; `{n}` becomes another number each time. The last ones have no index to help them. */
const QUERIES = [
  '',
  "Customer = 'customer-{n}'",
  "Region = 'eu'",
  "Region = 'eu' AND ExecutionStatus = 'Failed'",
  "Region = 'eu' AND Amount > 9990",
  'Amount BETWEEN {n} AND {n}.5',
  "Customer IN ('customer-{n}', 'customer-1')",
  "Customer STARTS_WITH 'customer-9'",
  "WorkflowType = 'Type3' AND ExecutionStatus = 'Completed'",
  "WorkflowId = 'order-{n}'",
  "ExecutionStatus = 'Completed'",
  "ExecutionStatus = 'Terminated'",
  "StartTime > '2024-01-01T01:00:00Z'",
  'HistoryLength > 20',
  "Region != 'eu'",
];

export const visibility: Suite = async ({ quick, folder }) => {
  await compareWriting(folder, quick ? 2_000 : 20_000);
  const total = quick ? 50_000 : 1_000_000;
  const path = join(folder, 'visibility.db');
  const storage = await openSqlite({ path });
  const core = await createCore(storage, { namespaces: ['default'], searchAttributes: ATTRIBUTES });
  try {
    const begin = performance.now();
    await fill(storage, core.server.namespaces.byName('default').id, total);
    const seconds = (performance.now() - begin) / 1000;
    const bytes = statSync(path).size / total;
    console.log(`\n${total} closed executions made in ${seconds.toFixed(0)} s, ${bytes.toFixed(0)} bytes each`);
    const client = inProcessClient({ services, dispatch: core.dispatch });
    printTable(await askAll(client, quick ? 5 : REPEATS), {
      'list p50 ms': 2,
      'list max ms': 2,
      'count p50 ms': 2,
      found: 0,
    });
  } finally {
    await core.stop();
    await storage.close();
  }
};

async function askAll(client: ReturnType<typeof inProcessClient>, repeats: number) {
  const { ListWorkflowExecutions, CountWorkflowExecutions } = WorkflowService.methods;
  const list = (query: string) => {
    const body = ListWorkflowExecutions.request.encode({ namespace: 'default', query, pageSize: PAGE });
    return client.call(WorkflowService.name, 'ListWorkflowExecutions', body, { deadlineMs: DEADLINE_MS });
  };
  const count = async (query: string): Promise<number> => {
    const body = CountWorkflowExecutions.request.encode({ namespace: 'default', query });
    const options = { deadlineMs: DEADLINE_MS };
    const answer = await client.call(WorkflowService.name, 'CountWorkflowExecutions', body, options);
    return CountWorkflowExecutions.response.decode(answer).count;
  };
  const rows: { [column: string]: string | number }[] = [];
  for (const query of QUERIES) {
    const lists = await timed(repeats, (n) => list(numbered(query, n)));
    const counts = await timed(repeats, (n) => count(numbered(query, n)));
    rows.push({
      query: query || '(everything)',
      'list p50 ms': median(lists),
      'list max ms': Math.max(...lists),
      'count p50 ms': median(counts),
      found: await count(numbered(query, 1)),
    });
  }
  return rows;
}

const numbered = (query: string, n: number): string => query.replaceAll('{n}', String(n));

async function timed(repeats: number, ask: (n: number) => Promise<unknown>): Promise<readonly number[]> {
  await ask(0);
  const times: number[] = [];
  for (let n = 1; n <= repeats; n++) {
    const begin = performance.now();
    await ask(n);
    times.push(performance.now() - begin);
  }
  return times;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function fill(storage: Storage, namespaceId: string, total: number): Promise<void> {
  const random = sequence();
  for (let from = 0; from < total; from += BATCH) {
    const runs = Array.from({ length: Math.min(BATCH, total - from) }, (_, k) => {
      const n = from + k;
      const startTime = FIRST_START + n * 10;
      const time = startTime + Math.floor(random() * 60_000);
      const status = random() < 0.95 ? COMPLETED : random() < 0.7 ? FAILED : TERMINATED;
      const record = recordOf(n, startTime, Math.floor(random() * 1_000), Math.round(random() * 1e6) / 100);
      const closed = { time, historyLength: 11, historySizeBytes: 3_000, stateTransitionCount: 5 };
      return creation(namespaceId, n, { ...record, status, closed });
    });
    await storage.commit({ runs, deletes: [], records: [] });
  }
}

function recordOf(n: number, startTime: number, customer: number, amount: number): Record {
  const Customer = `customer-${customer}`;
  const Region = ['eu', 'us', 'asia'][n % 3] ?? '';
  return {
    status: RUNNING,
    workflowType: `Type${n % 10}`,
    taskQueue: 'orders',
    startTime,
    executionTime: startTime,
    closed: null,
    parent: null,
    root: null,
    division: null,
    attributes: [
      { name: 'Customer', type: KEYWORD, value: Customer },
      { name: 'Region', type: KEYWORD, value: Region },
      { name: 'Amount', type: DOUBLE, value: amount },
      { name: 'BuildIds', type: KEYWORD_LIST, value: ['unversioned', 'unversioned:1.0'] },
    ],
    searchAttributes: SearchAttributes.encode({
      indexedFields: { Customer: json(Customer), Region: json(Region), Amount: json(amount) },
    }),
    memo: new Uint8Array(0),
  };
}

const json = (value: unknown): Uint8Array =>
  Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) });

const HEAD = new Uint8Array(400);
const BATCH_OF_EVENTS = new Uint8Array(600);

const keyOf = (namespaceId: string, n: number): RunWrite['key'] => ({
  namespaceId,
  workflowId: `order-${n}`,
  runId: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
});

const creation = (namespaceId: string, n: number, record: Record | null): RunWrite => ({
  key: keyOf(namespaceId, n),
  create: true,
  makeCurrent: true,
  head: { value: HEAD, status: record?.status ?? RUNNING, due: null, outstanding: false, expires: null },
  entries: [],
  history: [{ firstEventId: 1, bytes: BATCH_OF_EVENTS }],
  ...(record && { visibility: record }),
});

/** What a transition writes: the run alone, what lists show of every run as well, and that with three search attributes. */
const WRITING = ['runs alone', 'with lists', 'with lists and three attributes'] as const;
type Writing = (typeof WRITING)[number];

/** The same transitions each way, in turns: five for each execution, of which lists are told of three. */
async function compareWriting(folder: string, executions: number): Promise<void> {
  const measured = WRITING.map((writing) => ({ writing, seconds: [] as number[], cpu: [] as number[] }));
  for (let round = 0; round < 3; round++)
    for (const { writing, seconds, cpu } of measured) {
      const storage = await openSqlite({ path: join(folder, `${writing}-${round}.db`) });
      const before = process.cpuUsage();
      const begin = performance.now();
      for (let n = 0; n < executions; n += 128) await liveThrough(storage, n, Math.min(128, executions - n), writing);
      seconds.push((performance.now() - begin) / 1000);
      const { user, system } = process.cpuUsage(before);
      cpu.push(user + system);
      await storage.close();
    }
  const transitions = executions * 5;
  const rows = measured.map(({ writing, seconds, cpu }) => ({
    writing,
    'transitions/s': transitions / median(seconds),
    'CPU µs each': median(cpu) / transitions,
  }));
  printTable(rows, { 'transitions/s': 0, 'CPU µs each': 1 });
}

async function liveThrough(storage: Storage, first: number, size: number, writing: Writing): Promise<void> {
  for (let step = 0; step < 5; step++) {
    const runs = Array.from({ length: size }, (_, k) => transition(first + k, step, writing));
    await storage.commit({ runs, deletes: [], records: [] });
  }
}

/** Started, first task done (which makes its build known), two more, closed. */
function transition(n: number, step: number, writing: Writing): RunWrite {
  const record = writing === 'runs alone' ? null : recordAt(n, step, writing !== 'with lists');
  if (step === 0) return creation('namespace', n, record);
  return {
    key: keyOf('namespace', n),
    create: false,
    head: { value: HEAD, status: RUNNING, due: null, outstanding: false, expires: null },
    entries: [],
    history: [{ firstEventId: step * 3 + 1, bytes: BATCH_OF_EVENTS }],
    ...(record && { visibility: record }),
  };
}

function recordAt(n: number, step: number, custom: boolean): Record | null {
  if (step === 2 || step === 3) return null;
  const full = recordOf(n, FIRST_START + n, n % 1_000, n);
  const attributes = full.attributes.filter(({ name }) => (name === 'BuildIds' ? step > 0 : custom));
  const record = { ...full, attributes, ...(!custom && { searchAttributes: new Uint8Array(0) }) };
  if (step < 4) return record;
  const closed = { time: FIRST_START + n + 50, historyLength: 11, historySizeBytes: 3_000, stateTransitionCount: 5 };
  return { ...record, status: COMPLETED, closed };
}

/** Numbers between 0 and 1 that look like chance and are the same each time. */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
