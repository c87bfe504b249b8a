import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { Rejection } from '@perdure/api/update';
import { Code, type ServiceError } from '../../../kernel/errors.ts';
import { toDuration } from '../../../kernel/time.ts';
import { eventOf, type Given, given } from '../given.fixture.ts';
import { snapshot } from '../invariants.fixture.ts';
import * as s from '../steps.fixture.ts';
import { attachRequest } from './attach.ts';
import type { Completed } from './complete-workflow-task.ts';

const { completed, failed, marker, signalled, startTimer, taken } = s;
const replyOf = (run: Given): Completed => run.reply as Completed;
/** What the worker is told once the failure of its task is durable. */
const toldWorker = (run: Given): [number, string] | null => {
  const error: ServiceError | null = replyOf(run).error;
  return error && [error.code, error.message];
};

describe('completing a workflow task', () => {
  test('does what its commands say, in their order', () => {
    given()
      .when(taken)
      .when(completed([startTimer('t', 60_000), marker('m'), s.activity('a')]))
      .gives({
        events: ['4 WORKFLOW_TASK_COMPLETED', '5 TIMER_STARTED', '6 MARKER_RECORDED', '7 ACTIVITY_TASK_SCHEDULED'],
        effects: ['dispatch-activity queue 7'],
        wakes: { 'timers/t': 60_000 },
      });
  });

  test('without a command only completes it', () => {
    const run = given()
      .when(taken)
      .when(completed())
      .gives({ events: ['4 WORKFLOW_TASK_COMPLETED'], effects: [] });
    assert.deepEqual([replyOf(run).newTask, replyOf(run).resetHistoryEventId, toldWorker(run)], [null, 0, null]);
  });

  test('hands the next task over with the answer when the worker wants that', () => {
    const run = given()
      .when(taken)
      .when(signalled())
      .when(completed([], { returnNewWorkflowTask: true }));
    run.gives({
      events: [
        '4 WORKFLOW_TASK_COMPLETED',
        '5 WORKFLOW_EXECUTION_SIGNALED',
        '6 WORKFLOW_TASK_SCHEDULED',
        '7 WORKFLOW_TASK_STARTED',
      ],
      effects: [],
      wakes: { workflowTask: 10_000 },
    });
    assert.equal(replyOf(run).newTask, run.run.head.workflowTask);
    assert.equal(replyOf(run).newTask?.requestId, 'request-from-RespondWorkflowTaskCompleted');
  });

  test('has no next task to hand over when nothing happened', () => {
    const run = given()
      .when(taken)
      .when(completed([], { returnNewWorkflowTask: true }));
    run.gives({ events: ['4 WORKFLOW_TASK_COMPLETED'] });
    assert.equal(replyOf(run).newTask, null);
  });
});

describe('a completion is not the current one’s', () => {
  const first = () => {
    const run = given().when(taken);
    return { run, token: s.tokenOf(run.run) };
  };
  const table: [string, (run: Given) => Given][] = [
    ['when the task failed meanwhile', (run) => run.when(failed())],
    ['when the next attempt is with a worker', (run) => run.when(failed()).when(taken)],
    ['when the task timed out', (run) => run.later(10_000)],
    ['when it was completed before', (run) => run.when(completed())],
    ['when the run was terminated', (run) => run.when(s.terminated)],
  ];
  for (const [name, meanwhile] of table)
    test(name, () => {
      const { run, token } = first();
      meanwhile(run);
      run.when(s.completedWith(token, [s.complete()])).refused(Code.NOT_FOUND, 'Workflow task not found.');
    });
  for (const [field, value] of Object.entries({ scheduledEventId: 1, startedEventId: 0, attempt: 2, startedTime: 0 }))
    test(`when its token has another ${field}`, () => {
      const { run, token } = first();
      run.when(s.completedWith({ ...token, [field]: value })).refused(Code.NOT_FOUND, 'Workflow task not found.');
    });
  test('before a worker has taken the task', () => {
    given().when(completed()).refused(Code.NOT_FOUND, 'Workflow task not found.');
  });
});

describe('a worker that tries to close the run while it has not seen everything', () => {
  const closings = { complete: s.complete(), fail: s.fail(), cancel: s.cancel(), continueAsNew: s.continueAsNew() };
  for (const [name, command] of Object.entries(closings))
    test(`has to look again: ${name}`, () => {
      const run = given()
        .when(taken)
        .when(signalled())
        .when(completed([startTimer('t', 1), command]));
      run.gives({
        events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
        effects: ['dispatch-workflow-task queue'],
        wakes: {},
        head: { closeAttempted: true, workflowTaskAttempt: 1 },
      });
      assert.deepEqual(toldWorker(run), [Code.INVALID_ARGUMENT, 'UnhandledCommand']);
      const failure = eventOf(run, 4).workflowTaskFailedEventAttributes;
      assert.equal(failure?.cause, WorkflowTaskFailedCause.UNHANDLED_COMMAND);
      assert.equal(failure?.failure && Failure.decode(failure.failure).message, 'UnhandledCommand');
      run.when(taken).when(completed([command]));
      assert.notEqual(run.run.head.closeEventId, 0);
    });

  test('has to look again also with a later attempt', () => {
    const run = given()
      .when(taken)
      .when(failed())
      .when(taken)
      .when(signalled())
      .when(completed([s.complete()]));
    run.gives({
      events: ['5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
      head: { closeAttempted: true },
    });
  });

  test('may close it when it takes back what it has not seen', () => {
    const run = given()
      .when(taken)
      .when(completed([startTimer('t', 1_000)]));
    run.when(signalled()).when(taken).later(1_000).gives({ events: [] });
    run.when(completed([s.cancelTimer('t'), s.complete()])).gives({
      events: ['9 WORKFLOW_TASK_COMPLETED', '10 TIMER_CANCELED', '11 WORKFLOW_EXECUTION_COMPLETED'],
    });
  });

  test('gets its chance: signals are refused until it is done', () => {
    const run = given()
      .when(taken)
      .when(signalled())
      .when(completed([s.complete()]))
      .when(taken)
      .when(signalled());
    run.refused(Code.RESOURCE_EXHAUSTED, 'workflow operation can not be applied because workflow is closing');
    run
      .when(completed())
      .when(signalled())
      .gives({ head: { closeAttempted: false } });
  });
});

describe('a completion with a bad command', () => {
  const bad = startTimer('', 1_000);

  test('fails its task and does nothing of what it says', () => {
    const run = given().when(taken).when(signalled());
    const before = snapshot(run.run, run.now);
    run.when(completed([startTimer('t', 1_000), s.activity('a'), bad]));
    run.gives({
      events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'],
      effects: ['dispatch-workflow-task queue'],
      wakes: {},
    });
    assert.deepEqual(run.run.activities.size + run.run.timers.size + run.run.activityIds.size, 0);
    assert.deepEqual(run.run.head.resetPoints, before.head.resetPoints);
    const message = 'BadStartTimerAttributes: TimerId is not set on StartTimerCommand.';
    assert.deepEqual(toldWorker(run), [Code.INVALID_ARGUMENT, message]);
    const failure = eventOf(run, 4).workflowTaskFailedEventAttributes;
    assert.deepEqual(
      [failure?.cause, failure?.identity],
      [WorkflowTaskFailedCause.BAD_START_TIMER_ATTRIBUTES, 'worker'],
    );
    assert.deepEqual(failure?.failure && Failure.decode(failure.failure).serverFailureInfo, { nonRetryable: false });
  });

  test('leaves its task to time out from the second attempt on', () => {
    const run = given()
      .when(taken)
      .when(failed())
      .when(taken)
      .when(completed([startTimer('t', 1), bad]));
    run.gives({ events: [], effects: [], wakes: { workflowTask: 10_000 }, head: { workflowTaskAttempt: 2 } });
    assert.equal(toldWorker(run)?.[0], Code.INVALID_ARGUMENT);
    assert.equal(run.run.timers.size, 0);
    run.later(10_000).gives({ events: [], head: { workflowTaskAttempt: 3 } });
  });

  test('forgets that its worker has the run in its cache', () => {
    const stickyAttributes = { workerTaskQueue: { name: 'sticky' }, scheduleToStartTimeout: toDuration(5_000) };
    const run = given().when(taken).when(completed([], { stickyAttributes }));
    run
      .when(signalled())
      .when(taken)
      .when(completed([bad], { stickyAttributes }));
    run.gives({ effects: ['dispatch-workflow-task queue'], head: { sticky: null, workflowTaskAttempt: 1 } });
  });

  test('terminates the run when the next attempt could say nothing else', () => {
    const run = given({ limits: { blobSizeError: 100 } })
      .when(taken)
      .when(signalled('s', { input: Buffer.alloc(50) }));
    run.when(completed([startTimer('t', 1), s.complete(Buffer.alloc(200))]));
    run.gives({ events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_SIGNALED', '6 WORKFLOW_TASK_SCHEDULED'] });
    const again = given({ limits: { blobSizeError: 100 } })
      .when(taken)
      .when(completed([s.complete(Buffer.alloc(200))]));
    again.gives({
      events: ['4 WORKFLOW_TASK_FAILED', '5 WORKFLOW_EXECUTION_TERMINATED'],
      effects: [],
      wakes: {},
      head: { status: WorkflowExecutionStatus.TERMINATED, workflowTask: null },
    });
    const { reason, identity } = eventOf(again, 5).workflowExecutionTerminatedEventAttributes ?? {};
    const text = 'BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.';
    assert.deepEqual([reason, identity], [text, 'history-service']);
  });
});

describe('a chain of heartbeats', () => {
  const heartbeat = completed([], { forceCreateNewWorkflowTask: true, returnNewWorkflowTask: true });

  test('goes on for as long as it may, then the task times out', () => {
    const run = given({ limits: { workflowTaskHeartbeatTimeout: 20_000 } }).when(taken);
    for (let i = 0; i < 4; i++)
      run
        .later(5_000)
        .when(heartbeat)
        .gives({ wakes: { workflowTask: 10_000 }, head: { workflowTaskAttempt: 1 } });
    run.later(1).when(heartbeat);
    run.gives({
      events: ['16 WORKFLOW_TASK_TIMED_OUT'],
      effects: ['dispatch-workflow-task queue'],
      head: { workflowTaskAttempt: 2 },
    });
    assert.deepEqual(toldWorker(run), [Code.NOT_FOUND, 'workflow task heartbeat timeout']);
    assert.equal(replyOf(run).newTask, null);
  });

  test('begins anew when it brings something', () => {
    const run = given({ limits: { workflowTaskHeartbeatTimeout: 20_000 } }).when(taken);
    for (let i = 0; i < 10; i++)
      run
        .later(5_000)
        .when(completed([marker('m')], { forceCreateNewWorkflowTask: true, returnNewWorkflowTask: true }));
    assert.equal(toldWorker(run), null);
    assert.equal(run.run.head.workflowTask?.originalScheduledTime, run.now);
  });
});

describe('the task of an update that the worker rejects', () => {
  const rejection = (updateId: string) => ({
    id: `${updateId}/reply`,
    protocolInstanceId: updateId,
    body: {
      type_url: 'type.googleapis.com/temporal.api.update.v1.Rejection',
      value: Rejection.encode({ failure: Failure.encode({ message: 'no' }) }),
    },
  });
  const waiting = () => given().when(taken).when(completed()).when(s.updateAdmitted());

  test('leaves no trace', () => {
    const run = waiting();
    const { transitions } = run.run.head;
    run.when(taken).when(completed([], { messages: [rejection('u')] }));
    run.gives({ events: [], effects: [], wakes: {}, head: { nextEventId: 5, transitions, previousStartedEventId: 3 } });
    assert.equal(replyOf(run).resetHistoryEventId, 3);
    assert.deepEqual(
      run.notices.map(({ kind }) => kind),
      ['update-answered'],
    );
  });

  test('stays in history when the worker does something besides', () => {
    const run = waiting()
      .when(taken)
      .when(completed([marker('m')], { messages: [rejection('u')] }));
    run.gives({
      events: [
        '5 WORKFLOW_TASK_SCHEDULED',
        '6 WORKFLOW_TASK_STARTED',
        '7 WORKFLOW_TASK_COMPLETED',
        '8 MARKER_RECORDED',
      ],
    });
    assert.equal(replyOf(run).resetHistoryEventId, 0);
  });

  const table = [
    { does: 'stays in history when it brought an event', events: 1, mayDrop: false, kept: true },
    { does: 'leaves no trace when the worker can get that event again', events: 1, mayDrop: true, kept: false },
    { does: 'leaves no trace with as many events as may come again', events: 3, mayDrop: true, kept: false },
    { does: 'stays in history when it brought too many events', events: 4, mayDrop: true, kept: true },
  ];
  for (const { does, events, mayDrop, kept } of table)
    test(does, () => {
      const run = given({ limits: { discardSpeculativeMaxEvents: 3 } })
        .when(taken)
        .when(completed());
      for (let i = 0; i < events; i++) run.when((t) => attachRequest(t, `request-${i}`, null));
      run.gives({ events: [`${4 + events} WORKFLOW_EXECUTION_OPTIONS_UPDATED`], effects: [] });
      const capabilities = { discardSpeculativeWorkflowTaskWithEvents: mayDrop };
      run
        .when(s.updateAdmitted())
        .when(taken)
        .when(completed([], { messages: [rejection('u')], capabilities }));
      assert.equal(run.events.length, kept ? 3 : 0);
      assert.equal(replyOf(run).resetHistoryEventId, kept ? 0 : 3);
    });
});
