import type { Init } from '@perdure/api';
import { Payload, Payloads } from '@perdure/api/common';
import { EventType, RetryState, TimeoutType } from '@perdure/api/enums';
import type { ActivityTaskCanceledEventAttributes } from '@perdure/api/history';
import { readFailure } from '../../../kernel/read-failure.ts';
import type { Backoff, RetryFailure } from '../../../kernel/retry.ts';
import { isRetryable, nextBackoff } from '../../../kernel/retry.ts';
import { emptyActivity } from '../empty.ts';
import { addEvent } from '../events.ts';
import { serverFailure, timeoutFailure, timeoutName, truncateFailure } from '../failures.ts';
import { notePauses } from '../pause-info.ts';
import type { Activity, EventAttributes, Run } from '../state.ts';
import type { Transition } from '../transition.ts';
import { put, putDerived, remove } from '../transition.ts';
import { ensureWorkflowTask } from './workflow-task.ts';

/**
 * A pending activity, from its command to its closing event.
 *
 *              start                complete
 *   Scheduled ───────▶ Started ─────────────────────▶ (gone: COMPLETED | FAILED | TIMED_OUT | CANCELED)
 *       ▲  │              │ fail, time out                  ▲              ▲
 *       │  │              ▼                                 │ no retry     │
 *       │  │       another attempt? ────────────────────────┘ left         │
 *       │  │              │ yes                                            │
 *       └──┼──────────────┘ scheduledTime = now + back-off                 │
 *          └───────────────────────────────────────────────────────────────┘
 *            cancelled before a worker has it, or out of time
 *
 * Scheduled, Started: `Activity.state`. An attempt that backs off is Scheduled with its `scheduledTime` in the future;
 * the host wakes the run then and hands the task to its queue. Attempts are not events: STARTED is written together with
 * the closing event, with the number of the last attempt and the failure of the one before. `stamp` counts attempts
 * handed out, so that a task left in a queue from before is recognised; a worker's token names the attempt it is for.
 *
 *   timeout             counts from                  is set while    another attempt after it
 *   schedule-to-close   the scheduled event          always          never
 *   schedule-to-start   the attempt's scheduledTime  Scheduled       never
 *   start-to-close      the attempt's start          Started         as the policy says
 *   heartbeat           start or last heartbeat      Started         as the policy says
 *
 * A paused activity is not handed out and does not time out; an attempt that was under way may go on, and when it fails
 * the next one waits for the end of the pause (machines/activity-control.ts).
 *
 * Reference: history/workflow (mutable state, timer sequence).
 */

/** Failures of earlier attempts are kept up to this size, as in the reference. */
const MAX_LAST_FAILURE_BYTES = 4 << 10;

const NO_TIME_LEFT =
  'Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying';

/** The pending activity of this id, if there is one. */
export function activityOfId(run: Run, activityId: string): Activity | undefined {
  const scheduledEventId = run.activityIds.get(activityId);
  return scheduledEventId === undefined ? undefined : run.activities.get(scheduledEventId);
}

export type Scheduling = Pick<
  Activity,
  | 'scheduledEventId'
  | 'activityId'
  | 'activityType'
  | 'taskQueue'
  | 'retryPolicy'
  | 'priority'
  | 'scheduleToStartTimeout'
  | 'scheduleToCloseTimeout'
  | 'startToCloseTimeout'
  | 'heartbeatTimeout'
  | 'workflowTaskCompletedEventId'
>;

/** Its SCHEDULED event is written; from now on it is pending. */
export function scheduleActivity(t: Transition, scheduling: Scheduling): void {
  const { scheduledEventId, activityId } = scheduling;
  put(t, 'activities', scheduledEventId, {
    ...emptyActivity,
    ...scheduling,
    firstScheduledTime: t.now,
    scheduledTime: t.now,
  });
  putDerived(t, t.run.activityIds, activityId, scheduledEventId);
}

/** A worker takes the attempt. */
export function startActivity(t: Transition, activity: Activity, requestId: string, identity: string): Activity {
  const started: Activity = { ...activity, state: 'started', startedTime: t.now, requestId, identity };
  put(t, 'activities', activity.scheduledEventId, started);
  return started;
}

/** The worker is alive, and says how far it got. Without details the earlier ones are gone. */
export function recordHeartbeat(
  t: Transition,
  activity: Activity,
  details: Uint8Array | null,
  identity: string,
): Activity {
  const beating: Activity = {
    ...activity,
    lastHeartbeatTime: t.now,
    heartbeatDetails: details,
    lastWorkerIdentity: identity || activity.lastWorkerIdentity,
  };
  put(t, 'activities', activity.scheduledEventId, beating);
  return beating;
}

export function completeActivity(t: Transition, activity: Activity, result: Uint8Array | null, identity: string): void {
  closeActivity(t, activity, EventType.ACTIVITY_TASK_COMPLETED, {
    activityTaskCompletedEventAttributes: { result, scheduledEventId: activity.scheduledEventId, identity },
  });
}

/** The attempt failed: another one follows after a while, or the activity has failed. */
export function failActivity(t: Transition, activity: Activity, failure: Uint8Array | null, identity: string): void {
  const retry = retryAfter(t, activity, failure && readFailure(failure));
  if (retry.kind === 'retry') return scheduleAttempt(t, activity, retry.intervalMs, failure);
  closeActivity(t, activity, EventType.ACTIVITY_TASK_FAILED, {
    activityTaskFailedEventAttributes: {
      failure,
      scheduledEventId: activity.scheduledEventId,
      identity,
      retryState: retry.retryState,
    },
  });
}

/** A worker gave it up because it was asked to. */
export function cancelStartedActivity(
  t: Transition,
  activity: Activity,
  details: Uint8Array | null,
  identity: string,
): void {
  const { cancelRequestedEventId: latestCancelRequestedEventId } = activity;
  addCanceled(t, activity, { details, identity, latestCancelRequestedEventId });
  ensureWorkflowTask(t);
}

const NOT_STARTED = Payloads.encode({
  payloads: [
    Payload.encode({
      metadata: { encoding: Buffer.from('json/plain') },
      data: Buffer.from('"ACTIVITY_ID_NOT_STARTED"'),
    }),
  ],
});

/**
 * The workflow wants it cancelled. A worker that has it is told with its next heartbeat (false); if none has it, it is
 * cancelled at once (true), and the workflow is to be told with a task of its own.
 */
export function requestCancel(
  t: Transition,
  activity: Activity,
  cancelRequestedEventId: number,
  identity: string,
): boolean {
  const asked: Activity = { ...activity, cancelRequested: true, cancelRequestedEventId };
  if (activity.state === 'started') {
    put(t, 'activities', activity.scheduledEventId, asked);
    return false;
  }
  addCanceled(t, asked, {
    details: NOT_STARTED,
    identity,
    latestCancelRequestedEventId: cancelRequestedEventId,
  });
  return true;
}

/** True while the attempt is due and no worker has it. */
export function isAwaitingWorker(activity: Activity, now: number): boolean {
  return activity.state === 'scheduled' && activity.pause === null && activity.scheduledTime <= now;
}

/** When a pending activity next wants to be looked at (epoch ms): a timeout, or the end of a back-off. Null for never. */
export function activityDeadline(activity: Activity, now: number): number | null {
  if (activity.pause) return null;
  const timeout = nextTimeout(activity)?.at ?? null;
  if (activity.state !== 'scheduled' || activity.scheduledTime <= now) return timeout;
  return timeout === null ? activity.scheduledTime : Math.min(timeout, activity.scheduledTime);
}

/** An activity's deadline has come. After a back-off there is nothing to decide: the task goes to its queue. */
export function activityDue(t: Transition, scheduledEventId: number): void {
  const activity = t.run.activities.get(scheduledEventId);
  const timeout = activity && nextTimeout(activity);
  if (timeout && timeout.at <= t.now) timeOut(t, activity, timeout.type);
}

interface Timeout {
  readonly type: TimeoutType;
  readonly at: number;
}

function nextTimeout(activity: Activity): Timeout | null {
  if (activity.pause) return null;
  let next: Timeout | null = null;
  const consider = (type: TimeoutType, from: number, timeout: number): void => {
    // What falls together fires in the order in which it is asked for here.
    if (timeout > 0 && (next === null || from + timeout < next.at)) next = { type, at: from + timeout };
  };
  if (activity.state === 'started')
    consider(TimeoutType.START_TO_CLOSE, activity.startedTime, activity.startToCloseTimeout);
  else consider(TimeoutType.SCHEDULE_TO_START, activity.scheduledTime, activity.scheduleToStartTimeout);
  consider(TimeoutType.SCHEDULE_TO_CLOSE, activity.firstScheduledTime, activity.scheduleToCloseTimeout);
  if (activity.state === 'started') {
    const alive = Math.max(activity.startedTime, activity.lastHeartbeatTime);
    consider(TimeoutType.HEARTBEAT, alive, activity.heartbeatTimeout);
  }
  return next;
}

function timeOut(t: Transition, activity: Activity, type: TimeoutType): void {
  const message = `activity ${timeoutName(type)} timeout`;
  const bare = timeoutFailure(message, type);
  const retry = retryAfter(t, activity, readFailure(bare));
  if (retry.kind === 'retry') return scheduleAttempt(t, activity, retry.intervalMs, bare);
  const { retryState } = retry;
  const { scheduledEventId, heartbeatDetails: lastHeartbeatDetails, lastFailure: cause } = activity;
  // An attempt that timed out, with no time for another, ends the activity for want of time.
  const outOfTime = retryState === RetryState.TIMEOUT && type !== TimeoutType.SCHEDULE_TO_START;
  closeActivity(t, activity, EventType.ACTIVITY_TASK_TIMED_OUT, {
    activityTaskTimedOutEventAttributes: {
      failure: timeoutFailure(outOfTime ? NO_TIME_LEFT : message, outOfTime ? TimeoutType.SCHEDULE_TO_CLOSE : type, {
        lastHeartbeatDetails,
        cause,
      }),
      scheduledEventId,
      retryState,
    },
  });
}

function retryAfter(t: Transition, activity: Activity, failure: RetryFailure | null): Backoff {
  if (activity.cancelRequested) return { kind: 'stop', retryState: RetryState.CANCEL_REQUESTED };
  const { retryPolicy: policy, attempt, firstScheduledTime, scheduleToCloseTimeout } = activity;
  const expiration = scheduleToCloseTimeout > 0 ? firstScheduledTime + scheduleToCloseTimeout : null;
  const next = nextBackoff({ policy, of: 'activity', attempt, now: t.now, expiration, failure });
  // Whoever paused it decides what becomes of it, unless it may never be tried twice.
  const isHeld = activity.pause !== null && policy !== null && policy.maximumAttempts !== 1;
  return isHeld && isRetryable(failure, policy.nonRetryableErrorTypes) ? { kind: 'retry', intervalMs: 0 } : next;
}

function scheduleAttempt(t: Transition, activity: Activity, intervalMs: number, failure: Uint8Array | null): void {
  put(t, 'activities', activity.scheduledEventId, {
    ...activity,
    attempt: activity.attempt + 1,
    stamp: activity.stamp + 1,
    state: 'scheduled',
    scheduledTime: activity.pause ? activity.scheduledTime : t.now + intervalMs,
    startedTime: 0,
    requestId: '',
    lastWorkerIdentity: activity.identity,
    lastFailure: failure && keptFailure(failure),
    lastAttemptCompleteTime: t.now,
    ...(activity.pause === null && afterReset(activity)),
  });
}

/** What a reset has left to be done for the next attempt. */
export const afterReset = ({ reset }: Activity): Partial<Activity> | null =>
  reset && { reset: null, ...(reset === 'attempts-and-heartbeat' && { heartbeatDetails: null, lastHeartbeatTime: 0 }) };

function keptFailure(failure: Uint8Array): Uint8Array {
  if (failure.length <= MAX_LAST_FAILURE_BYTES) return failure;
  return serverFailure('Failure exceeds size limit.', false, truncateFailure(failure, MAX_LAST_FAILURE_BYTES));
}

function addCanceled(t: Transition, activity: Activity, attributes: Init<ActivityTaskCanceledEventAttributes>): void {
  const { scheduledEventId } = activity;
  endActivity(t, activity, EventType.ACTIVITY_TASK_CANCELED, {
    activityTaskCanceledEventAttributes: { ...attributes, scheduledEventId },
  });
}

function closeActivity(t: Transition, activity: Activity, eventType: EventType, fields: EventAttributes): void {
  endActivity(t, activity, eventType, fields);
  ensureWorkflowTask(t);
}

/** Writes STARTED, if there was a start, and the closing event, which learns the id of STARTED when both get theirs. */
function endActivity(t: Transition, activity: Activity, eventType: EventType, fields: EventAttributes): void {
  const { scheduledEventId, activityId } = activity;
  if (activity.state === 'started') {
    const { identity, requestId, attempt, lastFailure } = activity;
    addEvent(
      t,
      EventType.ACTIVITY_TASK_STARTED,
      { activityTaskStartedEventAttributes: { scheduledEventId, identity, requestId, attempt, lastFailure } },
      activity.startedTime,
    );
  }
  addEvent(t, eventType, fields);
  remove(t, 'activities', scheduledEventId);
  putDerived(t, t.run.activityIds, activityId, undefined);
  if (activity.pause) notePauses(t);
}
