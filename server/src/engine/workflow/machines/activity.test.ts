import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { ScheduleActivityTaskCommandAttributes } from '@perdure/api/command';
import { CommandType, EventType, RetryState } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { ServiceError } from '../../../kernel/errors.ts';
import { cancelActivityTask } from '../requests/cancel-activity-task.ts';
import { completeActivityTask } from '../requests/complete-activity-task.ts';
import { startActivityTask } from '../requests/start-activity-task.ts';
import type { Activity } from '../state.ts';
import {
  change,
  command,
  completeTask,
  effects,
  lastEvent,
  nextDue,
  outlineFrom,
  pass,
  START,
  step,
  type Tested,
  takeTask,
  testRun,
} from '../testing.ts';
import {
  attempt,
  boom,
  cancel,
  details,
  fail,
  pending,
  retry,
  schedule,
  scheduled,
  seconds,
  start,
} from './activity.fixture.ts';

describe('a pending activity', () => {
  test('is handed to its queue, and leaves history alone until it is over', () => {
    const run = scheduled({ priority: { priorityKey: 1 } });
    assert.deepEqual(effects(run), [
      {
        kind: 'dispatch-activity',
        fairnessKey: '',
        fairnessWeight: 1,
        taskQueue: 'activities',
        scheduledEventId: 5,
        stamp: 1,
        priority: 1,
        scheduledTime: START,
      },
    ]);
    const activity = start(run);
    assert.deepEqual(effects(run), []);
    assert.deepEqual(outlineFrom(run, 5), ['5 ACTIVITY_TASK_SCHEDULED']);
    change(run, (t) => completeActivityTask(t, attempt(activity), { result: details, identity: 'worker' }));
    assert.deepEqual(outlineFrom(run, 6), [
      '6 ACTIVITY_TASK_STARTED',
      '7 ACTIVITY_TASK_COMPLETED',
      '8 WORKFLOW_TASK_SCHEDULED',
    ]);
    assert.deepEqual(lastEvent(run, EventType.ACTIVITY_TASK_COMPLETED).activityTaskCompletedEventAttributes, {
      result: details,
      scheduledEventId: 5,
      startedEventId: 6,
      identity: 'worker',
      workerVersion: null,
    });
    assert.equal(run.run.activities.size, 0);
    assert.equal(run.run.activityIds.size, 0);
  });

  test('that ends while a workflow task is with a worker is written behind that task, STARTED first', () => {
    const run = testRun();
    step(run, schedule(), schedule({ activityId: 'b' }));
    const complete = (activityId: string) =>
      change(run, (t) => completeActivityTask(t, { kind: 'id', activityId }, { result: null, identity: '' }));
    complete('a');
    takeTask(run);
    complete('b');
    assert.deepEqual(outlineFrom(run, 10), ['10 WORKFLOW_TASK_STARTED']);
    completeTask(run);
    assert.deepEqual(outlineFrom(run, 11), [
      '11 WORKFLOW_TASK_COMPLETED',
      '12 ACTIVITY_TASK_STARTED',
      '13 ACTIVITY_TASK_COMPLETED',
      '14 WORKFLOW_TASK_SCHEDULED',
    ]);
    const completed = lastEvent(run, EventType.ACTIVITY_TASK_COMPLETED).activityTaskCompletedEventAttributes;
    assert.equal(completed?.startedEventId, 12);
  });

  test('is started by a current task only, and once', () => {
    const run = scheduled();
    const take = (stamp: number) => change(run, (t) => startActivityTask(t, { scheduledEventId: 5, stamp }, 'w'));
    assert.equal(take(2), null);
    assert.ok(take(1));
    assert.equal(take(1), null);
  });

  test('asked for at once is started with the completion', () => {
    const run = testRun();
    const { eagerActivities } = step(run, schedule({ requestEagerExecution: true }));
    assert.equal(eagerActivities[0]?.state, 'started');
    assert.deepEqual(effects(run), []);
  });

  test('asked for at once, but cancelled by the next command, is not started', () => {
    const { eagerActivities } = step(testRun(), schedule({ requestEagerExecution: true }), cancel());
    assert.deepEqual(eagerActivities, []);
  });
});

describe('an answer to an activity task', () => {
  const table: { does: string; act: (run: Tested, activity: Activity) => void; says: RegExp }[] = [
    {
      does: 'of an attempt that is over',
      act: (run, activity) => {
        fail(run, activity);
        pass(run, 5_000);
        start(run);
        complete(run, activity);
      },
      says: /^invalid activityID or activity already timed out/,
    },
    {
      does: 'given twice',
      act: (run, activity) => {
        complete(run, activity);
        complete(run, activity);
      },
      says: /^invalid activityID or activity already timed out/,
    },
    {
      does: 'by an unknown id',
      act: (run) =>
        change(run, (t) => completeActivityTask(t, { kind: 'id', activityId: 'b' }, { result: null, identity: '' })),
      says: /^cannot find pending activity with ActivityID b, check workflow execution history/,
    },
    {
      does: 'that it was cancelled, though nobody asked',
      act: (run, activity) =>
        change(run, (t) => cancelActivityTask(t, attempt(activity), { details: null, identity: '' })),
      says: /^unable to mark activity as canceled without activity being request canceled first$/,
    },
    {
      does: 'for a closed run',
      act: (run, activity) => {
        complete(run, activity);
        step(run, command(CommandType.COMPLETE_WORKFLOW_EXECUTION, { completeWorkflowExecutionCommandAttributes: {} }));
        complete(run, activity);
      },
      says: /^workflow execution already completed$/,
    },
  ];
  const complete = (run: Tested, activity: Activity) =>
    change(run, (t) => completeActivityTask(t, attempt(activity), { result: null, identity: '' }));
  for (const { does, act, says } of table)
    test(`${does} is refused`, () => {
      const run = scheduled();
      const activity = start(run);
      assert.throws(
        () => act(run, activity),
        (error) => error instanceof ServiceError && says.test(error.message),
      );
    });

  test('by its id completes it even before a worker took it', () => {
    const run = scheduled();
    change(run, (t) => completeActivityTask(t, { kind: 'id', activityId: 'a' }, { result: null, identity: 'me' }));
    assert.deepEqual(outlineFrom(run, 6).slice(0, 2), ['6 ACTIVITY_TASK_STARTED', '7 ACTIVITY_TASK_COMPLETED']);
    assert.equal(lastEvent(run, EventType.ACTIVITY_TASK_STARTED).activityTaskStartedEventAttributes?.identity, 'me');
  });

  test('with a result over the limit fails it for good', () => {
    const run = testRun({ limits: { blobSizeError: 10 } });
    step(run, schedule());
    const activity = start(run);
    change(run, (t) => completeActivityTask(t, attempt(activity), { result: Buffer.alloc(11), identity: '' }));
    const failed = lastEvent(run, EventType.ACTIVITY_TASK_FAILED).activityTaskFailedEventAttributes;
    assert.equal(failed?.retryState, RetryState.NON_RETRYABLE_FAILURE);
    assert.equal(Failure.decode(failed.failure ?? Buffer.alloc(0)).message, 'Complete result exceeds size limit.');
  });
});

describe('a failed attempt', () => {
  test('is followed by another after the back-off, which knows the failure', () => {
    const run = scheduled(retry(0));
    const first = start(run);
    pass(run, 500);
    fail(run, first);
    assert.deepEqual(effects(run), []);
    assert.equal(nextDue(run)?.at, START + 2_500);
    pass(run, 1_999);
    assert.deepEqual(effects(run), []);
    pass(run, 1);
    assert.equal(effects(run)[0]?.kind, 'dispatch-activity');
    const { attempt: number, stamp, lastFailure, state } = pending(run);
    assert.deepEqual([number, stamp, state, lastFailure], [2, 2, 'scheduled', boom()]);
    const second = start(run);
    change(run, (t) => completeActivityTask(t, attempt(second), { result: null, identity: '' }));
    const started = lastEvent(run, EventType.ACTIVITY_TASK_STARTED).activityTaskStartedEventAttributes;
    assert.equal(started?.attempt, 2);
    assert.deepEqual(started.lastFailure, boom());
  });

  const ends: {
    does: string;
    more?: Init<ScheduleActivityTaskCommandAttributes>;
    failure?: Uint8Array;
    state: RetryState;
  }[] = [
    { does: 'the last one allowed', more: retry(1), state: RetryState.MAXIMUM_ATTEMPTS_REACHED },
    {
      does: 'of a type not to be retried',
      more: retry(0, { nonRetryableErrorTypes: ['Boom'] }),
      state: RetryState.NON_RETRYABLE_FAILURE,
    },
    { does: 'that says so itself', failure: boom({ nonRetryable: true }), state: RetryState.NON_RETRYABLE_FAILURE },
    {
      does: 'without time for another',
      more: { scheduleToCloseTimeout: seconds(1), ...retry(0) },
      state: RetryState.TIMEOUT,
    },
  ];
  for (const { does, more, failure, state } of ends)
    test(`${does} is the activity’s failure`, () => {
      const run = scheduled(more);
      fail(run, start(run), failure);
      assert.deepEqual(outlineFrom(run, 6), [
        '6 ACTIVITY_TASK_STARTED',
        '7 ACTIVITY_TASK_FAILED',
        '8 WORKFLOW_TASK_SCHEDULED',
      ]);
      assert.equal(lastEvent(run, EventType.ACTIVITY_TASK_FAILED).activityTaskFailedEventAttributes?.retryState, state);
    });

  test('may ask for the next one itself', () => {
    const run = scheduled(retry(0, { maximumInterval: seconds(5) }));
    fail(run, start(run), boom({ nextRetryDelay: seconds(60) }));
    assert.equal(nextDue(run)?.at, START + 60_000);
  });

  test('keeps a large failure in short', () => {
    const run = scheduled();
    fail(run, start(run), Failure.encode({ message: 'x'.repeat(9_000), applicationFailureInfo: {} }));
    const kept = pending(run).lastFailure;
    assert.ok(kept && kept.length < 4_500);
    const { message, cause } = Failure.decode(kept);
    assert.equal(message, 'Failure exceeds size limit.');
    assert.match(Failure.decode(cause ?? Buffer.alloc(0)).message, /^x+$/);
  });
});
