import { EventType } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import type { External } from '../state.ts';
import { put, remove, type Transition } from '../transition.ts';
import { type Fold, type Folds, need } from './fold.ts';

/** Children, and signals and cancel requests on their way. */

const childInitiated: Fold = (t, event) => {
  const attributes = need(event.startChildWorkflowExecutionInitiatedEventAttributes, event);
  const { namespace, namespaceId, workflowId, workflowType, parentClosePolicy } = attributes;
  put(t, 'children', event.eventId, {
    initiatedEventId: event.eventId,
    namespace,
    namespaceId,
    workflowId,
    workflowType: workflowType?.name ?? '',
    requestId: t.random.uuid(),
    runId: '',
    startedEventId: 0,
    parentClosePolicy,
    state: 'initiated',
  });
};

const childStarted: Fold = (t, event) => {
  const { initiatedEventId, workflowExecution } = need(event.childWorkflowExecutionStartedEventAttributes, event);
  const child = t.run.children.get(initiatedEventId);
  if (!child) return;
  const runId = workflowExecution?.runId ?? '';
  put(t, 'children', initiatedEventId, { ...child, runId, startedEventId: event.eventId, state: 'started' });
};

/** The child that an event closes, by the event that asked for it; undefined for other events. */
const closedChildOf = (event: Partial<HistoryEvent>): number | undefined =>
  (
    event.startChildWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionCompletedEventAttributes ??
    event.childWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionTimedOutEventAttributes ??
    event.childWorkflowExecutionCanceledEventAttributes ??
    event.childWorkflowExecutionTerminatedEventAttributes
  )?.initiatedEventId;

const childClosed: Fold = (t, event) => remove(t, 'children', closedChildOf(event) ?? 0);

const signalInitiated: Fold = (t, event) =>
  addExternal(t, event, 'signal', need(event.signalExternalWorkflowExecutionInitiatedEventAttributes, event));

const cancelInitiated: Fold = (t, event) =>
  addExternal(t, event, 'cancel', need(event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes, event));

interface Initiated {
  readonly namespaceId: string;
  readonly workflowExecution: { readonly workflowId: string; readonly runId: string } | null;
  readonly childWorkflowOnly: boolean;
}

function addExternal(t: Transition, { eventId }: HistoryEvent, kind: External['kind'], initiated: Initiated): void {
  const { namespaceId, workflowExecution, childWorkflowOnly } = initiated;
  put(t, 'externals', eventId, {
    kind,
    initiatedEventId: eventId,
    namespaceId,
    workflowId: workflowExecution?.workflowId ?? '',
    runId: workflowExecution?.runId ?? '',
    requestId: t.random.uuid(),
    childWorkflowOnly,
  });
}

const externalDone: Fold = (t, event) => {
  const attributes =
    event.externalWorkflowExecutionSignaledEventAttributes ??
    event.signalExternalWorkflowExecutionFailedEventAttributes ??
    event.externalWorkflowExecutionCancelRequestedEventAttributes ??
    event.requestCancelExternalWorkflowExecutionFailedEventAttributes;
  remove(t, 'externals', need(attributes, event).initiatedEventId);
};

export const otherRunFolds: Folds = [
  [EventType.START_CHILD_WORKFLOW_EXECUTION_INITIATED, childInitiated],
  [EventType.CHILD_WORKFLOW_EXECUTION_STARTED, childStarted],
  [EventType.START_CHILD_WORKFLOW_EXECUTION_FAILED, childClosed],
  [EventType.CHILD_WORKFLOW_EXECUTION_COMPLETED, childClosed],
  [EventType.CHILD_WORKFLOW_EXECUTION_FAILED, childClosed],
  [EventType.CHILD_WORKFLOW_EXECUTION_TIMED_OUT, childClosed],
  [EventType.CHILD_WORKFLOW_EXECUTION_CANCELED, childClosed],
  [EventType.CHILD_WORKFLOW_EXECUTION_TERMINATED, childClosed],
  [EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, signalInitiated],
  [EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED, cancelInitiated],
  [EventType.EXTERNAL_WORKFLOW_EXECUTION_SIGNALED, externalDone],
  [EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED, externalDone],
  [EventType.EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED, externalDone],
  [EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED, externalDone],
];
