import { EventType, WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { closeRun } from '../close.ts';
import { continueAfterCompletion } from '../successor.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused, terminating } from './command.ts';

/** COMPLETE_WORKFLOW_EXECUTION: closes the run, or has its cron schedule go on with the next one. */
export const completeWorkflowExecution: ApplyCommand = (t, command, completion) => {
  const attributes = command.completeWorkflowExecutionCommandAttributes;
  const cause = WorkflowTaskFailedCause.BAD_COMPLETE_WORKFLOW_EXECUTION_ATTRIBUTES;
  if (completion.unseenEvents) return refused(WorkflowTaskFailedCause.UNHANDLED_COMMAND, 'UnhandledCommand');
  if (!attributes)
    return refused(cause, 'CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.');
  if ((attributes.result?.length ?? 0) > t.limits.blobSizeError)
    // Reference: it gives the cause of another command here.
    return terminating(
      WorkflowTaskFailedCause.BAD_SCHEDULE_ACTIVITY_ATTRIBUTES,
      'CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.',
    );
  const successorRunId = continueAfterCompletion(t, attributes.result);
  closeRun(t, {
    status: WorkflowExecutionStatus.COMPLETED,
    eventType: EventType.WORKFLOW_EXECUTION_COMPLETED,
    fields: {
      workflowExecutionCompletedEventAttributes: {
        result: attributes.result,
        workflowTaskCompletedEventId: completion.completedEventId,
        newExecutionRunId: successorRunId,
      },
      ...outerFields(command),
    },
    successorRunId,
  });
  return null;
};
