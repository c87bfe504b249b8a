import {
  EventType,
  RetryState,
  type StartChildWorkflowExecutionFailedCause as StartFailedCause,
} from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { isOpen } from '../close.ts';
import { addEvent } from '../events.ts';
import type { Child, EventAttributes, Head, Run, RunKey } from '../state.ts';
import { put, remove, type Transition } from '../transition.ts';
import { ensureWorkflowTask } from './workflow-task.ts';

/**
 * A child, as its parent knows it, from the command to the event that closes it.
 *
 *              the child asks               its chain of runs closes
 *   Initiated ───────────────▶ Started ──────────────────────────▶ (gone: COMPLETED, FAILED, …)
 *       │ its id is taken         │ the parent closes
 *       ▼                         ▼
 *   (gone: START_…_FAILED)     Closing ──────▶ (gone, once the parent close policy was applied; at once if it is ABANDON)
 *
 * Two runs that know of each other cannot change together, so each step is one transition of each, and every one of
 * them can be repeated: whoever has something to tell keeps saying so in its own state until the other has heard it.
 *
 *   the parent's entry       `initiated`    → the child is started; its request id tells a second try from another start
 *   the new child's head     awaitsParent   → the parent writes CHILD_…_STARTED, then the child gets its first task
 *   the closed child's head  parentToTell   → the parent writes CHILD_…_COMPLETED or the like
 *   the closed parent's      `closing`      → the child is terminated or asked to cancel
 *
 * The result comes from the last run of the child's chain; STARTED names the first one.
 * Reference: history (transfer queue, start child and close execution), recorded conversations, theme `children`.
 */
export type ChildClosing = Pick<HistoryEvent, 'eventType'> & EventAttributes;

/** What a child's events on the parent's side have in common. */
const attributesOf = (t: Transition, { initiatedEventId, namespaceId, workflowType }: Child) => ({
  initiatedEventId,
  namespace: t.namespace.name,
  namespaceId,
  workflowType: { name: workflowType },
});

/**
 * The child exists and asks to be written down. False when the parent does not know it (any more): it closed, or
 * another run has taken the place.
 */
export function recordChildStarted(
  t: Transition,
  initiatedEventId: number,
  firstRunId: string,
  header: Uint8Array | null,
): boolean {
  const child = t.run.children.get(initiatedEventId);
  if (!child) return false;
  if (child.state !== 'initiated') return child.runId === firstRunId;
  addStarted(t, child, firstRunId, header);
  ensureWorkflowTask(t);
  return true;
}

function addStarted(t: Transition, child: Child, firstRunId: string, header: Uint8Array | null): Child {
  const started: Child = { ...child, runId: firstRunId, state: 'started' };
  put(t, 'children', child.initiatedEventId, started);
  addEvent(t, EventType.CHILD_WORKFLOW_EXECUTION_STARTED, {
    childWorkflowExecutionStartedEventAttributes: {
      ...attributesOf(t, child),
      workflowExecution: { workflowId: child.workflowId, runId: firstRunId },
      header,
    },
  });
  return started;
}

/** The child cannot be started. */
export function recordChildStartFailed(
  t: Transition,
  initiatedEventId: number,
  cause: StartFailedCause,
  control: string,
): void {
  const child = t.run.children.get(initiatedEventId);
  if (child?.state !== 'initiated') return;
  remove(t, 'children', initiatedEventId);
  addEvent(t, EventType.START_CHILD_WORKFLOW_EXECUTION_FAILED, {
    startChildWorkflowExecutionFailedEventAttributes: {
      ...attributesOf(t, child),
      workflowId: child.workflowId,
      cause,
      control,
    },
  });
  ensureWorkflowTask(t);
}

/** The child's chain of runs ended with `run`, by `closing`. A parent that waits for no such child lets it be. */
export function recordChildClosed(t: Transition, run: Run, closing: ChildClosing): void {
  const { parentInitiatedEventId, firstExecutionRunId, header } = run.started;
  let child = t.run.children.get(parentInitiatedEventId);
  if (!isOpen(t.run) || !child || child.workflowId !== run.key.workflowId) return;
  if (child.state === 'initiated') child = addStarted(t, child, firstExecutionRunId, header);
  if (child.runId !== firstExecutionRunId) return;
  remove(t, 'children', parentInitiatedEventId);
  const { startedEventId } = child;
  const attributes = { ...attributesOf(t, child), startedEventId, workflowExecution: executionOf(run.key) };
  const [eventType, fields] = closingEvent(closing, attributes);
  addEvent(t, eventType, fields);
  ensureWorkflowTask(t);
}

const executionOf = ({ workflowId, runId }: RunKey) => ({ workflowId, runId });

type Common = ReturnType<typeof attributesOf> & { startedEventId: number; workflowExecution: object };

function closingEvent(closing: ChildClosing, common: Common): [EventType, EventAttributes] {
  switch (closing.eventType) {
    case EventType.WORKFLOW_EXECUTION_COMPLETED: {
      const result = closing.workflowExecutionCompletedEventAttributes?.result ?? null;
      return [
        EventType.CHILD_WORKFLOW_EXECUTION_COMPLETED,
        { childWorkflowExecutionCompletedEventAttributes: { ...common, result } },
      ];
    }
    case EventType.WORKFLOW_EXECUTION_FAILED: {
      const { failure = null, retryState = RetryState.UNSPECIFIED } =
        closing.workflowExecutionFailedEventAttributes ?? {};
      return [
        EventType.CHILD_WORKFLOW_EXECUTION_FAILED,
        { childWorkflowExecutionFailedEventAttributes: { ...common, failure, retryState } },
      ];
    }
    case EventType.WORKFLOW_EXECUTION_CANCELED: {
      const details = closing.workflowExecutionCanceledEventAttributes?.details ?? null;
      return [
        EventType.CHILD_WORKFLOW_EXECUTION_CANCELED,
        { childWorkflowExecutionCanceledEventAttributes: { ...common, details } },
      ];
    }
    case EventType.WORKFLOW_EXECUTION_TIMED_OUT: {
      const retryState = closing.workflowExecutionTimedOutEventAttributes?.retryState ?? RetryState.UNSPECIFIED;
      return [
        EventType.CHILD_WORKFLOW_EXECUTION_TIMED_OUT,
        { childWorkflowExecutionTimedOutEventAttributes: { ...common, retryState } },
      ];
    }
    case EventType.WORKFLOW_EXECUTION_TERMINATED:
      return [
        EventType.CHILD_WORKFLOW_EXECUTION_TERMINATED,
        { childWorkflowExecutionTerminatedEventAttributes: common },
      ];
    default:
      throw new Error(`a child closed with event type ${closing.eventType}`);
  }
}

/** The parent has written the start down: the child may begin. */
export function beginChild(t: Transition): void {
  t.run.head.awaitsParent = false;
  ensureWorkflowTask(t);
}

/**
 * Whether the run is the child that this parent started with this event. A parent that a reset made also has the
 * children that were asked for in the part of its history which it inherited.
 */
export function isChildOf(run: Run, { key, head }: Run, initiatedEventId?: number): boolean {
  const { parentWorkflowExecution, parentWorkflowNamespaceId, parentInitiatedEventId } = run.started;
  if (parentWorkflowExecution?.workflowId !== key.workflowId || parentWorkflowNamespaceId !== key.namespaceId)
    return false;
  if (initiatedEventId !== undefined && parentInitiatedEventId !== initiatedEventId) return false;
  const { runId } = parentWorkflowExecution;
  return runId === key.runId || inherits(head, runId, parentInitiatedEventId);
}

/** Whether a run's history begins with that of another one, up to this event at least. */
export const inherits = ({ forkedFrom }: Head, runId: string, eventId: number): boolean =>
  forkedFrom.some((fork) => fork.runId === runId && eventId < fork.beforeEventId);
