import { EventType, WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { closeRun } from '../close.ts';
import type { ApplyCommand } from './command.ts';
import { outerFields, refused } from './command.ts';

/** CANCEL_WORKFLOW_EXECUTION: the workflow followed a request to cancel; neither retry nor cron carries on. */
export const cancelWorkflowExecution: ApplyCommand = (t, command, completion) => {
  const attributes = command.cancelWorkflowExecutionCommandAttributes;
  if (completion.unseenEvents) return refused(WorkflowTaskFailedCause.UNHANDLED_COMMAND, 'UnhandledCommand');
  if (!attributes)
    return refused(
      WorkflowTaskFailedCause.BAD_CANCEL_WORKFLOW_EXECUTION_ATTRIBUTES,
      'CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.',
    );
  closeRun(t, {
    status: WorkflowExecutionStatus.CANCELED,
    eventType: EventType.WORKFLOW_EXECUTION_CANCELED,
    fields: {
      workflowExecutionCanceledEventAttributes: {
        details: attributes.details,
        workflowTaskCompletedEventId: completion.completedEventId,
      },
      ...outerFields(command),
    },
  });
  return null;
};
