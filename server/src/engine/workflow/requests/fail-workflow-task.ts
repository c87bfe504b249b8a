import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import type { RespondWorkflowTaskFailedRequest } from '@perdure/api/workflowservice';
import { notFound } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { ensureWorkflowTask, failWorkflowTask as failTask } from '../machines/workflow-task.ts';
import type { Transition } from '../transition.ts';
import type { TaskReference } from './complete-workflow-task.ts';
import { startedTask } from './complete-workflow-task.ts';
import { terminateRun } from './terminate.ts';

/**
 * A worker could not process its workflow task: the next attempt follows. Throws NOT_FOUND when the run is closed or the
 * task is no longer the worker's. Reference: history/api/respondworkflowtaskfailed.
 */
export function failWorkflowTask(
  t: Transition,
  reference: TaskReference,
  request: RespondWorkflowTaskFailedRequest,
): void {
  if (!isOpen(t.run)) throw notFound('workflow execution already completed');
  startedTask(t, reference);
  const { cause, failure, identity, binaryChecksum } = request;
  if (cause === WorkflowTaskFailedCause.GRPC_MESSAGE_TOO_LARGE) {
    // The next attempt's answer would be too large again.
    terminateRun(t, { reason: 'GrpcMessageTooLarge', details: null, identity: 'history-service' });
    return;
  }
  failTask(t, { cause, failure, identity, binaryChecksum });
  ensureWorkflowTask(t);
}
