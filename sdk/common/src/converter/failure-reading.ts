import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  decodeApplicationFailureCategory,
  decodeRetryState,
  decodeTimeoutType,
  NexusOperationFailure,
  type ProtoFailure,
  type RetryState,
  ServerFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
  type TimeoutType,
} from '../failure.ts';
import type { Payload } from '../interfaces.ts';
import { handlerErrorOf } from './nexus-failure.ts';

/** What reading a failure needs of the converter that reads it. */
export interface FailureReader {
  values(payloads: Payloads): unknown[];
  first(payloads: Payloads): unknown;
  cause(failure: ProtoFailure): Error | undefined;
}

type Payloads = { payloads?: Payload[] | null } | null | undefined;

/** The error that a failure stands for, still without its stack trace. */
export function errorOf(failure: ProtoFailure, read: FailureReader): Error {
  const message = failure.message ?? undefined;
  if (failure.applicationFailureInfo) {
    const { type, nonRetryable, details, category } = failure.applicationFailureInfo;
    return new ApplicationFailure(
      message,
      type,
      Boolean(nonRetryable),
      read.values(details),
      read.cause(failure),
      undefined,
      decodeApplicationFailureCategory(category),
    );
  }
  if (failure.serverFailureInfo) {
    return new ServerFailure(message, Boolean(failure.serverFailureInfo.nonRetryable), read.cause(failure));
  }
  if (failure.timeoutFailureInfo) {
    const { lastHeartbeatDetails, timeoutType } = failure.timeoutFailureInfo;
    return new TimeoutFailure(message, read.first(lastHeartbeatDetails), decodeTimeoutType(timeoutType) as TimeoutType);
  }
  if (failure.terminatedFailureInfo) return new TerminatedFailure(message, read.cause(failure));
  if (failure.canceledFailureInfo) {
    return new CancelledFailure(message, read.values(failure.canceledFailureInfo.details), read.cause(failure));
  }
  if (failure.resetWorkflowFailureInfo) {
    const details = read.values(failure.resetWorkflowFailureInfo.lastHeartbeatDetails);
    return new ApplicationFailure(message, 'ResetWorkflow', false, details, read.cause(failure));
  }
  if (failure.childWorkflowExecutionFailureInfo) return childWorkflowFailure(failure, read);
  if (failure.activityFailureInfo) return activityFailure(failure, read);
  if (failure.nexusHandlerFailureInfo) {
    return handlerErrorOf(failure, failure.nexusHandlerFailureInfo, read.cause(failure));
  }
  if (failure.nexusOperationExecutionFailureInfo) return nexusOperationFailure(failure, read);
  return new TemporalFailure(message, read.cause(failure));
}

function childWorkflowFailure(failure: ProtoFailure, read: FailureReader): ChildWorkflowFailure {
  const { namespace, workflowType, workflowExecution, retryState } = failure.childWorkflowExecutionFailureInfo ?? {};
  if (!workflowType?.name || !workflowExecution) {
    throw new TypeError('Missing attributes on childWorkflowExecutionFailureInfo');
  }
  const state = decodeRetryState(retryState) as RetryState;
  const cause = read.cause(failure);
  return new ChildWorkflowFailure(namespace ?? undefined, workflowExecution, workflowType.name, state, cause);
}

function activityFailure(failure: ProtoFailure, read: FailureReader): ActivityFailure {
  const { activityType, activityId, retryState, identity } = failure.activityFailureInfo ?? {};
  if (!activityType?.name) throw new TypeError('Missing activityType?.name on activityFailureInfo');
  return new ActivityFailure(
    failure.message ?? undefined,
    activityType.name,
    activityId ?? undefined,
    decodeRetryState(retryState) as RetryState,
    identity ?? undefined,
    read.cause(failure),
  );
}

function nexusOperationFailure(failure: ProtoFailure, read: FailureReader): NexusOperationFailure {
  const info = failure.nexusOperationExecutionFailureInfo ?? {};
  return new NexusOperationFailure(
    failure.message ?? undefined,
    info.scheduledEventId == null ? undefined : Number(info.scheduledEventId),
    info.endpoint ?? '',
    info.service ?? '',
    info.operation ?? '',
    info.operationToken ?? undefined,
    read.cause(failure),
  );
}
