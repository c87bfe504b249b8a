import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { addEvent } from '../events.ts';
import { requestCancel } from '../machines/activity.ts';
import type { Transition } from '../transition.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused } from './command.ts';

/** REQUEST_CANCEL_ACTIVITY_TASK: tells the worker that has it, or ends an activity that nobody has. */
export const requestCancelActivityTask: ApplyCommand = (t, command, completion) => {
  const cause = Cause.BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES;
  const attributes = command.requestCancelActivityTaskCommandAttributes;
  if (!attributes)
    return refused(cause, 'RequestCancelActivityTaskCommandAttributes is not set on RequestCancelActivityTaskCommand.');
  const { scheduledEventId } = attributes;
  if (scheduledEventId <= 0) return refused(cause, 'ScheduledEventId is not set on RequestCancelActivityTaskCommand.');
  const activity = t.run.activities.get(scheduledEventId);
  // It may be over without the worker knowing: then the request is written all the same.
  if (activity ? activity.cancelRequested : !isResultHeldBack(t, scheduledEventId))
    return refused(
      cause,
      `invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: ${scheduledEventId}`,
    );
  const eventId = addEvent(t, EventType.ACTIVITY_TASK_CANCEL_REQUESTED, {
    activityTaskCancelRequestedEventAttributes: {
      scheduledEventId,
      workflowTaskCompletedEventId: completion.completedEventId,
    },
    ...outerFields(command),
  });
  if (activity && requestCancel(t, activity, eventId, completion.identity)) completion.needsTask = true;
  return null;
};

function isResultHeldBack(t: Transition, scheduledEventId: number): boolean {
  for (const { fields } of t.run.buffered.values()) {
    const result =
      fields.activityTaskCompletedEventAttributes ??
      fields.activityTaskFailedEventAttributes ??
      fields.activityTaskTimedOutEventAttributes ??
      fields.activityTaskCanceledEventAttributes;
    if (result?.scheduledEventId === scheduledEventId) return true;
  }
  return false;
}
