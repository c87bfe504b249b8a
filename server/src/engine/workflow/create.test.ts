import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { EventType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { toDuration, toTimestamp } from '../../kernel/time.ts';
import { emptyHead } from './empty.ts';
import { eventOf, given, type RunOptions, START } from './given.fixture.ts';
import { completed, continueAsNew, signalled, taken } from './steps.fixture.ts';

const STARTED = '1 WORKFLOW_EXECUTION_STARTED';
const SCHEDULED = '2 WORKFLOW_TASK_SCHEDULED';
const task = ['dispatch-workflow-task queue'];
const seconds = (count: number) => toDuration(count * 1_000);

describe('a new run', () => {
  const table: {
    is: string;
    options: RunOptions;
    events: string[];
    effects: string[];
    wakes: Record<string, number>;
  }[] = [
    { is: 'waits for a worker', options: {}, events: [STARTED, SCHEDULED], effects: task, wakes: {} },
    {
      is: 'is limited in time',
      options: { started: { workflowRunTimeout: seconds(60) } },
      events: [STARTED, SCHEDULED],
      effects: task,
      wakes: { run: 60_000 },
    },
    {
      is: 'is limited by the time of the whole chain',
      options: {
        started: { workflowRunTimeout: seconds(60), workflowExecutionExpirationTime: toTimestamp(START + 30_000) },
      },
      events: [STARTED, SCHEDULED],
      effects: task,
      wakes: { run: 30_000 },
    },
    {
      is: 'waits for its first moment',
      options: { started: { firstWorkflowTaskBackoff: seconds(5) } },
      events: [STARTED],
      effects: [],
      wakes: { backoff: 5_000 },
    },
    {
      is: 'waits for its parent',
      options: { creation: { awaitsParent: true } },
      events: [STARTED],
      effects: ['confirm-with-parent'],
      wakes: {},
    },
    {
      is: 'has something done to it before its first task',
      options: { creation: { alongWith: signalled() } },
      events: [STARTED, '2 WORKFLOW_EXECUTION_SIGNALED', '3 WORKFLOW_TASK_SCHEDULED'],
      effects: task,
      wakes: {},
    },
    {
      is: 'has something done to it and still waits for its first moment',
      options: { started: { firstWorkflowTaskBackoff: seconds(5) }, creation: { alongWith: signalled() } },
      events: [STARTED, '2 WORKFLOW_EXECUTION_SIGNALED'],
      effects: [],
      wakes: { backoff: 5_000 },
    },
  ];
  for (const { is, options, events, effects, wakes } of table)
    test(is, () => {
      given(options).gives({ events, effects, wakes, head: { status: WorkflowExecutionStatus.RUNNING } });
    });

  test('knows its start as one read from history does', () => {
    const run = given({ started: { input: Buffer.of(1, 2), retryPolicy: { maximumAttempts: 3 } } });
    const { started, startTime } = run.run;
    const event = eventOf(run, 1).workflowExecutionStartedEventAttributes;
    assert.deepEqual(started, event);
    assert.equal(startTime, START);
    assert.deepEqual(
      started,
      WorkflowExecutionStartedEventAttributes.decode(WorkflowExecutionStartedEventAttributes.encode(started)),
    );
    assert.equal(started.retryPolicy?.backoffCoefficient, 0);
  });

  test('holds memo and search attributes of its start', () => {
    const memo = { fields: { m: Buffer.from([18, 1, 49]) } };
    const searchAttributes = { indexedFields: { Color: Buffer.from([18, 3, 34, 120, 34]) } };
    const { fields } = given({ started: { memo, searchAttributes } }).run;
    assert.deepEqual(Buffer.from(fields.get('memo')?.['m'] ?? []), memo.fields.m);
    assert.deepEqual(Object.keys(fields.get('searchAttributes') ?? {}), ['Color']);
    assert.equal(given().run.fields.size, 0);
  });

  test('leaves out of it what stands for nothing, not what cannot be read', () => {
    const nothing = Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('null') });
    const something = Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"x"') });
    const started = {
      memo: { fields: { nothing, something, broken: Buffer.of(1) } },
      searchAttributes: { indexedFields: { Color: nothing } },
    };
    const run = given({ started });
    const written = eventOf(run, 1).workflowExecutionStartedEventAttributes;
    assert.deepEqual(Object.keys(written?.memo?.fields ?? {}), ['something', 'broken']);
    assert.equal(written?.searchAttributes, null);
    assert.deepEqual([...run.run.fields.keys()], ['memo']);
    const continued = run
      .when(taken)
      .when(completed([continueAsNew(started)]))
      .gives({});
    const closing = continued.events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
    assert.deepEqual(
      [Object.keys(closing?.memo?.fields ?? {}), closing?.searchAttributes],
      [['something', 'broken'], null],
    );
    assert.deepEqual([...(continued.successors[0]?.run.fields.keys() ?? [])], ['memo']);
  });

  test('remembers the request that asked for it, if that has an id', () => {
    const requests = given().run.requests;
    assert.deepEqual(requests.get('start-request'), {
      requestId: 'start-request',
      eventType: EventType.WORKFLOW_EXECUTION_STARTED,
      eventId: 1,
    });
    assert.equal(given({ creation: { requestId: '' } }).run.requests.size, 0);
  });

  test('carries what its start event has besides attributes', () => {
    const links = [{ batchJob: { jobId: 'job' } }];
    const event = eventOf(given({ creation: { outer: { userMetadata: Buffer.of(10, 0), links } } }), 1);
    assert.equal(event.links[0]?.batchJob?.jobId, 'job');
    assert.deepEqual(Buffer.from(event.userMetadata ?? []), Buffer.of(10, 0));
  });

  test('has a value for every field of its head, so that fields added later have one as well', () => {
    assert.deepEqual(Object.keys(given().run.head).sort(), Object.keys(emptyHead).sort());
  });
});
