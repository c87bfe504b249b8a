import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommandType, EventType, ParentClosePolicy, RetryState } from '@perdure/api/enums';
import { childStarted } from '../child-start.ts';
import { effectOf } from '../derive.ts';
import { terminateRun } from '../requests/terminate.ts';
import type { Run } from '../state.ts';
import { completing, doing, START, type Tested, takeTask, testRun, types } from '../testing.ts';
import {
  beginChild,
  type ChildClosing,
  isChildOf,
  recordChildClosed,
  recordChildStarted,
  recordChildStartFailed,
} from './child.ts';

const INITIATED = 5;

/** A parent that has asked for a child; the event that asked is the fifth. */
function parentOfOne(parentClosePolicy: ParentClosePolicy = ParentClosePolicy.TERMINATE): Tested {
  const parent = testRun();
  const attributes = { workflowId: 'child', workflowType: { name: 'Child' }, parentClosePolicy };
  completing(parent, [
    {
      commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
      startChildWorkflowExecutionCommandAttributes: attributes,
    },
  ]);
  return parent;
}

function childOf(parent: Tested): Tested {
  const asked = parent.history.at(INITIATED - 1)?.startChildWorkflowExecutionInitiatedEventAttributes;
  assert.ok(asked);
  return testRun({
    creation: {
      key: { namespaceId: 'namespace-id', workflowId: 'child', runId: 'child-run' },
      awaitsParent: true,
      started: childStarted(parent.run, 'default', INITIATED, asked, 'child-run', START),
    },
  });
}

const started = (parent: Tested, runId = 'child-run') =>
  doing(parent, (t) => recordChildStarted(t, INITIATED, runId, null));
const closed = (parent: Tested, child: Tested, closing: ChildClosing) =>
  doing(parent, (t) => recordChildClosed(t, child.run, closing)).events;
const terminate = (tested: Tested) =>
  doing(tested, (t) => terminateRun(t, { reason: '', details: null, identity: '' }));
const effect = (tested: Tested) => effectOf(tested.run, { name: 'children', key: INITIATED }, START)?.kind;

const completed: ChildClosing = {
  eventType: EventType.WORKFLOW_EXECUTION_COMPLETED,
  workflowExecutionCompletedEventAttributes: { result: Buffer.from([1]) },
};

describe('a parent', () => {
  test('asks for the start until it is written down, once', () => {
    const parent = parentOfOne();
    assert.equal(effect(parent), 'start-child');
    const { reply, events } = started(parent);
    assert.equal(reply, true);
    assert.deepEqual(types(events), ['CHILD_WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_TASK_SCHEDULED']);
    assert.equal(effect(parent), undefined);
    assert.equal(parent.run.children.get(INITIATED)?.startedEventId, 6);
    assert.deepEqual(started(parent).events, []);
    assert.equal(started(parent).reply, true);
  });

  test('does not know another run in the place of its child', () => {
    const parent = parentOfOne();
    started(parent);
    assert.equal(started(parent, 'another-run').reply, false);
  });

  test('is told that the child could not be started', () => {
    const parent = parentOfOne();
    const { events } = doing(parent, (t) => recordChildStartFailed(t, INITIATED, 1, 'c'));
    assert.deepEqual(types(events), ['START_CHILD_WORKFLOW_EXECUTION_FAILED', 'WORKFLOW_TASK_SCHEDULED']);
    const attributes = events[0]?.startChildWorkflowExecutionFailedEventAttributes;
    assert.deepEqual([attributes?.initiatedEventId, attributes?.workflowId, attributes?.control], [5, 'child', 'c']);
    assert.equal(parent.run.children.size, 0);
  });

  test('writes the start with the end when it has heard of neither', () => {
    const parent = parentOfOne();
    const events = closed(parent, childOf(parent), completed);
    assert.deepEqual(types(events), [
      'CHILD_WORKFLOW_EXECUTION_STARTED',
      'CHILD_WORKFLOW_EXECUTION_COMPLETED',
      'WORKFLOW_TASK_SCHEDULED',
    ]);
    assert.equal(events[1]?.childWorkflowExecutionCompletedEventAttributes?.startedEventId, 6);
  });

  test('names the start also when both came while a worker had its task', () => {
    const parent = parentOfOne();
    doing(parent, (t) => recordChildStarted(t, INITIATED, 'child-run', null));
    takeTask(parent);
    closed(parent, childOf(parent), completed);
    const { events } = completing(parent);
    const attributes = events[1]?.childWorkflowExecutionCompletedEventAttributes;
    assert.deepEqual([attributes?.initiatedEventId, attributes?.startedEventId], [5, 6]);
  });

  test('hears the end once', () => {
    const parent = parentOfOne();
    started(parent);
    const child = childOf(parent);
    assert.deepEqual(types(closed(parent, child, completed)), ['CHILD_WORKFLOW_EXECUTION_COMPLETED']);
    assert.deepEqual(closed(parent, child, completed), []);
  });

  test('that is closed hears nothing', () => {
    const parent = parentOfOne();
    started(parent);
    const child = childOf(parent);
    terminate(parent);
    assert.deepEqual(closed(parent, child, completed), []);
  });

  const endings: { closing: ChildClosing; type: string; has: object }[] = [
    { closing: completed, type: 'CHILD_WORKFLOW_EXECUTION_COMPLETED', has: { result: Buffer.from([1]) } },
    {
      closing: {
        eventType: EventType.WORKFLOW_EXECUTION_FAILED,
        workflowExecutionFailedEventAttributes: { failure: Buffer.from([2]), retryState: RetryState.TIMEOUT },
      },
      type: 'CHILD_WORKFLOW_EXECUTION_FAILED',
      has: { failure: Buffer.from([2]), retryState: RetryState.TIMEOUT },
    },
    {
      closing: {
        eventType: EventType.WORKFLOW_EXECUTION_CANCELED,
        workflowExecutionCanceledEventAttributes: { details: Buffer.from([3]) },
      },
      type: 'CHILD_WORKFLOW_EXECUTION_CANCELED',
      has: { details: Buffer.from([3]) },
    },
    {
      closing: {
        eventType: EventType.WORKFLOW_EXECUTION_TIMED_OUT,
        workflowExecutionTimedOutEventAttributes: { retryState: RetryState.RETRY_POLICY_NOT_SET },
      },
      type: 'CHILD_WORKFLOW_EXECUTION_TIMED_OUT',
      has: { retryState: RetryState.RETRY_POLICY_NOT_SET },
    },
    {
      closing: { eventType: EventType.WORKFLOW_EXECUTION_TERMINATED },
      type: 'CHILD_WORKFLOW_EXECUTION_TERMINATED',
      has: {},
    },
  ];
  for (const { closing, type, has } of endings) {
    test(`is told ${type}`, () => {
      const parent = parentOfOne();
      started(parent);
      const [event] = closed(parent, childOf(parent), closing);
      assert.ok(event);
      assert.deepEqual(types([event]), [type]);
      const attributes = Object.entries(event).find(([name, value]) => name.endsWith('EventAttributes') && value)?.[1];
      const { initiatedEventId, startedEventId, namespace, workflowExecution, workflowType, ...rest } = attributes;
      assert.deepEqual([initiatedEventId, startedEventId, namespace], [5, 6, 'default']);
      assert.deepEqual({ ...workflowExecution }, { workflowId: 'child', runId: 'child-run' });
      assert.equal(workflowType.name, 'Child');
      for (const [name, value] of Object.entries(has))
        assert.deepEqual(value instanceof Uint8Array ? Buffer.from(rest[name]) : rest[name], value);
    });
  }
});

describe('when a parent closes', () => {
  const cases = [
    { policy: ParentClosePolicy.TERMINATE, after: 'close-child' },
    { policy: ParentClosePolicy.REQUEST_CANCEL, after: 'close-child' },
    { policy: ParentClosePolicy.ABANDON, after: undefined },
  ];
  for (const { policy, after } of cases) {
    test(`policy ${policy} leaves ${after ?? 'nothing'} to do for a child that began`, () => {
      const parent = parentOfOne(policy);
      started(parent);
      terminate(parent);
      assert.equal(effect(parent), after);
    });

    test(`policy ${policy} leaves nothing to do for one that did not`, () => {
      const parent = parentOfOne(policy);
      terminate(parent);
      assert.equal(effect(parent), undefined);
      assert.equal(started(parent).reply, false);
    });
  }
});

describe('a child', () => {
  test('knows its parent and its root, and has no identity', () => {
    const { started: attributes } = childOf(parentOfOne()).run;
    assert.deepEqual({ ...attributes.parentWorkflowExecution }, { workflowId: 'workflow', runId: 'run' });
    assert.deepEqual({ ...attributes.rootWorkflowExecution }, { workflowId: 'workflow', runId: 'run' });
    assert.equal(attributes.parentInitiatedEventId, INITIATED);
    assert.equal(attributes.identity, '');
    assert.equal(attributes.firstExecutionRunId, 'child-run');
  });

  test('is the child of that parent and that event', () => {
    const parent = parentOfOne();
    const { run } = childOf(parent);
    const another: Run = { ...parent.run, key: { ...parent.run.key, runId: 'another' } };
    assert.equal(isChildOf(run, parent.run, INITIATED), true);
    assert.equal(isChildOf(run, parent.run), true);
    assert.equal(isChildOf(run, parent.run, 9), false);
    assert.equal(isChildOf(run, another), false);
    assert.equal(isChildOf(parent.run, parent.run), false);
  });

  test('has no task before its parent has written the start', () => {
    const child = childOf(parentOfOne());
    assert.deepEqual(types(child.history), ['WORKFLOW_EXECUTION_STARTED']);
    assert.deepEqual(effectOf(child.run, { name: 'parent', key: 0 }, START), { kind: 'confirm-with-parent' });
    assert.deepEqual(types(doing(child, beginChild).events), ['WORKFLOW_TASK_SCHEDULED']);
    assert.equal(effectOf(child.run, { name: 'parent', key: 0 }, START), null);
  });

  test('tells its parent when it has closed', () => {
    const child = childOf(parentOfOne());
    terminate(child);
    assert.deepEqual(effectOf(child.run, { name: 'parent', key: 0 }, START), { kind: 'tell-parent' });
  });

  test('inherits the priority that it does not set itself', () => {
    const parent = testRun({ started: { priority: { priorityKey: 2, fairnessKey: 'f' } } });
    completing(parent, [
      {
        commandType: CommandType.START_CHILD_WORKFLOW_EXECUTION,
        startChildWorkflowExecutionCommandAttributes: {
          workflowId: 'child',
          workflowType: { name: 'Child' },
          priority: { priorityKey: 4 },
        },
      },
    ]);
    const { priority } = childOf(parent).run.started;
    assert.deepEqual([priority?.priorityKey, priority?.fairnessKey], [4, 'f']);
  });
});
