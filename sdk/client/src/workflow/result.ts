import {
  CancelledFailure,
  decodeRetryState,
  RetryState,
  TerminatedFailure,
  TimeoutFailure,
  TimeoutType,
} from '@perdure/common';
import {
  decodeArrayFromPayloads,
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  walkGetWorkflowExecutionHistoryResponse,
} from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import type { Caller } from '../base-client.ts';
import { WorkflowContinuedAsNewError, WorkflowFailedError } from '../errors.ts';
import { bringInside } from '../external-storage.ts';
import { given } from '../given.ts';
import type { WorkflowExecution } from '../types.ts';
import type { WorkflowResultOptions } from '../workflow-handle.ts';
import { workflowContext } from './context.ts';
import { rethrowGrpcError } from './rethrow.ts';

type Event = temporal.api.history.v1.IHistoryEvent;

/**
 * Waits for the end of a run, or of the last of its chain, and gives its result.
 *
 * @throws WorkflowFailedError when it ends otherwise
 * @throws WorkflowContinuedAsNewError when it continues as new and is not followed
 */
export async function workflowResult(
  caller: Caller,
  workflowId: string,
  runId: string | undefined,
  { followRuns = true, typeInfo }: WorkflowResultOptions = {},
): Promise<unknown> {
  const asked = given({ workflowId, runId });
  for (let run = runId; ; ) {
    const event = await closeEvent(caller, asked, run);
    const successor = followRuns ? successorOf(event) : undefined;
    if (successor === undefined) return await outcomeOf(caller, workflowId, event, typeInfo);
    run = successor;
  }
}

/** Polls until the run has closed; gives the event that closed it. */
async function closeEvent(caller: Caller, asked: WorkflowExecution, runId: string | undefined): Promise<Event> {
  const request: temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryRequest = {
    namespace: caller.namespace,
    execution: given({ workflowId: asked.workflowId, runId }),
    skipArchival: true,
    waitNewEvent: true,
    historyEventFilterType: temporal.api.enums.v1.HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
  };
  for (;;) {
    let response: temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
    try {
      response = await caller.service.getWorkflowExecutionHistory(request);
    } catch (error) {
      rethrowGrpcError(error, 'Failed to get Workflow execution history', asked);
    }
    await bringInside(caller.dataConverter, response, walkGetWorkflowExecutionHistoryResponse);
    const [event, ...others] = response.history?.events ?? [];
    if (others.length > 0) throw new Error(`Expected at most 1 close event(s), got: ${1 + others.length}`);
    // Anything that follows no event: another page, or the run went on past a reset while we waited.
    if (event !== undefined && closes(event)) return event;
    request.nextPageToken = response.nextPageToken;
  }
}

const closes = (event: Event): boolean =>
  Boolean(
    event.workflowExecutionCompletedEventAttributes ||
      event.workflowExecutionFailedEventAttributes ||
      event.workflowExecutionCanceledEventAttributes ||
      event.workflowExecutionTerminatedEventAttributes ||
      event.workflowExecutionTimedOutEventAttributes ||
      event.workflowExecutionContinuedAsNewEventAttributes,
  );

/** The run that carries on after this one. Cancelled and terminated runs have none. */
function successorOf(event: Event): string | undefined {
  const continued = event.workflowExecutionContinuedAsNewEventAttributes;
  if (continued) return continuedAs(continued);
  const attributes =
    event.workflowExecutionCompletedEventAttributes ??
    event.workflowExecutionFailedEventAttributes ??
    event.workflowExecutionTimedOutEventAttributes;
  return attributes?.newExecutionRunId || undefined;
}

function continuedAs({
  newExecutionRunId,
}: temporal.api.history.v1.IWorkflowExecutionContinuedAsNewEventAttributes): string {
  if (newExecutionRunId) return newExecutionRunId;
  throw new TypeError('Expected service to return newExecutionRunId for WorkflowExecutionContinuedAsNewEvent');
}

async function outcomeOf(
  caller: Caller,
  workflowId: string,
  event: Event,
  typeInfo: WorkflowResultOptions['typeInfo'],
): Promise<unknown> {
  const { dataConverter } = caller;
  const context = workflowContext(caller, workflowId);
  const completed = event.workflowExecutionCompletedEventAttributes;
  if (completed) {
    // A JavaScript function returns one value: what other SDKs return besides it is not looked at.
    const { payloads } = completed.result ?? {};
    return await decodeFromPayloadsAtIndex(dataConverter, 0, payloads, context, typeInfo?.outputType);
  }
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) {
    const cause = await decodeOptionalFailureToOptionalError(dataConverter, failed.failure, context);
    throw new WorkflowFailedError('Workflow execution failed', cause, retryState(failed.retryState));
  }
  const canceled = event.workflowExecutionCanceledEventAttributes;
  if (canceled) {
    const details = await decodeArrayFromPayloads(dataConverter, canceled.details?.payloads, context);
    const cause = new CancelledFailure('Workflow canceled', details);
    throw new WorkflowFailedError('Workflow execution cancelled', stackless(cause), RetryState.NON_RETRYABLE_FAILURE);
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (terminated) {
    const reason = terminated.reason || 'Workflow execution terminated';
    throw new WorkflowFailedError(reason, stackless(new TerminatedFailure(reason)), RetryState.NON_RETRYABLE_FAILURE);
  }
  const timedOut = event.workflowExecutionTimedOutEventAttributes;
  if (timedOut) {
    const message = 'Workflow execution timed out';
    const cause = new TimeoutFailure(message, undefined, TimeoutType.START_TO_CLOSE);
    throw new WorkflowFailedError(message, stackless(cause), retryState(timedOut.retryState));
  }
  const continued = event.workflowExecutionContinuedAsNewEventAttributes ?? {};
  throw new WorkflowContinuedAsNewError('Workflow execution continued as new', continuedAs(continued));
}

const retryState = (state: temporal.api.enums.v1.RetryState | null | undefined): RetryState =>
  decodeRetryState(state) as RetryState;

/** A stack of this process would say nothing about where the workflow failed. */
function stackless<E extends Error>(error: E): E {
  error.stack = '';
  return error;
}
