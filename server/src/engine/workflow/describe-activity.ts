import type { Init } from '@perdure/api';
import { PendingActivityState } from '@perdure/api/enums';
import type { PendingActivityInfo } from '@perdure/api/workflow';
import { toDuration, toTimestamp } from '../../kernel/time.ts';
import type { Activity } from './state.ts';

/** A pending activity as DescribeWorkflowExecution shows it. `now` tells a back-off from waiting for a worker. */
export function pendingActivityInfo(activity: Activity, now: number): Init<PendingActivityInfo> {
  const { retryPolicy, priority, scheduleToCloseTimeout, lastAttemptCompleteTime, pause } = activity;
  const backingOff =
    activity.state === 'scheduled' && !activity.cancelRequested && !pause && activity.scheduledTime > now;
  const hasBeat = activity.lastHeartbeatTime > 0;
  return {
    activityId: activity.activityId,
    activityType: { name: activity.activityType },
    state: stateOf(activity),
    heartbeatDetails: hasBeat ? activity.heartbeatDetails : null,
    lastHeartbeatTime: hasBeat ? toTimestamp(activity.lastHeartbeatTime) : null,
    lastStartedTime: activity.state === 'started' ? toTimestamp(activity.startedTime) : null,
    attempt: activity.attempt,
    maximumAttempts: retryPolicy?.maximumAttempts ?? 0,
    scheduledTime: toTimestamp(activity.scheduledTime),
    expirationTime:
      scheduleToCloseTimeout > 0 ? toTimestamp(activity.firstScheduledTime + scheduleToCloseTimeout) : null,
    lastFailure: activity.lastFailure,
    lastWorkerIdentity: activity.identity || activity.lastWorkerIdentity,
    lastAttemptCompleteTime: lastAttemptCompleteTime === null ? null : toTimestamp(lastAttemptCompleteTime),
    nextAttemptScheduleTime: backingOff ? toTimestamp(activity.scheduledTime) : null,
    currentRetryInterval:
      backingOff && lastAttemptCompleteTime !== null
        ? toDuration(activity.scheduledTime - lastAttemptCompleteTime)
        : null,
    priority,
    paused: pause !== null,
    pauseInfo: pause && {
      pauseTime: toTimestamp(pause.time),
      manual: { identity: pause.identity, reason: pause.reason },
    },
    activityOptions: {
      taskQueue: { name: activity.taskQueue, normalName: activity.taskQueue },
      scheduleToCloseTimeout: toDuration(scheduleToCloseTimeout),
      scheduleToStartTimeout: toDuration(activity.scheduleToStartTimeout),
      startToCloseTimeout: toDuration(activity.startToCloseTimeout),
      heartbeatTimeout: toDuration(activity.heartbeatTimeout),
      priority,
      retryPolicy: retryPolicy && { ...retryPolicy, nonRetryableErrorTypes: [] },
    },
  };
}

function stateOf({ cancelRequested, state, pause }: Activity): PendingActivityState {
  if (cancelRequested) return PendingActivityState.CANCEL_REQUESTED;
  if (pause) return state === 'started' ? PendingActivityState.PAUSE_REQUESTED : PendingActivityState.PAUSED;
  return state === 'started' ? PendingActivityState.STARTED : PendingActivityState.SCHEDULED;
}
