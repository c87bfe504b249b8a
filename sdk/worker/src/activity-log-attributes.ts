import type { Info } from '@perdure/activity';

/** What every log of an activity says of it. */
export function activityLogAttributes(info: Info): Record<string, unknown> {
  const attributes: Record<string, unknown> = {
    isLocal: info.isLocal,
    attempt: info.attempt,
    namespace: info.namespace,
    taskToken: info.base64TaskToken,
    activityId: info.activityId,
    activityType: info.activityType,
    taskQueue: info.taskQueue,
  };
  if (info.inWorkflow) {
    attributes['workflowId'] = info.workflowExecution?.workflowId;
    attributes['workflowRunId'] = info.workflowExecution?.runId;
    attributes['workflowType'] = info.workflowType;
  } else {
    attributes['activityRunId'] = info.activityRunId;
  }
  return attributes;
}
