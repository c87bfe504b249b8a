import type { coresdk, temporal } from '@perdure/proto';
import { randomnessSeed } from './seed.ts';

type Started = temporal.api.history.v1.IWorkflowExecutionStartedEventAttributes;

/** What the code is told of the start of its run. */
export function initialization(
  workflowId: string,
  started: Started,
): Pick<coresdk.workflow_activation.IWorkflowActivationJob, 'initializeWorkflow'> {
  return {
    initializeWorkflow: {
      ...ids(workflowId, started),
      arguments: started.input?.payloads ?? [],
      headers: started.header?.fields ?? {},
      identity: started.identity ?? '',
      attempt: started.attempt ?? 0,
      ...times(started),
      retryPolicy: started.retryPolicy ?? null,
      memo: started.memo ?? null,
      searchAttributes: started.searchAttributes ?? null,
      priority: started.priority ?? null,
      ...predecessor(started),
    },
  };
}

function ids(workflowId: string, started: Started) {
  const { parentWorkflowExecution: parent } = started;
  return {
    workflowId,
    workflowType: started.workflowType?.name ?? '',
    randomnessSeed: randomnessSeed(started.originalExecutionRunId ?? ''),
    originalExecutionRunId: started.originalExecutionRunId ?? '',
    firstExecutionRunId: started.firstExecutionRunId ?? '',
    rootWorkflow: started.rootWorkflowExecution ?? null,
    parentWorkflowInfo: parent
      ? {
          namespace: started.parentWorkflowNamespace ?? '',
          runId: parent.runId ?? '',
          workflowId: parent.workflowId ?? '',
        }
      : null,
  };
}

function times(started: Started) {
  return {
    workflowExecutionTimeout: started.workflowExecutionTimeout ?? null,
    workflowRunTimeout: started.workflowRunTimeout ?? null,
    workflowTaskTimeout: started.workflowTaskTimeout ?? null,
    workflowExecutionExpirationTime: started.workflowExecutionExpirationTime ?? null,
    cronSchedule: started.cronSchedule ?? '',
    cronScheduleToScheduleInterval: started.firstWorkflowTaskBackoff ?? null,
  };
}

/** What a run has of the one before it: a retry, a cron's last run, or the one that continued as new. */
function predecessor(started: Started) {
  return {
    continuedFromExecutionRunId: started.continuedExecutionRunId ?? '',
    continuedInitiator: started.initiator ?? null,
    continuedFailure: started.continuedFailure ?? null,
    lastCompletionResult: started.lastCompletionResult ?? null,
  };
}
