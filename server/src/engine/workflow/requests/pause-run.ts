import { EventType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { failedPrecondition, notFound } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { addEvent } from '../events.ts';
import { ensureWorkflowTask, withdrawWorkflowTask } from '../machines/workflow-task.ts';
import { notePauses } from '../pause-info.ts';
import type { Transition } from '../transition.ts';
import { put } from '../transition.ts';

export interface PauseRequest {
  readonly identity: string;
  readonly reason: string;
  readonly requestId: string;
}

/**
 * Holds the run: no new task is handed out, of the workflow or of its activities. What a worker has may end, timers fire,
 * signals are written; queries and updates are refused. The same request twice is one.
 *
 * Throws NOT_FOUND when the run is closed, FAILED_PRECONDITION when it is paused already.
 * Reference: history/api/pauseworkflow.
 */
export function pauseRun(t: Transition, { identity, reason, requestId }: PauseRequest): void {
  const { run } = t;
  const { head } = run;
  if (!isOpen(run)) throw notFound('workflow execution already completed');
  if (head.pause) {
    if (requestId !== '' && head.pause.requestId === requestId) return;
    throw failedPrecondition('workflow is already paused.');
  }
  addEvent(t, EventType.WORKFLOW_EXECUTION_PAUSED, {
    workflowExecutionPausedEventAttributes: { identity, reason, requestId },
  });
  head.status = WorkflowExecutionStatus.PAUSED;
  head.pause = { time: t.now, identity, reason, requestId };
  renewActivityTasks(t);
  if (head.workflowTask?.startedEventId === 0) withdrawWorkflowTask(t);
  notePauses(t);
}

/**
 * Lets a paused run go on, with a workflow task. Throws NOT_FOUND when it is closed, FAILED_PRECONDITION when it is not
 * paused. Reference: history/api/unpauseworkflow.
 */
export function unpauseRun(t: Transition, { identity, reason, requestId }: PauseRequest): void {
  const { run } = t;
  const { head } = run;
  if (!isOpen(run)) throw notFound('workflow execution already completed');
  if (!head.pause) throw failedPrecondition('workflow is not paused.');
  addEvent(t, EventType.WORKFLOW_EXECUTION_UNPAUSED, {
    workflowExecutionUnpausedEventAttributes: { identity, reason, requestId },
  });
  head.status = WorkflowExecutionStatus.RUNNING;
  head.pause = null;
  renewActivityTasks(t);
  notePauses(t);
  ensureWorkflowTask(t);
}

/** Makes those that are in queues stale, and those that are to be in queues due anew. */
function renewActivityTasks(t: Transition): void {
  for (const [id, activity] of t.run.activities)
    if (activity.state === 'scheduled') put(t, 'activities', id, { ...activity, stamp: activity.stamp + 1 });
}
