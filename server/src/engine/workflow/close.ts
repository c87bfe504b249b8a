import type { WorkflowExecutionStatus } from '@perdure/api/enums';
import { type EventType, ParentClosePolicy, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { addEvent, flushBuffered, isTaskWithWorker } from './events.ts';
import { scheduleCallbacks } from './machines/callback.ts';
import { dropWorkflowTask, failWorkflowTask } from './machines/workflow-task.ts';
import type { Child, EventAttributes, Run } from './state.ts';
import type { Transition } from './transition.ts';
import { put, putDerived, remove } from './transition.ts';

export const isOpen = (run: Run): boolean => run.head.closeEventId === 0;

export interface Closing {
  readonly status: WorkflowExecutionStatus;
  readonly eventType: EventType;
  readonly fields: EventAttributes;
  /** The run that carries on, or ''. */
  readonly successorRunId?: string;
  /** By a reset: the new run is the one whose result the parent waits for, and the children kept go on with it. */
  readonly forReset?: { readonly keeps: (child: Child) => boolean };
}

/**
 * Writes the closing event and leaves only what outlives the run: children to which the parent close policy is still
 * to be applied, signals and cancel requests on their way, updates that are in history, and a parent to be told.
 * What the same task's messages still say of updates is heard first; the others are aborted when the transition ends.
 */
export function closeRun(t: Transition, { status, eventType, fields, successorRunId = '', forReset }: Closing): void {
  const { run } = t;
  dropWorkflowTask(t);
  keepWhatIsPending(run);
  const closeEventId = addEvent(t, eventType, fields);
  markClosed(t, status, closeEventId, successorRunId);
  run.head.parentToTell = successorRunId === '' && run.started.parentWorkflowExecution !== null && !forReset;
  if (forReset) for (const [key, child] of run.children) if (forReset.keeps(child)) remove(t, 'children', key);
  leaveChildren(t);
  leaveExternals(t);
  // A run that carries on has them.
  const carriedOn = t.successors.some((next) => next.run.callbacks.size > 0);
  if (!forReset && !carriedOn) scheduleCallbacks(t);
}

/** Reference: what was pending stays in the state of a closed run, and is described like that of an open one. */
function keepWhatIsPending({ head, activities, children }: Run): void {
  if (activities.size > 0) head.abandonedActivities = [...activities.values()];
  if (children.size > 0) head.abandonedChildren = [...children.values()];
}

/** What is true of a run from its closing event on. */
export function markClosed(
  t: Transition,
  status: WorkflowExecutionStatus,
  closeEventId: number,
  successorRunId: string,
): void {
  const { run } = t;
  const { head } = run;
  head.status = status;
  head.closeTime = t.now;
  head.closeEventId = closeEventId;
  head.successorRunId = successorRunId;
  head.sticky = null;
  head.backoffUntil = null;
  head.runDeadline = null;
  head.executionDeadline = null;
  for (const [key, { activityId }] of run.activities) {
    remove(t, 'activities', key);
    putDerived(t, run.activityIds, activityId, undefined);
  }
  for (const key of run.timers.keys()) remove(t, 'timers', key);
  for (const key of run.buffered.keys()) remove(t, 'buffered', key);
  head.bufferedBytes = 0;
}

/**
 * Before a run is closed from outside: a task that is with a worker fails, and what was held back is written.
 * Reference: recorded conversations, theme `ending`.
 */
export function endTaskForClosing(t: Transition): void {
  const task = t.run.head.workflowTask;
  if (isTaskWithWorker(t) && (task?.recorded || task?.speculative)) {
    failWorkflowTask(t, {
      cause: WorkflowTaskFailedCause.FORCE_CLOSE_COMMAND,
      failure: null,
      identity: 'history-service',
      binaryChecksum: '',
    });
  } else if (task?.startedEventId === 0 && !task.speculative) {
    t.run.head.abandonedTask = task;
  }
  dropWorkflowTask(t);
  flushBuffered(t);
}

/** What the same task asked for is not sent any more, as in the reference; what was on its way by then arrives. */
function leaveExternals(t: Transition): void {
  for (const key of t.fresh.get('externals') ?? []) remove(t, 'externals', Number(key));
}

/** The parent close policy concerns children that were started; others are never started any more. */
function leaveChildren(t: Transition): void {
  for (const [key, child] of t.run.children) {
    const outlives = child.state === 'initiated' || child.parentClosePolicy === ParentClosePolicy.ABANDON;
    if (outlives) remove(t, 'children', key);
    else put(t, 'children', key, { ...child, state: 'closing' });
  }
}
