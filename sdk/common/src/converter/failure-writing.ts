import Long from 'long';
import { HandlerError } from 'nexus-rpc';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  encodeApplicationFailureCategory,
  encodeRetryState,
  encodeTimeoutType,
  FAILURE_SOURCE,
  NexusOperationFailure,
  type ProtoFailure,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '../failure.ts';
import type { Payload } from '../interfaces.ts';
import { msOptionalToTs } from '../time.ts';
import { isError } from '../type-helpers.ts';
import { handlerFailureOf } from './nexus-failure.ts';
import { cutoffStackTrace } from './stack-trace.ts';

/** What writing a failure needs of the converter that writes it. */
export interface FailureWriter {
  payloads(values: unknown[] | null | undefined): { payloads: Payload[] } | undefined;
  cause(error: unknown): ProtoFailure | undefined;
}

const adviceOnThrowingErrors =
  ' [A non-Error value was thrown from your code. We recommend throwing Error objects so that we can provide a stack trace]';

/** The failure that stands for whatever was thrown. */
export function failureOf(error: unknown, write: FailureWriter): ProtoFailure {
  if (error instanceof TemporalFailure) {
    return error.failure ?? withInfo(error, ofError(error, write), write);
  }
  if (error instanceof HandlerError) return handlerFailureOf(error, ofError(error, write));
  if (isError(error)) return ofError(error, write);
  return { source: FAILURE_SOURCE, message: textOf(error) + adviceOnThrowingErrors };
}

function ofError(error: Error, write: FailureWriter): ProtoFailure {
  return {
    source: FAILURE_SOURCE,
    message: String(error.message ?? ''),
    stackTrace: cutoffStackTrace(error.stack),
    cause: write.cause(error.cause),
  } as ProtoFailure;
}

/** The failure with what it has as one of its kind. */
function withInfo(error: TemporalFailure, base: ProtoFailure, write: FailureWriter): ProtoFailure {
  if (error instanceof ApplicationFailure) {
    const { type, nonRetryable, details, nextRetryDelay, category } = error;
    const applicationFailureInfo = {
      type,
      nonRetryable,
      details: write.payloads(details),
      nextRetryDelay: msOptionalToTs(nextRetryDelay),
      category: encodeApplicationFailureCategory(category),
    };
    return { ...base, applicationFailureInfo } as ProtoFailure;
  }
  if (error instanceof CancelledFailure) {
    return { ...base, canceledFailureInfo: { details: write.payloads(error.details) } } as ProtoFailure;
  }
  if (error instanceof ActivityFailure) {
    const { activityType, activityId, retryState, identity } = error;
    const named = { activityType: { name: activityType }, activityId, identity };
    return { ...base, activityFailureInfo: { ...named, retryState: encodeRetryState(retryState) } } as ProtoFailure;
  }
  if (error instanceof ChildWorkflowFailure) {
    const { namespace, execution, workflowType, retryState } = error;
    const named = { namespace, workflowExecution: execution, workflowType: { name: workflowType } };
    const info = { ...named, retryState: encodeRetryState(retryState) };
    return { ...base, childWorkflowExecutionFailureInfo: info } as ProtoFailure;
  }
  if (error instanceof TimeoutFailure) {
    const { lastHeartbeatDetails, timeoutType } = error;
    const details = lastHeartbeatDetails ? write.payloads([lastHeartbeatDetails]) : undefined;
    const info = { timeoutType: encodeTimeoutType(timeoutType), lastHeartbeatDetails: details };
    return { ...base, timeoutFailureInfo: info } as ProtoFailure;
  }
  if (error instanceof ServerFailure) return { ...base, serverFailureInfo: { nonRetryable: error.nonRetryable } };
  if (error instanceof TerminatedFailure) return { ...base, terminatedFailureInfo: {} };
  if (error instanceof NexusOperationFailure) {
    const { scheduledEventId, endpoint, service, operation, operationToken } = error;
    const id = scheduledEventId ? Long.fromNumber(scheduledEventId) : undefined;
    const info = { scheduledEventId: id, endpoint, service, operation, operationToken };
    return { ...base, nexusOperationExecutionFailureInfo: info } as ProtoFailure;
  }
  return base;
}

function textOf(thrown: unknown): string {
  if (typeof thrown !== 'object') return String(thrown);
  try {
    return JSON.stringify(thrown);
  } catch {
    return String(thrown);
  }
}
