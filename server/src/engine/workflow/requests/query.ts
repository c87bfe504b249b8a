import { QueryRejectCondition, WorkflowExecutionStatus } from '@perdure/api/enums';
import { workflowNotReady } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import type { Run } from '../state.ts';

/** A run whose task failed this often would fail a query as well. */
const FAILING_ATTEMPT = 3;

/** How a query gets to a worker; or that its sender does not want it answered in the state that the run is in. */
export type QueryRoute = 'rejected' | 'directly' | 'with-task';

/**
 * Decides how a query is answered such that every event of this moment was processed before.
 * `deadline`: how long its sender waits (epoch ms). Throws FAILED_PRECONDITION when nothing would come of it.
 * Reference: history/api/queryworkflow.
 */
export function routeQuery(run: Run, rejectCondition: QueryRejectCondition, deadline: number): QueryRoute {
  const { head } = run;
  const open = isOpen(run);
  if (isRejected(head.status, rejectCondition)) return 'rejected';
  const hasCompletedTask = head.previousStartedEventId !== 0;
  if (!open && !hasCompletedTask) throw workflowNotReady('Workflow execution closed before WorkflowTaskStarted event');
  if (!hasCompletedTask && !head.workflowTask && head.backoffUntil !== null && head.backoffUntil > deadline)
    throw workflowNotReady('Workflow task is not scheduled yet.');
  if (head.workflowTaskAttempt >= FAILING_ATTEMPT)
    throw workflowNotReady('Unable to query workflow due to Workflow Task in failed state.');
  return hasCompletedTask && (!open || !head.workflowTask) ? 'directly' : 'with-task';
}

function isRejected(status: WorkflowExecutionStatus, condition: QueryRejectCondition): boolean {
  switch (status) {
    case WorkflowExecutionStatus.RUNNING:
      return false;
    case WorkflowExecutionStatus.PAUSED:
      return true;
    case WorkflowExecutionStatus.COMPLETED:
      return condition === QueryRejectCondition.NOT_OPEN;
    default:
      return condition === QueryRejectCondition.NOT_OPEN || condition === QueryRejectCondition.NOT_COMPLETED_CLEANLY;
  }
}
