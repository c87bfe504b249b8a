import { EventType, WorkflowExecutionStatus, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { HistoryEvent } from '@perdure/api/history';
import { invalidArgument } from '../../../kernel/errors.ts';
import { durationMs } from '../../../kernel/time.ts';
import { closeRun, endTaskForClosing } from '../close.ts';
import { noteStartRequest } from '../create.ts';
import { addEvent } from '../events.ts';
import { ensureWorkflowTask, startWorkflowTask } from '../machines/workflow-task.ts';
import { replay } from '../replay.ts';
import type { Child, Run } from '../state.ts';
import { type Batch, type Context, put, type Transition } from '../transition.ts';
import { type Exclusions, type Reappliable, reapply } from './reapply.ts';

/**
 * A reset: a new run that begins with the base run's history up to a workflow task, which then fails, so that the
 * workflow goes on from there anew. What came from outside after that point is applied again; what the workflow did by
 * itself is not. The latest run, if open, is terminated in the same turn.
 * Reference: history/ndc (workflow resetter); recorded conversations, theme `ending`.
 */
export interface Reset {
  readonly newRunId: string;
  readonly base: Run;
  /** The first event of the base run that is left out. */
  readonly finishEventId: number;
  /** The base run's history before that event, as it is to be stored, and decoded. */
  readonly history: readonly Batch[];
  readonly events: readonly HistoryEvent[];
  /** What came after it, in the base run and those that continued it. */
  readonly later: readonly Reappliable[];
  readonly exclude: Exclusions;
  readonly reason: string;
  /** Done to the new run before its first task is made. */
  readonly alongWith?: (t: Transition) => void;
}

const HISTORY_SERVICE = 'history-service';

/** The new run. Throws INVALID_ARGUMENT unless a workflow task is open at the point where the history is cut. */
export function resetRun(context: Context, reset: Reset): Transition {
  const { base, newRunId, finishEventId, history, events } = reset;
  const fork = { runId: base.key.runId, beforeEventId: finishEventId, time: context.now };
  const t = replay(context, { ...base.key, runId: newRunId }, events, [fork, ...base.head.forkedFrom]);
  t.inherited = history;
  for (const { bytes } of history) t.run.head.historySize += bytes.length;
  const startRequestId = startRequestOf(base);
  if (startRequestId !== '') noteStartRequest(t, startRequestId);
  beginAnew(t);
  failTask(t, reset);
  for (const event of reset.later) reapply(t, event, reset.exclude);
  reset.alongWith?.(t);
  ensureWorkflowTask(t);
  return t;
}

/** The request that started the run, or ''. A run that a reset made has that of the run it was made of. */
export function startRequestOf({ requests }: Run): string {
  for (const { requestId, eventType } of requests.values())
    if (eventType === EventType.WORKFLOW_EXECUTION_STARTED) return requestId;
  return '';
}

/** The run's timeouts count from now, and its activities wait for a worker from now on. Timers fire when they would have. */
function beginAnew(t: Transition): void {
  const { head, started, activities } = t.run;
  const executionTimeout = durationMs(started.workflowExecutionTimeout);
  const runTimeout = durationMs(started.workflowRunTimeout);
  if (executionTimeout > 0) head.executionDeadline = t.now + executionTimeout;
  head.runDeadline = runTimeout > 0 ? t.now + runTimeout : null;
  if (head.runDeadline !== null && executionTimeout > 0)
    head.runDeadline = Math.min(head.runDeadline, t.now + executionTimeout);
  for (const [key, activity] of activities)
    put(t, 'activities', key, { ...activity, firstScheduledTime: t.now, scheduledTime: t.now });
}

function failTask(t: Transition, { base, newRunId, finishEventId, reason }: Reset): void {
  const { head } = t.run;
  if (!head.workflowTask)
    throw invalidArgument(
      `Can only reset workflow to event ID in range [WorkflowTaskScheduled +1, WorkflowTaskStarted + 1]: ${finishEventId}`,
    );
  const task =
    head.workflowTask.startedEventId === 0
      ? startWorkflowTask(t, { requestId: t.random.uuid(), identity: HISTORY_SERVICE })
      : head.workflowTask;
  head.workflowTask = null;
  head.workflowTaskAttempt = 1;
  addEvent(t, EventType.WORKFLOW_TASK_FAILED, {
    workflowTaskFailedEventAttributes: {
      scheduledEventId: task.scheduledEventId,
      startedEventId: task.startedEventId,
      cause: WorkflowTaskFailedCause.RESET_WORKFLOW,
      failure: Failure.encode({ message: reason, resetWorkflowFailureInfo: {} }),
      identity: HISTORY_SERVICE,
      baseRunId: base.key.runId,
      newRunId,
    },
  });
}

/** How the latest run ends when it is reset, or one before it in its chain is. */
export function terminateForReset(t: Transition, reason: string, keeps: (child: Child) => boolean): void {
  endTaskForClosing(t);
  closeRun(t, {
    status: WorkflowExecutionStatus.TERMINATED,
    eventType: EventType.WORKFLOW_EXECUTION_TERMINATED,
    fields: { workflowExecutionTerminatedEventAttributes: { reason, identity: 'history-resetter' } },
    forReset: { keeps },
  });
}
