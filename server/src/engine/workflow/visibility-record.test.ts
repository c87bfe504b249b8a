import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { Memo, Payload, SearchAttributes } from '@perdure/api/common';
import { IndexedValueType, TaskQueueKind, WorkflowExecutionStatus } from '@perdure/api/enums';
import { toDuration } from '../../kernel/time.ts';
import { type Given, given, START, type Step } from './given.fixture.ts';
import * as s from './steps.fixture.ts';
import { changesVisibility, visibilityRecord } from './visibility-record.ts';

const { KEYWORD, KEYWORD_LIST, INT, DATETIME } = IndexedValueType;
const types = new Map<string, IndexedValueType>([
  ['Color', KEYWORD],
  ['Size', INT],
  ['Picked', DATETIME],
  ['BuildIds', KEYWORD_LIST],
  ['TemporalNamespaceDivision', KEYWORD],
]);

const json = (value: unknown, more: Record<string, Uint8Array> = {}): Uint8Array =>
  Payload.encode({
    metadata: { encoding: Buffer.from('json/plain'), ...more },
    data: Buffer.from(JSON.stringify(value)),
  });

const record = ({ run }: Given) => visibilityRecord(run, types);
const values = (of: Given) => Object.fromEntries(record(of).attributes.map(({ name, value }) => [name, value]));

const upsert = (indexedFields: Record<string, Uint8Array>): Init<Command> =>
  s.command('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', {
    upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields } },
  });
const remember = (fields: Record<string, Uint8Array>): Init<Command> =>
  s.command('MODIFY_WORKFLOW_PROPERTIES', {
    modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields } },
  });

describe('what lists show of a run', () => {
  test('that was just started', () => {
    const started = given({ started: { firstWorkflowTaskBackoff: toDuration(5_000) } });
    const { searchAttributes, memo, ...shown } = record(started);
    assert.deepEqual(shown, {
      status: WorkflowExecutionStatus.RUNNING,
      workflowType: 'W',
      taskQueue: 'queue',
      startTime: START,
      executionTime: START + 5_000,
      closed: null,
      parent: null,
      root: null,
      division: null,
      attributes: [],
    });
    assert.deepEqual([searchAttributes.length, memo.length], [0, 0]);
  });

  test('that was closed says how long its history is', () => {
    const closed = given().when(s.taken);
    closed.now += 3_000;
    closed.when(s.completed([s.complete()]));
    const { status, closed: end } = record(closed);
    assert.equal(status, WorkflowExecutionStatus.COMPLETED);
    assert.deepEqual(end, {
      time: START + 3_000,
      historyLength: 5,
      historySizeBytes: closed.run.head.historySize,
      stateTransitionCount: closed.run.head.transitions,
    });
  });

  test('of a parent names both the parent and the root', () => {
    const parentWorkflowExecution = { workflowId: 'parent', runId: 'p' };
    const rootWorkflowExecution = { workflowId: 'root', runId: 'r' };
    const { parent, root } = record(given({ started: { parentWorkflowExecution, rootWorkflowExecution } }));
    assert.deepEqual({ ...parent }, parentWorkflowExecution);
    assert.deepEqual({ ...root }, rootWorkflowExecution);
  });

  test('that says itself that it is its root names none', () => {
    const rootWorkflowExecution = { workflowId: 'workflow', runId: 'run' };
    assert.equal(record(given({ started: { rootWorkflowExecution } })).root, null);
  });

  test('has search attributes twice: as they were given, and as values of their types', () => {
    const fields = {
      Color: json('red', { type: Buffer.from('Int') }),
      Size: json([7]),
      Picked: json('1970-01-01T00:00:01Z'),
    };
    const started = given({ started: { searchAttributes: { indexedFields: fields } } });
    assert.deepEqual(values(started), { Color: 'red', Size: 7, Picked: 1_000 });
    const { indexedFields } = SearchAttributes.decode(record(started).searchAttributes);
    assert.deepEqual(Buffer.from(indexedFields['Color'] ?? []), Buffer.from(fields.Color));
  });

  test('passes over attributes that the namespace does not know, or knows as another type', () => {
    const fields = { Shape: json('round'), Size: json('large'), Color: json('red') };
    assert.deepEqual(values(given({ madeUp: true, started: { searchAttributes: { indexedFields: fields } } })), {
      Color: 'red',
    });
  });

  test('names the division that it belongs to', () => {
    const fields = { TemporalNamespaceDivision: json('scheduler') };
    assert.equal(record(given({ started: { searchAttributes: { indexedFields: fields } } })).division, 'scheduler');
  });

  test('has the memo as it is now', () => {
    const run = given({ started: { memo: { fields: { a: json(1) } } } }).when(s.taken);
    run.when(s.completed([remember({ b: json(2) })]));
    assert.deepEqual(Object.keys(Memo.decode(record(run).memo).fields), ['a', 'b']);
  });
});

describe('lists are told of a run', () => {
  const isTold = (run: Given, step: Step): boolean => {
    let told = false;
    run.when((t) => {
      const reply = step(t);
      told = changesVisibility(t);
      return reply;
    });
    return told;
  };
  const atWork = (): Given => given().when(s.taken);
  const warm = (): Given =>
    atWork()
      .when(s.completed([s.startTimer('t', 60_000)]))
      .when(s.signalled())
      .when(s.taken);

  const table: readonly { does: string; run: Given; step: Step; told: boolean }[] = [
    { does: 'a worker takes its task', run: given(), step: s.taken, told: false },
    {
      does: 'it completes its first task, which makes its build known',
      run: atWork(),
      step: s.completed(),
      told: true,
    },
    { does: 'it completes a later task', run: warm(), step: s.completed([s.startTimer('u', 1_000)]), told: false },
    { does: 'a task fails', run: warm(), step: s.failed(), told: false },
    { does: 'it gets a signal', run: given(), step: s.signalled(), told: false },
    {
      does: 'it changes a search attribute',
      run: warm(),
      step: s.completed([upsert({ Color: json('red') })]),
      told: true,
    },
    { does: 'it changes its memo', run: warm(), step: s.completed([remember({ a: json(1) })]), told: true },
    { does: 'it completes', run: warm(), step: s.completed([s.complete()]), told: true },
    { does: 'it is terminated', run: given(), step: s.terminated, told: true },
    { does: 'it continues as new', run: warm(), step: s.completed([s.continueAsNew()]), told: true },
  ];
  for (const { does, run, step, told } of table) {
    test(`${told ? 'when' : 'but not when'} ${does}`, () => assert.equal(isTold(run, step), told));
  }

  test('when it comes into being', () => {
    const run = warm().when(s.completed([s.continueAsNew({ taskQueue: { name: 'q', kind: TaskQueueKind.NORMAL } })]));
    assert.equal(run.successors.length, 1);
    assert.equal(record(run.successors[0] as Given).taskQueue, 'q');
  });
});
