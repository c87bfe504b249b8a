/** A task of the activity queue, in the words of what both kinds of activities are started with. */
import type { coresdk, temporal } from '@perdure/proto';

export type ActivityStart = coresdk.activity_task.IStart;
export type ActivityResult = coresdk.activity_result.IActivityExecutionResult;
export type ActivityTask = temporal.api.workflowservice.v1.IPollActivityTaskQueueResponse;

export function startOfTask(task: ActivityTask): ActivityStart {
  return {
    workflowNamespace: task.workflowNamespace ?? '',
    workflowType: task.workflowType?.name ?? '',
    workflowExecution: task.workflowExecution ?? null,
    activityId: task.activityId ?? '',
    activityType: task.activityType?.name ?? '',
    headerFields: task.header?.fields ?? {},
    input: task.input?.payloads ?? [],
    heartbeatDetails: task.heartbeatDetails?.payloads ?? [],
    scheduledTime: task.scheduledTime ?? null,
    currentAttemptScheduledTime: task.currentAttemptScheduledTime ?? null,
    startedTime: task.startedTime ?? null,
    attempt: task.attempt ?? 1,
    scheduleToCloseTimeout: task.scheduleToCloseTimeout ?? null,
    startToCloseTimeout: task.startToCloseTimeout ?? null,
    heartbeatTimeout: task.heartbeatTimeout ?? null,
    retryPolicy: task.retryPolicy ?? null,
    priority: task.priority ?? null,
    isLocal: false,
    runId: task.activityRunId ?? '',
  };
}
