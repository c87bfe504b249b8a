import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import type { RespondWorkflowTaskFailedRequest } from '@perdure/api/workflowservice';
import { failWorkflowTask as failTask, scheduleWorkflowTask } from '../machines/workflow-task.ts';
import type { Transition } from '../transition.ts';
import type { TaskReference } from './complete-workflow-task.ts';
import { startedTask } from './complete-workflow-task.ts';
import { terminateRun } from './terminate.ts';

/** A worker could not process its workflow task: the next attempt follows. */
export function failWorkflowTask(
  t: Transition,
  reference: TaskReference,
  request: RespondWorkflowTaskFailedRequest,
): void {
  startedTask(t, reference);
  const { cause, failure, identity, binaryChecksum } = request;
  failTask(t, { cause, failure, identity, binaryChecksum });
  // The same answer would be too large again. Reference: RespondWorkflowTaskFailed.
  if (cause === WorkflowTaskFailedCause.GRPC_MESSAGE_TOO_LARGE)
    terminateRun(t, { reason: 'GrpcMessageTooLarge', details: null, identity: 'history-service' });
  else scheduleWorkflowTask(t);
}
