import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { StartChildWorkflowExecutionCommandAttributes as Attributes } from '@perdure/api/command';
import { Payload } from '@perdure/api/common';
import { CommandType, ParentClosePolicy, WorkflowIdReusePolicy, WorkflowTaskFailedCause } from '@perdure/api/enums';
import type { Limits } from '../../../kernel/limits.ts';
import { completing, type Tested, testRun, types } from '../testing.ts';

const child = (more: Init<Attributes> = {}) => ({
  commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
  startChildWorkflowExecutionCommandAttributes: {
    workflowId: 'child',
    workflowType: { name: 'Child' },
    taskQueue: { name: 'child-queue' },
    ...more,
  },
});
const start = (tested: Tested, more?: Init<Attributes>) => {
  const { events, reply } = completing(tested, [child(more)]);
  return { attributes: events.at(-1)?.startChildWorkflowExecutionInitiatedEventAttributes, events, reply };
};

describe('starting a child', () => {
  test('writes what was asked, fills in what was left open, and remembers it', () => {
    const tested = testRun();
    const { attributes, events } = start(tested);
    assert.deepEqual(types(events), ['WORKFLOW_TASK_COMPLETED', 'START_CHILD_WORKFLOW_EXECUTION_INITIATED']);
    assert.equal(attributes?.namespace, 'default');
    assert.equal(attributes.namespaceId, 'namespace-id');
    assert.equal(attributes.workflowTaskCompletedEventId, 4);
    assert.equal(attributes.parentClosePolicy, ParentClosePolicy.TERMINATE);
    assert.equal(attributes.workflowIdReusePolicy, WorkflowIdReusePolicy.ALLOW_DUPLICATE);
    assert.equal(attributes.workflowTaskTimeout?.seconds, 10);
    assert.equal(attributes.retryPolicy, null);
    const { state, runId, workflowId, workflowType } = tested.run.children.get(5) ?? {};
    assert.deepEqual([state, runId, workflowId, workflowType], ['initiated', '', 'child', 'Child']);
  });

  test('lets no timeout outlast the one around it', () => {
    const seconds = (n: number) => ({ seconds: n, nanos: 0 });
    const { attributes } = start(testRun(), {
      workflowExecutionTimeout: seconds(5),
      workflowRunTimeout: seconds(50),
      workflowTaskTimeout: seconds(9),
    });
    assert.equal(attributes?.workflowRunTimeout?.seconds, 5);
    assert.equal(attributes.workflowTaskTimeout?.seconds, 5);
  });

  test('uses the queue of the parent when none is given', () =>
    assert.equal(start(testRun(), { taskQueue: null }).attributes?.taskQueue?.name, 'queue'));

  test('fills the retry policy and marks search attributes with their types', () => {
    const one = Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('1') });
    const { attributes } = start(testRun(), {
      retryPolicy: { maximumAttempts: 3 },
      searchAttributes: { indexedFields: { Size: one } },
    });
    assert.equal(attributes?.retryPolicy?.backoffCoefficient, 2);
    const field = attributes.searchAttributes?.indexedFields['Size'];
    assert.ok(field);
    assert.equal(Buffer.from(Payload.decode(field).metadata['type'] ?? []).toString(), 'Int');
  });
});

describe('starting a child is refused', () => {
  const BAD = 'BadStartChildExecutionAttributes: ';
  const long = 'x'.repeat(1001);
  const cases: { for: string; more: Init<Attributes>; message: string }[] = [
    {
      for: 'no workflow id',
      more: { workflowId: '' },
      message: `${BAD}Required field WorkflowId is not set on StartChildWorkflowExecutionCommand. WorkflowType=Child Namespace=default`,
    },
    {
      for: 'no workflow type',
      more: { workflowType: null },
      message: `${BAD}Required field WorkflowType is not set on StartChildWorkflowExecutionCommand. WorkflowId=child Namespace=default`,
    },
    {
      for: 'a long workflow id',
      more: { workflowId: long },
      message: `${BAD}WorkflowId on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId=${long} Length=1001 Limit=1000 WorkflowType=Child Namespace=default`,
    },
    {
      for: 'another namespace',
      more: { namespace: 'other' },
      message: `${BAD}cross namespace commands are not allowed`,
    },
    {
      for: 'a negative timeout',
      more: { workflowRunTimeout: { seconds: -1, nanos: 0 } },
      message: `${BAD}Invalid WorkflowRunTimeout on StartChildWorkflowExecutionCommand: negative duration. WorkflowId=child WorkflowType=Child Namespace=default`,
    },
    {
      for: 'a schedule that is none',
      more: { cronSchedule: 'never' },
      message: `${BAD}invalid CronSchedule on StartChildWorkflowExecutionCommand: invalid CronSchedule.. WorkflowId=child WorkflowType=Child Namespace=default`,
    },
    {
      for: 'a retry policy that makes no sense',
      more: { retryPolicy: { maximumAttempts: -1 } },
      message: `${BAD}invalid WorkflowRetryPolicy on StartChildWorkflowExecutionCommand: MaximumAttempts cannot be negative on retry policy.. WorkflowId=child WorkflowType=Child Namespace=default`,
    },
    {
      for: 'a search attribute that nobody knows',
      more: { searchAttributes: { indexedFields: { NoSuch: Payload.encode({ data: Buffer.from('1') }) } } },
      message: 'BadSearchAttributes: Namespace default has no mapping defined for search attribute NoSuch',
    },
    {
      for: 'a negative priority',
      more: { priority: { priorityKey: -1 } },
      message: `${BAD}priority key can't be negative`,
    },
  ];
  for (const { for: what, more, message } of cases) {
    test(`for ${what}`, () => {
      const tested = testRun();
      const { reply, events } = start(tested, more);
      assert.equal(reply.error?.message, message);
      assert.deepEqual(types(events), ['WORKFLOW_TASK_FAILED']);
      assert.equal(tested.run.children.size, 0);
    });
  }

  test('for one child too many', () => {
    const { reply, events } = start(testRun({ limits: { maxPendingChildren: 0 } }));
    assert.equal(
      reply.error?.message,
      'PendingChildWorkflowsLimitExceeded: the number of pending child workflow executions, 0, has reached the per-workflow limit of 0',
    );
    const cause = events[0]?.workflowTaskFailedEventAttributes?.cause;
    assert.equal(cause, WorkflowTaskFailedCause.PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED);
  });

  const tooLarge: { what: string; more: Init<Attributes>; limits: Partial<Limits> }[] = [
    { what: 'input', more: { input: new Uint8Array(4) }, limits: { blobSizeError: 3 } },
    { what: 'memo', more: { memo: { fields: { m: new Uint8Array(4) } } }, limits: { memoSizeError: 3 } },
  ];
  for (const { what, more, limits } of tooLarge) {
    test(`for ${what} above the limit, which ends the workflow`, () => {
      const { events } = start(testRun({ limits }), more);
      assert.deepEqual(types(events), ['WORKFLOW_TASK_FAILED', 'WORKFLOW_EXECUTION_TERMINATED']);
    });
  }
});
