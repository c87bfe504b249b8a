import { EventType, WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { closeRun } from '../close.ts';
import { continueAfterFailure } from '../successor.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused, terminating } from './command.ts';

/** FAIL_WORKFLOW_EXECUTION: closes the run as failed; its retry policy, then its cron schedule, may carry on. */
export const failWorkflowExecution: ApplyCommand = (t, command, completion) => {
  const attributes = command.failWorkflowExecutionCommandAttributes;
  const cause = WorkflowTaskFailedCause.BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES;
  if (completion.unseenEvents) return refused(WorkflowTaskFailedCause.UNHANDLED_COMMAND, 'UnhandledCommand');
  if (!attributes)
    return refused(cause, 'FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand.');
  if (!attributes.failure) return refused(cause, 'Failure is not set on FailWorkflowExecutionCommand.');
  if (attributes.failure.length > t.limits.blobSizeError)
    return terminating(cause, 'FailWorkflowExecutionCommandAttributes.Failure exceeds size limit.');
  const { retryState, successorRunId } = continueAfterFailure(t, attributes.failure);
  closeRun(t, {
    status: WorkflowExecutionStatus.FAILED,
    eventType: EventType.WORKFLOW_EXECUTION_FAILED,
    fields: {
      workflowExecutionFailedEventAttributes: {
        failure: attributes.failure,
        retryState,
        workflowTaskCompletedEventId: completion.completedEventId,
        newExecutionRunId: successorRunId,
      },
      ...outerFields(command),
    },
    successorRunId,
  });
  return null;
};
