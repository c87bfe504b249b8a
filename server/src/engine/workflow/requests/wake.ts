import { EventType, RetryState, WorkflowExecutionStatus } from '@perdure/api/enums';
import { closeRun, endTaskForClosing, isOpen } from '../close.ts';
import type { Part } from '../derive.ts';
import { deadlineOf } from '../derive.ts';
import { addEvent } from '../events.ts';
import { activityDue } from '../machines/activity.ts';
import { ensureWorkflowTask, timeOutUnstartedWorkflowTask, timeOutWorkflowTask } from '../machines/workflow-task.ts';
import { continueAfterTimeout } from '../successor.ts';
import { endFastForward } from '../time-skipping.ts';
import type { Transition } from '../transition.ts';
import { remove } from '../transition.ts';

/**
 * Time has come for some parts of the run. `due` holds them in the order of their deadlines; a part whose deadline has
 * moved since is left alone.
 */
export function wake(t: Transition, due: readonly Part[]): void {
  for (const part of due) {
    const deadline = deadlineOf(t.run, part, t.now);
    if (deadline === null || deadline > t.now) continue;
    wakePart(t, part);
    if (!isOpen(t.run)) return;
  }
}

function wakePart(t: Transition, { name, key }: Part): void {
  switch (name) {
    case 'timers':
      return fireTimer(t, String(key));
    case 'activities':
      return activityDue(t, Number(key));
    case 'workflowTask':
      return workflowTaskDue(t);
    case 'backoff':
      t.run.head.backoffUntil = null;
      return ensureWorkflowTask(t);
    case 'run':
      return timeOutRun(t);
    case 'timeSkipping':
      return endFastForward(t);
    default:
      throw new Error(`${name} has no deadline`);
  }
}

function fireTimer(t: Transition, timerId: string): void {
  const timer = t.run.timers.get(timerId);
  if (!timer) return;
  remove(t, 'timers', timerId);
  addEvent(t, EventType.TIMER_FIRED, {
    timerFiredEventAttributes: { timerId, startedEventId: timer.startedEventId },
  });
  ensureWorkflowTask(t);
}

function workflowTaskDue(t: Transition): void {
  if (t.run.head.workflowTask?.startedEventId === 0) timeOutUnstartedWorkflowTask(t);
  else timeOutWorkflowTask(t);
  ensureWorkflowTask(t);
}

function timeOutRun(t: Transition): void {
  const { head } = t.run;
  const wholeChain = head.executionDeadline !== null && head.executionDeadline <= t.now;
  endTaskForClosing(t);
  const { retryState, successorRunId } = wholeChain
    ? { retryState: RetryState.TIMEOUT, successorRunId: '' }
    : continueAfterTimeout(t);
  closeRun(t, {
    status: WorkflowExecutionStatus.TIMED_OUT,
    eventType: EventType.WORKFLOW_EXECUTION_TIMED_OUT,
    fields: { workflowExecutionTimedOutEventAttributes: { retryState, newExecutionRunId: successorRunId } },
    successorRunId,
  });
}
