import type { ScheduleActivityTaskCommandAttributes } from '@perdure/api/command';
import { WorkflowTaskFailedCause as Cause, EventType } from '@perdure/api/enums';
import { durationMs, toDuration } from '../../../kernel/time.ts';
import { addEvent } from '../events.ts';
import { activityOfId, scheduleActivity } from '../machines/activity.ts';
import type { Transition } from '../transition.ts';
import type { ActivityOptions } from './activity-options.ts';
import { activityOptions } from './activity-options.ts';
import type { ApplyCommand, Refused } from './command.ts';
import { outerFields, refused, terminating } from './command.ts';

/** SCHEDULE_ACTIVITY_TASK: a new pending activity. A worker that wants it at once gets it with the answer. */
export const scheduleActivityTask: ApplyCommand = (t, command, completion) => {
  const attributes = command.scheduleActivityTaskCommandAttributes;
  const cause = Cause.BAD_SCHEDULE_ACTIVITY_ATTRIBUTES;
  if (!attributes)
    return refused(cause, 'ScheduleActivityTaskCommandAttributes is not set on ScheduleActivityTaskCommand.');
  const { started } = t.run;
  const options = activityOptions(
    attributes,
    durationMs(started.workflowRunTimeout),
    started.taskQueue?.name ?? '',
    t.limits,
  );
  if (typeof options === 'string') return refused(cause, options);
  const refusal = check(t, attributes, options);
  if (refusal) return refusal;
  const { activityId, activityType, priority } = attributes;
  const { taskQueue, retryPolicy, ...timeouts } = options;
  const workflowTaskCompletedEventId = completion.completedEventId;
  const scheduledEventId = addEvent(t, EventType.ACTIVITY_TASK_SCHEDULED, {
    activityTaskScheduledEventAttributes: {
      activityId,
      activityType,
      taskQueue,
      header: attributes.header,
      input: attributes.input,
      // Zero is written, too: readers expect to find them.
      scheduleToCloseTimeout: toDuration(timeouts.scheduleToCloseTimeout),
      scheduleToStartTimeout: toDuration(timeouts.scheduleToStartTimeout),
      startToCloseTimeout: toDuration(timeouts.startToCloseTimeout),
      heartbeatTimeout: toDuration(timeouts.heartbeatTimeout),
      workflowTaskCompletedEventId,
      retryPolicy,
      useWorkflowBuildId: attributes.useWorkflowBuildId,
      priority,
    },
    ...outerFields(command),
  });
  scheduleActivity(t, {
    scheduledEventId,
    activityId,
    activityType: activityType?.name ?? '',
    taskQueue: taskQueue.name,
    retryPolicy,
    priority,
    ...timeouts,
    workflowTaskCompletedEventId,
  });
  const mayStart = t.limits.eagerActivities && t.run.head.pause === null;
  if (attributes.requestEagerExecution && mayStart) completion.eagerActivities.push(scheduledEventId);
  return null;
};

function check(
  t: Transition,
  attributes: ScheduleActivityTaskCommandAttributes,
  { taskQueue }: ActivityOptions,
): Refused | null {
  const cause = Cause.BAD_SCHEDULE_ACTIVITY_ATTRIBUTES;
  if (attributes.useWorkflowBuildId && taskQueue.name !== t.run.started.taskQueue?.name)
    return refused(cause, 'Activity with UseCompatibleVersion cannot run on different task queue.');
  if ((attributes.input?.length ?? 0) > t.limits.blobSizeError)
    return terminating(cause, 'ScheduleActivityTaskCommandAttributes.Input exceeds size limit.');
  const { size } = t.run.activities;
  const limit = t.limits.maxPendingActivities;
  if (size >= limit)
    return refused(
      Cause.PENDING_ACTIVITIES_LIMIT_EXCEEDED,
      `the number of pending activities, ${size}, has reached the per-workflow limit of ${limit}`,
    );
  if (activityOfId(t.run, attributes.activityId))
    return refused(
      Cause.SCHEDULE_ACTIVITY_DUPLICATE_ID,
      `invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: ${attributes.activityId}`,
    );
  return null;
}
