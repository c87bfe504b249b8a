import { ResourceExhaustedCause, ResourceExhaustedScope } from '@perdure/api/enums';
import { Request as UpdateRequest } from '@perdure/api/update';
import { failedPrecondition, notFound, resourceExhausted, workflowNotReady } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { isTaskWithWorker } from '../events.ts';
import { tooManyUpdates, totalUpdates, updatesInFlight } from '../machines/update.ts';
import { scheduleWorkflowTask } from '../machines/workflow-task.ts';
import type { Run } from '../state.ts';
import type { Transition } from '../transition.ts';
import { put } from '../transition.ts';

/** A run whose task failed this often would fail an update as well, which comes after all events. */
const FAILING_ATTEMPT = 3;

/**
 * Admits an update, or finds the one that has its id already. Writes nothing: the task made for it is speculative.
 *
 * Throws NOT_FOUND when the run is closed and does not know the update, FAILED_PRECONDITION when it cannot process
 * updates, RESOURCE_EXHAUSTED above the limits. Reference: history/api/updateworkflow.
 */
export function admitUpdate(t: Transition, updateId: string, request: UpdateRequest): void {
  const { run, limits } = t;
  const { head } = run;
  if (!isOpen(run)) {
    if (run.updates.has(updateId)) return;
    throw notFound('workflow execution already completed');
  }
  if (head.pause) throw failedPrecondition('Workflow is paused. Cannot update the workflow.');
  if (head.workflowTaskAttempt >= FAILING_ATTEMPT)
    throw workflowNotReady('Unable to perform workflow execution update due to Workflow Task in failed state.');
  if (head.closeAttempted && isTaskWithWorker(t))
    throw busy('workflow operation can not be applied because workflow is closing');
  if (run.updates.has(updateId) || run.pendingUpdates.has(updateId)) return;
  if (updatesInFlight(run) >= limits.maxInFlightUpdates)
    throw tooMuch(`limit on number of concurrent in-flight updates has been reached (${limits.maxInFlightUpdates})`);
  if (totalUpdates(run) >= limits.maxUpdates) throw failedPrecondition(tooManyUpdates(limits.maxUpdates));
  if (pendingBytes(run) + UpdateRequest.encode(request).length >= limits.maxInFlightUpdateBytes)
    throw tooMuch(
      `limit on total payload size of in-flight updates has been reached (${limits.maxInFlightUpdateBytes} bytes)`,
    );
  put(t, 'pendingUpdates', updateId, { updateId, request, sent: false });
  // A start delay or back-off does not hold it back; a child that its parent does not know of yet has to wait.
  if (!head.workflowTask && !head.awaitsParent) scheduleWorkflowTask(t, { speculative: !t.creates });
}

function pendingBytes(run: Run): number {
  let bytes = 0;
  for (const { request } of run.pendingUpdates.values()) bytes += UpdateRequest.encode(request).length;
  return bytes;
}

const busy = (message: string) =>
  resourceExhausted(ResourceExhaustedCause.BUSY_WORKFLOW, ResourceExhaustedScope.NAMESPACE, message);
const tooMuch = (message: string) =>
  resourceExhausted(ResourceExhaustedCause.CONCURRENT_LIMIT, ResourceExhaustedScope.NAMESPACE, message);
