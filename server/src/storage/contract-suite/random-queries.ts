import assert from 'node:assert/strict';
import { seededRandom } from '../../kernel/seeded-random.ts';
import type { AttributeValue, IndexedRecord } from '../../kernel/visibility-record.ts';
import { holds } from '../../visibility/evaluate.ts';
import type { Attribute } from '../../visibility/tree.ts';
import type { Storage } from '../contract.ts';
import type { WithStorage } from './opening.ts';
import { commitOf } from './sample.ts';
import { attributes, closedAt, counted, found, listed, query, record } from './visibility-sample.ts';

/** Random queries over random runs: a driver must find what a plain reading of the query finds. */

const RUNS = 120;
const QUERIES = 600;

type Choose = <T>(of: readonly T[]) => T;

const colors = ['red', 'dark red', 'Green', 'blue', "d'or"];
const words = ['apple', 'pear', 'An apple, a PEAR', 'nothing'];

function randomRecord(n: number, choose: Choose): IndexedRecord {
  const maybe = <T>(name: string, value: T) => (choose([true, true, false]) ? { [name]: value } : {});
  const startTime = choose([10, 20, 30, 30, 40]) * 1000 + n;
  const time = startTime + choose([1, 5, 20]) * 1000;
  const closed = choose([null, closedAt(0, { time, historyLength: choose([3, 10, 30]) })]);
  return record(0, {
    startTime,
    executionTime: startTime,
    status: closed ? choose([2, 3, 4, 5]) : 1,
    closed,
    workflowType: choose(['W', 'V', 'W2']),
    taskQueue: choose(['queue', 'other']),
    division: choose([null, null, null, null, 'scheduler']),
    attributes: attributes({
      ...maybe('Color', choose(colors)),
      ...maybe('Size', choose([-7, 0, 5, 12])),
      ...maybe('Weight', choose([0.1, 2.5, -1])),
      ...maybe('Fresh', choose([true, false])),
      ...maybe('Picked', choose([1_000, 2_000, 3_000])),
      ...maybe('Note', choose(words)),
      ...maybe('Tags', choose([['a'], ['a', 'b'], ['c']])),
    }),
  });
}

function randomCondition(choose: Choose, depth: number): string {
  const nested = () => randomCondition(choose, depth - 1);
  if (depth > 0) {
    const joined = choose(['', 'and', 'OR', 'not', '()']);
    if (joined === 'not') return `NOT ${choose([`(${nested()})`, simple(choose)])}`;
    if (joined === '()') return `(${nested()})`;
    if (joined !== '') return `(${nested()}) ${joined} (${nested()})`;
  }
  return simple(choose);
}

/** How a value may be written, by the attribute. */
const spelled: Readonly<Record<string, readonly string[]>> = {
  Color: [...colors.slice(0, 4).map((color) => `'${color}'`), '"d\'or"', "''"],
  WorkflowType: ["'W'", '"V"', "'w'"],
  TaskQueue: ["'queue'", "'other'"],
  Size: ['5', '-7', '12', '0'],
  Weight: ['0.1', '2.5', '-1'],
  Picked: ["'1970-01-01T00:00:02Z'", "'1970-01-01T00:00:01.000Z'", '3000000000'],
  StartTime: ["'1970-01-01T00:00:30Z'", '20000000000'],
  CloseTime: ["'1970-01-01T00:00:35Z'"],
  HistoryLength: ['3', '10', '11'],
  ExecutionDuration: ["'5s'", "'00:00:05'"],
};
const ordered = Object.keys(spelled);

function simple(choose: Choose): string {
  const name = choose([
    ...ordered,
    ...ordered,
    'Fresh',
    'Note',
    'Tags',
    'ExecutionStatus',
    'TemporalNamespaceDivision',
  ]);
  const written = choose([name, name, `\`${name}\``]);
  if (choose([true, false, false, false, false, false])) return `${written} ${choose(['IS NULL', 'is not null'])}`;
  const value = () => choose(spelled[name] ?? ["'x'"]);
  switch (name) {
    case 'Fresh':
      return `${written} ${choose(['=', '!='])} ${choose(['true', 'FALSE'])}`;
    case 'Note':
      return `${written} ${choose(['=', '!='])} ${choose(["'apple'", "'PEAR apple'", "'plum'"])}`;
    case 'Tags':
      return choose([`${written} = 'a'`, `${written} != 'b'`, `${written} IN ('b', 'c')`, `${written} NOT IN ('a')`]);
    case 'ExecutionStatus':
      return choose([`${written} = 'Running'`, `${written} != 'Completed'`, `${written} IN ('Failed', 'Canceled')`]);
    case 'TemporalNamespaceDivision':
      return choose([`${written} = 'scheduler'`, `${written} IS NULL`]);
    default:
      return scalar(choose, written, name, value);
  }
}

function scalar(choose: Choose, written: string, name: string, value: () => string): string {
  const isText = ['Color', 'WorkflowType', 'TaskQueue'].includes(name);
  const forms = [
    `${written} ${choose(['=', '!=', '<', '<=', '>', '>='])} ${value()}`,
    `${written} ${choose(['IN', 'NOT IN', 'in'])} (${value()}, ${value()})`,
    `${written} ${choose(['BETWEEN', 'NOT BETWEEN'])} ${value()} AND ${value()}`,
  ];
  if (isText) forms.push(`${written} ${choose(['STARTS_WITH', 'NOT STARTS_WITH'])} ${choose(["'d'", "'W'", "'que'"])}`);
  return choose(forms);
}

/** What an attribute is of a run, plainly read off its record. */
function valueFor(kept: IndexedRecord, { name }: Attribute) {
  const { closed } = kept;
  switch (name) {
    case 'WorkflowType':
      return kept.workflowType;
    case 'TaskQueue':
      return kept.taskQueue;
    case 'ExecutionStatus':
      return kept.status;
    case 'StartTime':
      return kept.startTime;
    case 'CloseTime':
      return closed?.time ?? null;
    case 'HistoryLength':
      return closed?.historyLength ?? null;
    case 'ExecutionDuration':
      return closed && closed.time - kept.executionTime;
    case 'TemporalNamespaceDivision':
      return kept.division;
    default:
      return kept.attributes.find((each: AttributeValue) => each.name === name)?.value ?? null;
  }
}

function plainly(records: readonly IndexedRecord[], text: string): string {
  const { where, namesDivision } = query(text);
  const numbers = records.flatMap((kept, n) => {
    if (!namesDivision && kept.division !== null) return [];
    return where === null || holds(where, (attribute) => valueFor(kept, attribute)) ? [n] : [];
  });
  return numbers.join(' ');
}

const sorted = (list: string): string =>
  list === ''
    ? ''
    : list
        .split(' ')
        .map(Number)
        .sort((a, b) => a - b)
        .join(' ');

async function compare(storage: Storage, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const choose: Choose = (of) => of[Math.floor(random.float() * of.length)] as (typeof of)[number];
  const records = Array.from({ length: RUNS }, (_, n) => randomRecord(n, choose));
  await storage.commit(commitOf(...records.map((kept, n) => listed(n, kept))));
  for (let n = 0; n < QUERIES; n++) {
    const text = randomCondition(choose, 3);
    const expected = plainly(records, text);
    assert.equal(sorted(await found(storage, text)), expected, `seed ${seed}: ${text}`);
    assert.equal(await counted(storage, text), String(expected === '' ? 0 : expected.split(' ').length), text);
  }
}

export function randomQueries(withStorage: WithStorage): void {
  for (const seed of [1, 2])
    withStorage(`random queries find what a plain reading finds (seed ${seed})`, (storage) => compare(storage, seed));
}
