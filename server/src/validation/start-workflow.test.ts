import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { Payload } from '@perdure/api/common';
import {
  WorkflowIdConflictPolicy as Conflict,
  ContinueAsNewInitiator,
  IndexedValueType,
  WorkflowIdReusePolicy as Reuse,
  TaskQueueKind,
} from '@perdure/api/enums';
import { StartWorkflowExecutionRequest } from '@perdure/api/workflowservice';
import { Code, type ServiceError } from '../kernel/errors.ts';
import { defaultLimits } from '../kernel/limits.ts';
import { toDuration, toTimestamp } from '../kernel/time.ts';
import { startCommand } from './start-workflow.ts';

type Request = Init<StartWorkflowExecutionRequest>;
const NOW = Date.UTC(2024, 0, 1, 12, 0, 30);
const seconds = (count: number) => toDuration(count * 1_000);
const json = (value: unknown) => Payload.encode({ data: Buffer.from(JSON.stringify(value)) });
const limits = {
  ...defaultLimits,
  maxIdLength: 20,
  blobSizeError: 1_000,
  memoSizeError: 500,
  searchAttributesSize: 300,
};
const namespace = { name: 'default', searchAttributes: new Map([['Size', IndexedValueType.INT]]) };

function command(more: Request = {}, conflict: Conflict = Conflict.FAIL) {
  const request = StartWorkflowExecutionRequest.decode(
    StartWorkflowExecutionRequest.encode({
      workflowId: 'w',
      workflowType: { name: 'W' },
      taskQueue: { name: 'q' },
      requestId: 'r',
      ...more,
    }),
  );
  return startCommand(request, namespace, limits, NOW, { conflict });
}

describe('a start is refused', () => {
  const long = 'x'.repeat(21);
  const table: [string, Request, string][] = [
    ['without a workflow id', { workflowId: '' }, 'WorkflowId is not set on request.'],
    ['with too long a workflow id', { workflowId: long }, 'WorkflowId exceeds maximum allowed length (21/20)'],
    ['counting bytes', { workflowId: 'é'.repeat(11) }, 'WorkflowId exceeds maximum allowed length (22/20)'],
    ['without a type', { workflowType: null }, 'WorkflowType is not set on request.'],
    ['with a type that has no name', { workflowType: { name: '' } }, 'WorkflowType is not set on request.'],
    ['with too long a type', { workflowType: { name: long } }, 'WorkflowType length exceeds limit.'],
    ['without a task queue', { taskQueue: null }, 'taskQueue is not set'],
    ['with a task queue that has no name', { taskQueue: {} }, 'missing task queue name'],
    ['with too long a request id', { requestId: long }, 'RequestId length exceeds limit.'],
    [
      'with a negative execution timeout',
      { workflowExecutionTimeout: seconds(-1) },
      'An invalid WorkflowExecutionTimeoutSeconds is set on request. cause: negative duration',
    ],
    [
      'with a negative run timeout',
      { workflowRunTimeout: seconds(-1) },
      'An invalid WorkflowRunTimeoutSeconds is set on request. cause: negative duration',
    ],
    [
      'with a task timeout of mixed signs',
      { workflowTaskTimeout: { seconds: 1, nanos: -1 } },
      'An invalid WorkflowTaskTimeoutSeconds is set on request. cause: duration has seconds and nanos with different signs',
    ],
    [
      'with a negative start delay',
      { workflowStartDelay: seconds(-1) },
      'An invalid WorkflowStartDelaySeconds is set on request. cause: negative duration',
    ],
    [
      'with a start delay and a schedule',
      { workflowStartDelay: seconds(1), cronSchedule: '@every 1h' },
      'CronSchedule and WorkflowStartDelay may not be used together.',
    ],
    ['with a bad schedule', { cronSchedule: 'now and then' }, 'invalid CronSchedule.'],
    [
      'with a bad retry policy',
      { retryPolicy: { backoffCoefficient: 0.5 } },
      'BackoffCoefficient cannot be less than 1 on retry policy.',
    ],
    ['with a negative priority', { priority: { priorityKey: -1 } }, "priority key can't be negative"],
    [
      'with too long a fairness key',
      { priority: { fairnessKey: 'é'.repeat(33) } },
      'fairness key length exceeds limit',
    ],
    ['with a negative fairness weight', { priority: { fairnessWeight: -1 } }, 'must be greater than zero'],
    ['with too large an input', { input: Buffer.alloc(1_001) }, 'Blob data size exceeds limit.'],
    ['with too large a memo', { memo: { fields: { m: Buffer.alloc(500) } } }, 'Memo size exceeds limit.'],
    [
      'with an unknown search attribute',
      { searchAttributes: { indexedFields: { Nothing: json(1) } } },
      'Namespace default has no mapping defined for search attribute Nothing',
    ],
    [
      'with too large search attributes',
      { searchAttributes: { indexedFields: { Size: json(Array(200).fill(1)) } } },
      'total size of search attributes 416 exceeds size limit 300',
    ],
  ];
  for (const [name, more, message] of table)
    test(name, () => {
      assert.throws(
        () => command(more),
        (error: ServiceError) => {
          assert.deepEqual([error.code, error.message], [Code.INVALID_ARGUMENT, message]);
          return true;
        },
      );
    });
});

describe('policies for an id that is in use', () => {
  const terminateAndConflict =
    'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy';
  const rejectAndTerminate =
    'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING';
  const { UNSPECIFIED, FAIL, USE_EXISTING, TERMINATE_EXISTING } = Conflict;
  const names = (values: Record<string, number>, value: number) =>
    Object.keys(values).find((key) => values[key] === value);

  /** What is left of the policies, or the refusal. */
  function expected(reuse: Reuse, conflict: Conflict): string | [Reuse, Conflict] {
    if (reuse === Reuse.TERMINATE_IF_RUNNING)
      return conflict === UNSPECIFIED ? [Reuse.ALLOW_DUPLICATE, TERMINATE_EXISTING] : terminateAndConflict;
    if (reuse === Reuse.REJECT_DUPLICATE && conflict === TERMINATE_EXISTING) return rejectAndTerminate;
    return [reuse || Reuse.ALLOW_DUPLICATE, conflict || USE_EXISTING];
  }
  for (const reuse of Object.values(Reuse))
    for (const conflict of [UNSPECIFIED, FAIL, USE_EXISTING, TERMINATE_EXISTING])
      test(`reuse ${names(Reuse, reuse)}, conflict ${names(Conflict, conflict)}`, () => {
        const want = expected(reuse, conflict);
        const asked = () => command({ workflowIdReusePolicy: reuse, workflowIdConflictPolicy: conflict }, USE_EXISTING);
        if (typeof want === 'string') assert.throws(asked, { message: want });
        else assert.deepEqual([asked().reuse, asked().conflict], want);
      });
});

describe('timeouts', () => {
  const table: [string, Request, [execution: number, run: number, task: number]][] = [
    ['are none, but for a task', {}, [0, 0, 10]],
    [
      'are as given',
      { workflowExecutionTimeout: seconds(90), workflowRunTimeout: seconds(60), workflowTaskTimeout: seconds(5) },
      [90, 60, 5],
    ],
    [
      'of a run end with the chain',
      { workflowExecutionTimeout: seconds(30), workflowRunTimeout: seconds(60) },
      [30, 30, 10],
    ],
    ['of a run are those of the chain', { workflowExecutionTimeout: seconds(30) }, [30, 30, 10]],
    ['of a task end with the run', { workflowRunTimeout: seconds(3) }, [0, 3, 3]],
    ['of a task have a longest', { workflowTaskTimeout: seconds(500) }, [0, 0, 120]],
  ];
  for (const [name, more, [execution, run, task]] of table)
    test(name, () => {
      const { started } = command(more);
      assert.deepEqual(
        [started.workflowExecutionTimeout, started.workflowRunTimeout, started.workflowTaskTimeout],
        // None is absent, not zero: SDKs show the difference.
        [execution, run, task].map((count) => (count === 0 ? null : seconds(count))),
      );
    });

  const expirations: [string, Request, number | null][] = [
    ['have no end without an execution timeout', { workflowRunTimeout: seconds(5) }, null],
    ['end after the execution timeout', { workflowExecutionTimeout: seconds(60) }, NOW + 60_000],
    [
      'count from the end of a start delay',
      { workflowExecutionTimeout: seconds(60), workflowStartDelay: seconds(5) },
      NOW + 65_000,
    ],
    [
      'count from the first run of a schedule',
      { workflowExecutionTimeout: seconds(60), cronSchedule: '* * * * *' },
      NOW + 90_000,
    ],
  ];
  for (const [name, more, expiration] of expirations)
    test(`of the chain ${name}`, () => {
      const { workflowExecutionExpirationTime: end } = command(more).started;
      assert.deepEqual(end, expiration === null ? null : toTimestamp(expiration));
    });
});

describe('the start of the run', () => {
  test('is what was asked for', () => {
    const more = {
      input: Buffer.of(10, 0),
      header: Buffer.of(10, 0),
      identity: 'me',
      memo: { fields: { m: json(1) } },
      priority: { priorityKey: 2 },
    };
    const { workflowId, started } = command(more);
    assert.deepEqual([workflowId, started.workflowId, started.identity, started.attempt], ['w', 'w', 'me', 1]);
    assert.deepEqual([Buffer.from(started.input ?? []), Buffer.from(started.header ?? [])], [more.input, more.header]);
    assert.deepEqual(started.taskQueue, { name: 'q', kind: TaskQueueKind.NORMAL });
    assert.equal(started.priority?.priorityKey, 2);
    assert.deepEqual(Object.keys(started.memo?.fields ?? {}), ['m']);
    assert.deepEqual([started.firstWorkflowTaskBackoff, started.initiator], [null, ContinueAsNewInitiator.UNSPECIFIED]);
  });

  test('waits for its delay', () => {
    assert.deepEqual(command({ workflowStartDelay: seconds(5) }).started.firstWorkflowTaskBackoff, seconds(5));
  });

  test('waits for its schedule', () => {
    const { started } = command({ cronSchedule: '* * * * *' });
    assert.deepEqual(
      [started.firstWorkflowTaskBackoff, started.initiator, started.cronSchedule],
      [seconds(30), ContinueAsNewInitiator.CRON_SCHEDULE, '* * * * *'],
    );
  });

  test('has its retry policy filled in, and none that was not asked for', () => {
    const { retryPolicy } = command({ retryPolicy: { maximumAttempts: 5 } }).started;
    assert.deepEqual(
      [retryPolicy?.initialInterval, retryPolicy?.maximumInterval, retryPolicy?.backoffCoefficient],
      [seconds(1), seconds(100), 2],
    );
    assert.equal(command().started.retryPolicy, null);
  });

  test('has its search attributes marked with their types', () => {
    const { started } = command({ searchAttributes: { indexedFields: { Size: json(1) } } });
    const payload = Payload.decode((started.searchAttributes?.indexedFields?.['Size'] ?? Buffer.of()) as Uint8Array);
    assert.equal(Buffer.from(payload.metadata['type'] ?? []).toString(), 'Int');
    assert.equal(command().started.searchAttributes, null);
  });
});
