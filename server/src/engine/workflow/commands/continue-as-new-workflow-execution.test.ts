import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { Payload } from '@perdure/api/common';
import { WorkflowTaskFailedCause as Cause, TaskQueueKind, WorkflowExecutionStatus } from '@perdure/api/enums';
import type { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { toDuration } from '../../../kernel/time.ts';
import { eventOf, type Given, given, type RunOptions } from '../given.fixture.ts';
import type { Completed } from '../requests/complete-workflow-task.ts';
import * as s from '../steps.fixture.ts';

type Attributes = Parameters<typeof s.continueAsNew>[0];
const seconds = (count: number) => toDuration(count * 1_000);
const json = (value: unknown) => Payload.encode({ data: Buffer.from(JSON.stringify(value)) });

const continued = (attributes: Attributes, options: RunOptions = {}): Given =>
  given(options)
    .later(60_000)
    .when(s.taken)
    .when(s.completed([s.continueAsNew(attributes)]));

/** The start of the next run, and what the closing event says of it. */
function outcome(run: Given) {
  const [next] = run.successors;
  assert.ok(next, 'another run came into being');
  const event = eventOf(run, 5).workflowExecutionContinuedAsNewEventAttributes;
  assert.ok(event);
  return { started: next.run.started, event };
}

test('the run ends and the next one begins', () => {
  const run = continued({});
  run.gives({
    events: ['4 WORKFLOW_TASK_COMPLETED', '5 WORKFLOW_EXECUTION_CONTINUED_AS_NEW'],
    effects: [],
    wakes: {},
    head: { status: WorkflowExecutionStatus.CONTINUED_AS_NEW },
  });
  const { event } = outcome(run);
  assert.deepEqual(
    [event.newExecutionRunId, event.workflowTaskCompletedEventId, event.workflowType?.name],
    [run.successors[0]?.run.key.runId, 4, 'W'],
  );
});

test('the next run gets what the command says, and the closing event says so too', () => {
  const given: Attributes = {
    workflowType: { name: 'Other' },
    taskQueue: { name: 'elsewhere' },
    input: Buffer.of(10, 0),
    header: Buffer.of(10, 0),
    memo: { fields: { m: json(1) } },
    lastCompletionResult: Buffer.of(10, 1, 0),
    workflowRunTimeout: seconds(50),
    workflowTaskTimeout: seconds(5),
  };
  const { started, event } = outcome(continued(given));
  for (const name of [
    'workflowType',
    'input',
    'header',
    'memo',
    'lastCompletionResult',
    'workflowRunTimeout',
    'workflowTaskTimeout',
  ] as const)
    assert.deepEqual(started[name], event[name], name);
  assert.deepEqual([started.workflowType?.name, started.taskQueue?.name], ['Other', 'elsewhere']);
  assert.equal(event.taskQueue?.kind, TaskQueueKind.NORMAL);
});

describe('timeouts of the next run', () => {
  const table: [string, Attributes, Partial<Init<WorkflowExecutionStartedEventAttributes>>, number, number][] = [
    [
      'are those of the run when none are given',
      {},
      { workflowRunTimeout: seconds(80), workflowTaskTimeout: seconds(7) },
      80,
      7,
    ],
    ['are those that are given', { workflowRunTimeout: seconds(30), workflowTaskTimeout: seconds(3) }, {}, 30, 3],
    ['end with the chain', { workflowRunTimeout: seconds(300) }, { workflowExecutionTimeout: seconds(100) }, 100, 10],
    ['of a task end with the run', { workflowRunTimeout: seconds(2) }, {}, 2, 2],
    ['of a task have a longest', { workflowTaskTimeout: seconds(1_000) }, {}, 0, 120],
  ];
  for (const [name, attributes, started, run, task] of table)
    test(name, () => {
      const next = outcome(continued(attributes, { started })).started;
      assert.deepEqual(
        [next.workflowRunTimeout, next.workflowTaskTimeout],
        [run === 0 ? null : seconds(run), seconds(task)],
      );
    });
});

test('a retry policy is filled in, and none is made up', () => {
  const policy = outcome(continued({ retryPolicy: { maximumAttempts: 3 } })).started.retryPolicy;
  assert.deepEqual([policy?.initialInterval, policy?.backoffCoefficient], [seconds(1), 2]);
  assert.equal(outcome(continued({}, { started: { retryPolicy: { maximumAttempts: 3 } } })).started.retryPolicy, null);
});

test('search attributes are marked with their types', () => {
  const { started } = outcome(continued({ searchAttributes: { indexedFields: { Size: json(3) } } }));
  const payload = Payload.decode(started.searchAttributes?.indexedFields['Size'] ?? new Uint8Array(0));
  assert.equal(Buffer.from(payload.metadata['type'] ?? []).toString(), 'Int');
});

describe('it is refused', () => {
  const where = 'WorkflowType=W TaskQueue=name:"queue"  kind:TASK_QUEUE_KIND_NORMAL';
  const NAME = 'ContinueAsNewWorkflowExecutionCommand';
  const table: [string, Attributes, string, (keyof typeof Cause)?][] = [
    [
      'with too long a type',
      { workflowType: { name: 'é'.repeat(6) } },
      `WorkflowType on ${NAME} exceeds length limit. WorkflowType=${'é'.repeat(6)} Length=12 Limit=10`,
    ],
    [
      'with a negative run timeout',
      { workflowRunTimeout: seconds(-1) },
      `Invalid WorkflowRunTimeout on ${NAME}: negative duration. ${where}`,
    ],
    [
      'with a negative task timeout',
      { workflowTaskTimeout: seconds(-1) },
      `Invalid WorkflowTaskTimeout on ${NAME}: negative duration. ${where}`,
    ],
    [
      'with a negative delay',
      { backoffStartInterval: seconds(-1) },
      `Invalid BackoffStartInterval on ${NAME}: negative duration. ${where}`,
    ],
    [
      'with a bad retry policy',
      { retryPolicy: { backoffCoefficient: 0.5 } },
      `invalid WorkflowRetryPolicy on ${NAME}: BackoffCoefficient cannot be less than 1 on retry policy.. ${where}`,
    ],
    ['with a bad schedule', { cronSchedule: 'never' }, 'invalid CronSchedule.'],
    [
      'with an unknown search attribute',
      { searchAttributes: { indexedFields: { Nothing: json(1) } } },
      'Namespace default has no mapping defined for search attribute Nothing',
      'BAD_SEARCH_ATTRIBUTES',
    ],
  ];
  for (const [name, attributes, text, cause = 'BAD_CONTINUE_AS_NEW_ATTRIBUTES'] of table)
    test(name, () => {
      const run = continued(attributes, { limits: { maxIdLength: 10 } });
      run.gives({ events: ['4 WORKFLOW_TASK_FAILED'], effects: ['dispatch-workflow-task queue'] });
      const { error } = run.reply as Completed;
      assert.equal(error?.message.slice(error.message.indexOf(': ') + 2), text);
      assert.equal(eventOf(run, 4).workflowTaskFailedEventAttributes?.cause, Cause[cause]);
      assert.deepEqual(run.successors, []);
    });

  test('and the run terminated with too large an input', () => {
    const run = continued({ input: Buffer.alloc(101) }, { limits: { blobSizeError: 100 } });
    run.gives({ events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_TERMINATED'] });
    assert.deepEqual(run.successors, []);
  });

  test('without attributes', () => {
    const run = given()
      .when(s.taken)
      .when(s.completed([s.command('CONTINUE_AS_NEW_WORKFLOW_EXECUTION', {})]));
    const { error } = run.reply as Completed;
    assert.equal(error?.message, `BadContinueAsNewAttributes: ${NAME}Attributes is not set on ${NAME}.`);
  });
});
