import { EventType, WorkflowExecutionStatus as Status } from '@perdure/api/enums';
import { fromTimestamp } from '../../../kernel/time.ts';
import { markClosed } from '../close.ts';
import { signalKey } from '../events.ts';
import { mergeFields } from '../fields.ts';
import { addCallbacks } from '../machines/callback.ts';
import { notePauses } from '../pause-info.ts';
import { applyOptions } from '../requests/update-run-options.ts';
import { applySkip, configureTimeSkipping } from '../time-skipping.ts';
import { put, type Transition } from '../transition.ts';
import { type Fold, type Folds, need } from './fold.ts';

/** What concerns the run as a whole: signals, requests, memo, search attributes, and its end. */

/** By what request it was started is no event. */
const started: Fold = (t, event) => {
  const { completionCallbacks } = need(event.workflowExecutionStartedEventAttributes, event);
  addCallbacks(t, '', completionCallbacks);
};

const signaled: Fold = (t, event) => {
  const { requestId } = need(event.workflowExecutionSignaledEventAttributes, event);
  t.run.head.signalCount++;
  if (requestId !== '') noteRequest(t, signalKey(requestId), requestId, event.eventType, event.eventId);
};

const cancelRequested: Fold = ({ run: { head } }) => {
  head.cancelRequested = true;
  head.backoffUntil = null;
};

const optionsUpdated: Fold = (t, event) => {
  const attributes = need(event.workflowExecutionOptionsUpdatedEventAttributes, event);
  const { attachedRequestId, attachedCompletionCallbacks } = attributes;
  if (attributes.timeSkippingConfigUpdated) configureTimeSkipping(t, attributes.timeSkippingConfig);
  if (attachedRequestId === '') return applyOptions(t, attributes);
  noteRequest(t, attachedRequestId, attachedRequestId, event.eventType, event.eventId);
  addCallbacks(t, attachedRequestId, attachedCompletionCallbacks);
};

const timeSkipped: Fold = (t, event) => {
  const { targetTime, disabledAfterFastForward } = need(
    event.workflowExecutionTimeSkippingTransitionedEventAttributes,
    event,
  );
  applySkip(t.run.head, t.now, fromTimestamp(targetTime), disabledAfterFastForward);
};

const paused: Fold = (t, event) => {
  const { identity, reason, requestId } = need(event.workflowExecutionPausedEventAttributes, event);
  const { head } = t.run;
  head.status = Status.PAUSED;
  head.pause = { time: t.now, identity, reason, requestId };
  notePauses(t);
};

const unpaused: Fold = (t) => {
  t.run.head.status = Status.RUNNING;
  t.run.head.pause = null;
  notePauses(t);
};

function noteRequest(t: Transition, key: string, requestId: string, eventType: EventType, eventId: number): void {
  put(t, 'requests', key, { requestId, eventType, eventId });
}

const attributesUpserted: Fold = (t, event) => {
  const { searchAttributes } = need(event.upsertWorkflowSearchAttributesEventAttributes, event);
  const merged = mergeFields(t.run.fields.get('searchAttributes'), searchAttributes?.indexedFields ?? {});
  put(t, 'fields', 'searchAttributes', merged);
};

const propertiesModified: Fold = (t, event) => {
  const { upsertedMemo } = need(event.workflowPropertiesModifiedEventAttributes, event);
  put(t, 'fields', 'memo', mergeFields(t.run.fields.get('memo'), upsertedMemo?.fields ?? {}));
};

const closed =
  (status: Status): Fold =>
  (t, event) => {
    const successor =
      event.workflowExecutionCompletedEventAttributes ??
      event.workflowExecutionFailedEventAttributes ??
      event.workflowExecutionTimedOutEventAttributes ??
      event.workflowExecutionContinuedAsNewEventAttributes;
    t.run.head.workflowTask = null;
    markClosed(t, status, event.eventId, successor?.newExecutionRunId ?? '');
  };

export const runFolds: Folds = [
  [EventType.WORKFLOW_EXECUTION_STARTED, started],
  [EventType.WORKFLOW_EXECUTION_SIGNALED, signaled],
  [EventType.WORKFLOW_EXECUTION_CANCEL_REQUESTED, cancelRequested],
  [EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, optionsUpdated],
  [EventType.WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED, timeSkipped],
  [EventType.WORKFLOW_EXECUTION_PAUSED, paused],
  [EventType.WORKFLOW_EXECUTION_UNPAUSED, unpaused],
  [EventType.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, attributesUpserted],
  [EventType.WORKFLOW_PROPERTIES_MODIFIED, propertiesModified],
  [EventType.WORKFLOW_EXECUTION_COMPLETED, closed(Status.COMPLETED)],
  [EventType.WORKFLOW_EXECUTION_FAILED, closed(Status.FAILED)],
  [EventType.WORKFLOW_EXECUTION_TIMED_OUT, closed(Status.TIMED_OUT)],
  [EventType.WORKFLOW_EXECUTION_CANCELED, closed(Status.CANCELED)],
  [EventType.WORKFLOW_EXECUTION_TERMINATED, closed(Status.TERMINATED)],
  [EventType.WORKFLOW_EXECUTION_CONTINUED_AS_NEW, closed(Status.CONTINUED_AS_NEW)],
];
