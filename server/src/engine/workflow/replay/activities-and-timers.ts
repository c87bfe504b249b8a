import { EventType } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { durationMs } from '../../../kernel/time.ts';
import { scheduleActivity } from '../machines/activity.ts';
import { put, putDerived, remove } from '../transition.ts';
import { type Fold, type Folds, need } from './fold.ts';

/** An attempt that was under way is not in history: after a fold the activity waits for a worker. */
const activityScheduled: Fold = (t, event) => {
  const attributes = need(event.activityTaskScheduledEventAttributes, event);
  const { activityId, activityType, taskQueue, retryPolicy, priority, workflowTaskCompletedEventId } = attributes;
  scheduleActivity(t, {
    scheduledEventId: event.eventId,
    activityId,
    activityType: activityType?.name ?? '',
    taskQueue: taskQueue?.name ?? '',
    retryPolicy,
    priority,
    scheduleToStartTimeout: durationMs(attributes.scheduleToStartTimeout),
    scheduleToCloseTimeout: durationMs(attributes.scheduleToCloseTimeout),
    startToCloseTimeout: durationMs(attributes.startToCloseTimeout),
    heartbeatTimeout: durationMs(attributes.heartbeatTimeout),
    workflowTaskCompletedEventId,
  });
};

const activityCancelRequested: Fold = (t, event) => {
  const { scheduledEventId } = need(event.activityTaskCancelRequestedEventAttributes, event);
  const activity = t.run.activities.get(scheduledEventId);
  if (!activity) return;
  put(t, 'activities', scheduledEventId, { ...activity, cancelRequested: true, cancelRequestedEventId: event.eventId });
};

const activityClosed =
  (scheduledEventIdOf: (event: HistoryEvent) => number | undefined): Fold =>
  (t, event) => {
    const scheduledEventId = scheduledEventIdOf(event) ?? 0;
    const activity = t.run.activities.get(scheduledEventId);
    if (!activity) return;
    remove(t, 'activities', scheduledEventId);
    // A result that was held back may come after the id was used again.
    if (t.run.activityIds.get(activity.activityId) === scheduledEventId)
      putDerived(t, t.run.activityIds, activity.activityId, undefined);
  };

const timerStarted: Fold = (t, event) => {
  const { timerId, startToFireTimeout } = need(event.timerStartedEventAttributes, event);
  put(t, 'timers', timerId, {
    timerId,
    startedEventId: event.eventId,
    fireTime: t.now + durationMs(startToFireTimeout),
  });
};

const timerFired: Fold = (t, event) => {
  const { timerId, startedEventId } = need(event.timerFiredEventAttributes, event);
  // As with activities, the id may have been used again.
  if (t.run.timers.get(timerId)?.startedEventId === startedEventId) remove(t, 'timers', timerId);
};
const timerCanceled: Fold = (t, event) => remove(t, 'timers', need(event.timerCanceledEventAttributes, event).timerId);

export const activityAndTimerFolds: Folds = [
  [EventType.ACTIVITY_TASK_SCHEDULED, activityScheduled],
  [EventType.ACTIVITY_TASK_CANCEL_REQUESTED, activityCancelRequested],
  [
    EventType.ACTIVITY_TASK_COMPLETED,
    activityClosed((event) => event.activityTaskCompletedEventAttributes?.scheduledEventId),
  ],
  [
    EventType.ACTIVITY_TASK_FAILED,
    activityClosed((event) => event.activityTaskFailedEventAttributes?.scheduledEventId),
  ],
  [
    EventType.ACTIVITY_TASK_TIMED_OUT,
    activityClosed((event) => event.activityTaskTimedOutEventAttributes?.scheduledEventId),
  ],
  [
    EventType.ACTIVITY_TASK_CANCELED,
    activityClosed((event) => event.activityTaskCanceledEventAttributes?.scheduledEventId),
  ],
  [EventType.TIMER_STARTED, timerStarted],
  [EventType.TIMER_FIRED, timerFired],
  [EventType.TIMER_CANCELED, timerCanceled],
];
