import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { RespondWorkflowTaskFailedRequest } from '@perdure/api/workflowservice';
import { failWorkflowTask } from '../requests/fail-workflow-task.ts';
import { signalRun } from '../requests/signal.ts';
import { admitUpdate } from '../requests/update.ts';
import { wake } from '../requests/wake.ts';
import {
  acceptance,
  admit,
  completeTask,
  doing,
  idleRun,
  rejection,
  response,
  START,
  type Tested,
  takeWithUpdates,
  testRun,
  types,
  updateRequest,
} from './update.fixture.ts';

const SCHEDULED = 'WORKFLOW_TASK_SCHEDULED';
const STARTED = 'WORKFLOW_TASK_STARTED';
const COMPLETED = 'WORKFLOW_TASK_COMPLETED';
const SIGNALED = 'WORKFLOW_EXECUTION_SIGNALED';
const ACCEPTED = 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED';

const signal = (tested: Tested) =>
  doing(tested, (t) => signalRun(t, { signalName: 's', input: null, header: null, identity: '', requestId: '' }));

function later(tested: Tested, ms: number) {
  tested.now += ms;
  return doing(tested, (t) => wake(t, [{ name: 'workflowTask', key: 0 }]));
}

describe('a workflow task made for an update', () => {
  test('writes nothing while it is scheduled and started', () => {
    const tested = idleRun();
    const { transitions } = tested.run.head;
    assert.deepEqual(admit(tested).events, []);
    assert.deepEqual(takeWithUpdates(tested).events, []);
    assert.equal(tested.run.head.transitions, transitions);
    assert.equal(tested.run.head.nextEventId, 5);
  });

  test('is written before a signal that comes while it is scheduled', () => {
    const tested = idleRun();
    admit(tested);
    assert.deepEqual(types(signal(tested).events), [SCHEDULED, SIGNALED]);
    assert.deepEqual(types(takeWithUpdates(tested).events), [STARTED]);
    assert.deepEqual(types(completeTask(tested, [], { messages: [rejection()] }).events), [COMPLETED]);
  });

  test('is written when a signal comes while it is started, under the ids that the worker knows', () => {
    const tested = idleRun();
    admit(tested);
    takeWithUpdates(tested);
    assert.deepEqual(types(signal(tested).events), [SCHEDULED, STARTED]);
    assert.equal(tested.run.head.workflowTask?.startedEventId, 6);
    const { events } = completeTask(tested, [], { messages: [rejection()] });
    assert.deepEqual(types(events), [COMPLETED, SIGNALED, SCHEDULED]);
  });

  test('is given up when no worker takes it within 5 seconds; a normal one carries the update', () => {
    const tested = idleRun();
    admit(tested);
    assert.deepEqual(later(tested, 4_999).events, []);
    const { events } = later(tested, 1);
    assert.deepEqual(types(events), [SCHEDULED, 'WORKFLOW_TASK_TIMED_OUT', SCHEDULED]);
    assert.equal(tested.run.head.workflowTask?.speculative, false);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u1']);
  });

  test('waits on a sticky queue as long as the worker asked for', () => {
    const tested = testRun();
    completeTask(tested, [], {
      stickyAttributes: { workerTaskQueue: { name: 'sticky' }, scheduleToStartTimeout: { seconds: 3, nanos: 0 } },
    });
    admit(tested);
    assert.equal(tested.run.head.workflowTask?.queue.name, 'sticky');
    assert.equal(tested.run.head.workflowTask?.scheduleToStartDeadline, START + 3_000);
  });

  test('that times out with a worker comes again as a second attempt, with the update', () => {
    const tested = idleRun();
    admit(tested);
    takeWithUpdates(tested);
    assert.deepEqual(types(later(tested, 10_000).events), [SCHEDULED, STARTED, 'WORKFLOW_TASK_TIMED_OUT']);
    assert.equal(tested.run.head.workflowTask?.attempt, 2);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u1']);
    const { events } = completeTask(tested, [], { messages: [acceptance()] });
    assert.deepEqual(types(events), [SCHEDULED, STARTED, COMPLETED, ACCEPTED]);
  });

  test('that the worker fails comes again, with the update', () => {
    const tested = idleRun();
    admit(tested);
    takeWithUpdates(tested);
    const task = tested.run.head.workflowTask;
    assert.ok(task);
    const request = RespondWorkflowTaskFailedRequest.decode(
      RespondWorkflowTaskFailedRequest.encode({ cause: WorkflowTaskFailedCause.NON_DETERMINISTIC_ERROR }),
    );
    const { events, t } = doing(tested, (t) => failWorkflowTask(t, task, request));
    assert.deepEqual(types(events), [SCHEDULED, STARTED, 'WORKFLOW_TASK_FAILED']);
    assert.deepEqual(t.notices, []);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u1']);
  });

  test('ends a start delay only if it leaves a trace', () => {
    const delayed = { started: { firstWorkflowTaskBackoff: { seconds: 60, nanos: 0 } } };
    const rejected = testRun(delayed);
    admit(rejected);
    takeWithUpdates(rejected);
    completeTask(rejected, [], { messages: [rejection()] });
    assert.equal(rejected.run.head.backoffUntil, START + 60_000);
    const accepted = testRun(delayed);
    admit(accepted);
    takeWithUpdates(accepted);
    completeTask(accepted, [], { messages: [acceptance()] });
    assert.equal(accepted.run.head.backoffUntil, null);
  });

  test('of a run that is only now created is a normal one', () => {
    const tested = testRun({ creation: { alongWith: (t) => admitUpdate(t, 'u1', updateRequest('u1')) } });
    assert.equal(tested.run.head.workflowTask?.recorded, true);
    assert.deepEqual(takeWithUpdates(tested).sent, ['u1']);
  });
});

describe('a rejected update', () => {
  const discard = { capabilities: { discardSpeculativeWorkflowTaskWithEvents: true } };
  const cases = [
    { when: 'nothing else went out with it', unseen: 0, more: {}, trace: false },
    { when: 'events went out with it', unseen: 1, more: {}, trace: true },
    { when: 'events went out with it to a worker that can go back', unseen: 1, more: discard, trace: false },
    { when: 'ten events went out with it to a worker that can go back', unseen: 10, more: discard, trace: false },
    { when: 'more than ten events went out with it', unseen: 11, more: discard, trace: true },
    { when: 'its task is a heartbeat', unseen: 0, more: { forceCreateNewWorkflowTask: true }, trace: true },
  ];
  for (const { when, unseen, more, trace } of cases)
    test(`leaves ${trace ? 'its task' : 'no trace'} in history when ${when}`, () => {
      const tested = idleRun();
      // As after a reset of the worker's progress: events that no task has shown it yet.
      tested.run.head.previousStartedEventId -= unseen;
      admit(tested);
      takeWithUpdates(tested);
      const { events, reply } = completeTask(tested, [], { messages: [rejection()], ...more });
      assert.equal(types(events).includes(COMPLETED), trace);
      assert.equal(reply.resetHistoryEventId, trace ? 0 : 3 - unseen);
    });
});

describe('updates that come while a worker has a task', () => {
  test('go out in the answer to its completion, with a task that can still go without a trace', () => {
    const tested = testRun();
    takeWithUpdates(tested);
    admit(tested);
    const first = completeTask(tested, [], { returnNewWorkflowTask: true });
    assert.deepEqual(types(first.events), [COMPLETED]);
    assert.equal(first.reply.newTask?.speculative, true);
    assert.deepEqual(
      first.reply.messages.map(({ id, eventId }) => ({ id, eventId })),
      [{ id: 'u1/request', eventId: 5 }],
    );
    const second = completeTask(tested, [], { messages: [rejection()], returnNewWorkflowTask: true });
    assert.deepEqual(second.events, []);
    assert.equal(second.reply.resetHistoryEventId, 3);
    assert.equal(second.reply.newTask, null);
  });

  test('make a normal task when the worker does not take one along', () => {
    const tested = testRun();
    takeWithUpdates(tested);
    admit(tested);
    assert.deepEqual(types(completeTask(tested).events), [COMPLETED, SCHEDULED]);
  });

  test('a heartbeat neither rejects what was sent nor sends it again', () => {
    const tested = idleRun();
    admit(tested);
    takeWithUpdates(tested);
    admit(tested, 'u2');
    const { reply, t } = completeTask(tested, [], { forceCreateNewWorkflowTask: true, returnNewWorkflowTask: true });
    assert.deepEqual(t.notices, []);
    assert.deepEqual(
      reply.messages.map(({ protocolInstanceId }) => protocolInstanceId),
      ['u2'],
    );
    const done = completeTask(tested, [], { messages: [acceptance(), response(), rejection('u2')] });
    assert.equal(done.t.notices.length, 2);
  });
});
