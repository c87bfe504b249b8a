import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import type { ScheduleActivityTaskCommandAttributes } from '@perdure/api/command';
import { EventType, RetryState, TimeoutType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { cancelActivityTask } from '../requests/cancel-activity-task.ts';
import { completeActivityTask } from '../requests/complete-activity-task.ts';
import { heartbeatActivityTask } from '../requests/heartbeat-activity-task.ts';
import {
  change,
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

describe('time runs out', () => {
  interface Row {
    does: string;
    more: Init<ScheduleActivityTaskCommandAttributes>;
    starts: boolean;
    after: number;
    type: TimeoutType;
    state: RetryState;
    message: string;
  }
  const table: Row[] = [
    {
      does: 'before a worker takes it',
      more: { scheduleToStartTimeout: seconds(3) },
      starts: false,
      after: 3_000,
      type: TimeoutType.SCHEDULE_TO_START,
      state: RetryState.TIMEOUT,
      message: 'activity ScheduleToStart timeout',
    },
    {
      does: 'for the whole, which is told like a missing start when none took it',
      more: { startToCloseTimeout: null, scheduleToCloseTimeout: seconds(3) },
      starts: false,
      after: 3_000,
      type: TimeoutType.SCHEDULE_TO_START,
      state: RetryState.TIMEOUT,
      message: 'activity ScheduleToStart timeout',
    },
    {
      does: 'for the whole while a worker has it',
      more: { scheduleToCloseTimeout: seconds(3) },
      starts: true,
      after: 3_000,
      type: TimeoutType.SCHEDULE_TO_CLOSE,
      state: RetryState.TIMEOUT,
      message: 'Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying',
    },
    {
      does: 'for the last attempt',
      more: retry(1),
      starts: true,
      after: 10_000,
      type: TimeoutType.START_TO_CLOSE,
      state: RetryState.MAXIMUM_ATTEMPTS_REACHED,
      message: 'activity StartToClose timeout',
    },
    {
      does: 'for an attempt that is not to be retried for that',
      more: retry(0, { nonRetryableErrorTypes: ['TemporalTimeout:StartToClose'] }),
      starts: true,
      after: 10_000,
      type: TimeoutType.START_TO_CLOSE,
      state: RetryState.NON_RETRYABLE_FAILURE,
      message: 'activity StartToClose timeout',
    },
    {
      does: 'between heartbeats',
      more: { heartbeatTimeout: seconds(2), ...retry(1) },
      starts: true,
      after: 2_000,
      type: TimeoutType.HEARTBEAT,
      state: RetryState.MAXIMUM_ATTEMPTS_REACHED,
      message: 'activity Heartbeat timeout',
    },
  ];
  for (const { does, more, starts, after, type, state, message } of table)
    test(does, () => {
      const run = scheduled(more);
      if (starts) start(run);
      pass(run, after - 1);
      assert.equal(run.run.activities.size, 1);
      pass(run, 1);
      const event = lastEvent(run, EventType.ACTIVITY_TASK_TIMED_OUT).activityTaskTimedOutEventAttributes;
      const failure = Failure.decode(event?.failure ?? Buffer.alloc(0));
      assert.equal(failure.timeoutFailureInfo?.timeoutType, type);
      assert.equal(failure.message, message);
      assert.equal(event?.retryState, state);
      assert.equal(event.startedEventId, starts ? 6 : 0);
      assert.equal(run.run.activities.size, 0);
    });

  test('for an attempt, and another one follows', () => {
    const run = scheduled();
    start(run);
    pass(run, 10_000);
    const { attempt: number, scheduledTime, lastFailure } = pending(run);
    assert.deepEqual([number, scheduledTime], [2, START + 11_000]);
    assert.equal(Failure.decode(lastFailure ?? Buffer.alloc(0)).message, 'activity StartToClose timeout');
  });

  test('counted from the last heartbeat, whose details go to the next attempt', () => {
    const run = scheduled({ heartbeatTimeout: seconds(2) });
    const activity = start(run);
    pass(run, 1_500);
    change(run, (t) => heartbeatActivityTask(t, attempt(activity), { details, identity: 'worker' }));
    assert.equal(nextDue(run)?.at, START + 3_500);
    pass(run, 2_000);
    assert.equal(pending(run).attempt, 2);
    assert.deepEqual(pending(run).heartbeatDetails, details);
  });
});

describe('cancelling an activity', () => {
  test('that no worker has ends it at once, and the workflow is told', () => {
    const run = testRun();
    step(run, schedule(), cancel());
    assert.deepEqual(outlineFrom(run, 5), [
      '5 ACTIVITY_TASK_SCHEDULED',
      '6 ACTIVITY_TASK_CANCEL_REQUESTED',
      '7 ACTIVITY_TASK_CANCELED',
      '8 WORKFLOW_TASK_SCHEDULED',
    ]);
    assert.deepEqual(
      effects(run).map(({ kind }) => kind),
      ['dispatch-workflow-task'],
    );
  });

  /** Runs the workflow task that the end of an activity `b` made. */
  function nextTask(run: Tested, ...commands: ReturnType<typeof cancel>[]) {
    takeTask(run);
    return completeTask(run, ...commands);
  }

  test('that a worker has tells the worker, who may give it up or not be retried', () => {
    const run = testRun();
    step(run, schedule(), schedule({ activityId: 'b' }));
    const activity = start(run);
    change(run, (t) => completeActivityTask(t, { kind: 'id', activityId: 'b' }, { result: null, identity: '' }));
    nextTask(run, cancel());
    const beat = change(run, (t) => heartbeatActivityTask(t, attempt(activity), { details: null, identity: '' }));
    assert.deepEqual(beat, { cancelRequested: true, activityPaused: false, activityReset: false });
    change(run, (t) => cancelActivityTask(t, attempt(activity), { details, identity: 'worker' }));
    const cancelRequested = lastEvent(run, EventType.ACTIVITY_TASK_CANCEL_REQUESTED).eventId;
    const canceled = lastEvent(run, EventType.ACTIVITY_TASK_CANCELED).activityTaskCanceledEventAttributes;
    assert.equal(canceled?.latestCancelRequestedEventId, cancelRequested);
    assert.deepEqual(canceled.details, details);
  });

  test('means that a failure is its last', () => {
    const run = testRun();
    step(run, schedule(), schedule({ activityId: 'b' }));
    const activity = start(run);
    change(run, (t) => completeActivityTask(t, { kind: 'id', activityId: 'b' }, { result: null, identity: '' }));
    nextTask(run, cancel());
    fail(run, activity);
    const failed = lastEvent(run, EventType.ACTIVITY_TASK_FAILED).activityTaskFailedEventAttributes;
    assert.equal(failed?.retryState, RetryState.CANCEL_REQUESTED);
  });

  test('is written, too, when its result is held back', () => {
    const run = testRun();
    step(run, schedule(), schedule({ activityId: 'b' }));
    const complete = (activityId: string) =>
      change(run, (t) => completeActivityTask(t, { kind: 'id', activityId }, { result: null, identity: '' }));
    complete('b');
    takeTask(run);
    complete('a');
    assert.equal(completeTask(run, cancel()).error, null);
    assert.deepEqual(outlineFrom(run, 11), [
      '11 WORKFLOW_TASK_COMPLETED',
      '12 ACTIVITY_TASK_CANCEL_REQUESTED',
      '13 ACTIVITY_TASK_STARTED',
      '14 ACTIVITY_TASK_COMPLETED',
      '15 WORKFLOW_TASK_SCHEDULED',
    ]);
  });
});
