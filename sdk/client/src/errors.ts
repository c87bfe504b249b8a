import type { ServiceError as GrpcServiceError } from '@grpc/grpc-js';
import type { RetryState } from '@perdure/common';
import { isError, isRecord, SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import { Status } from '@perdure/transport';

/** A call to the server failed in a way that no other error stands for. The gRPC error is its `cause`. */
export class ServiceError extends Error {
  override readonly cause?: Error;

  constructor(message: string, opts?: { cause: Error }) {
    super(message);
    if (opts !== undefined) this.cause = opts.cause;
  }
}
SymbolBasedInstanceOfError<ServiceError>('ServiceError')(ServiceError);

/**
 * Waiting for a result ended in anything but success. `cause` says how: an `ApplicationFailure`, `CancelledFailure`,
 * `TerminatedFailure`, `TimeoutFailure` and so on.
 */
export class WorkflowFailedError extends Error {
  override readonly cause: Error | undefined;
  /** Why the server did not try again. */
  readonly retryState: RetryState;

  constructor(message: string, cause: Error | undefined, retryState: RetryState) {
    super(message);
    this.cause = cause;
    this.retryState = retryState;
  }
}
SymbolBasedInstanceOfError<WorkflowFailedError>('WorkflowFailedError')(WorkflowFailedError);

/** The workflow refused an update or failed while it handled it; `cause` is the workflow's own failure. */
export class WorkflowUpdateFailedError extends Error {
  override readonly cause: Error | undefined;

  constructor(message: string, cause: Error | undefined) {
    super(message);
    this.cause = cause;
  }
}
SymbolBasedInstanceOfError<WorkflowUpdateFailedError>('WorkflowUpdateFailedError')(WorkflowUpdateFailedError);

/** The call about an update ran out of time or was called off. That says nothing of the update itself. */
export class WorkflowUpdateRPCTimeoutOrCancelledError extends Error {
  override readonly cause?: Error;

  constructor(message: string, opts?: { cause: Error }) {
    super(message);
    if (opts !== undefined) this.cause = opts.cause;
  }
}
SymbolBasedInstanceOfError<WorkflowUpdateRPCTimeoutOrCancelledError>('WorkflowUpdateRPCTimeoutOrCancelledError')(
  WorkflowUpdateRPCTimeoutOrCancelledError,
);

/** The run continued as new, and whoever waited for its result did not want to follow (`followRuns: false`). */
export class WorkflowContinuedAsNewError extends Error {
  /** The run that carries on. */
  readonly newExecutionRunId: string;

  constructor(message: string, newExecutionRunId: string) {
    super(message);
    this.newExecutionRunId = newExecutionRunId;
  }
}
SymbolBasedInstanceOfError<WorkflowContinuedAsNewError>('WorkflowExecutionContinuedAsNewError')(
  WorkflowContinuedAsNewError,
);

/** The server knows no such activity: it has ended, or its workflow has. */
export class ActivityNotFoundError extends Error {}
SymbolBasedInstanceOfError<ActivityNotFoundError>('ActivityNotFoundError')(ActivityNotFoundError);

/** An activity could not be completed, failed or heartbeated from outside, for any reason but the ones below. */
export class ActivityCompletionError extends Error {}
SymbolBasedInstanceOfError<ActivityCompletionError>('ActivityCompletionError')(ActivityCompletionError);

/** Answer to a heartbeat: the activity is to be cancelled. */
export class ActivityCancelledError extends Error {}
SymbolBasedInstanceOfError<ActivityCancelledError>('ActivityCancelledError')(ActivityCancelledError);

/** Answer to a heartbeat: the activity is paused. */
export class ActivityPausedError extends Error {}
SymbolBasedInstanceOfError<ActivityPausedError>('ActivityPausedError')(ActivityPausedError);

/** Answer to a heartbeat: the activity was reset, and this attempt no longer counts. */
export class ActivityResetError extends Error {}
SymbolBasedInstanceOfError<ActivityResetError>('ActivityResetError')(ActivityResetError);

/** A standalone activity ended in anything but success; `cause` says how. */
export class ActivityExecutionFailedError extends Error {
  override readonly cause: Error | undefined;
  readonly activityId: string;
  readonly runId?: string | undefined;

  constructor(message: string, cause: Error | undefined, activityId: string, runId?: string) {
    super(message);
    this.cause = cause;
    this.activityId = activityId;
    this.runId = runId;
  }
}
SymbolBasedInstanceOfError<ActivityExecutionFailedError>('ActivityExecutionFailedError')(ActivityExecutionFailedError);

/** A standalone activity could not be started: there is one with this id, and the policies forbid another. */
export class ActivityExecutionAlreadyStartedError extends Error {
  readonly activityId: string;
  /** The run that stands in the way. */
  readonly runId: string;

  constructor(message: string, activityId: string, runId: string) {
    super(message);
    this.activityId = activityId;
    this.runId = runId;
  }
}
SymbolBasedInstanceOfError<ActivityExecutionAlreadyStartedError>('ActivityExecutionAlreadyStartedError')(
  ActivityExecutionAlreadyStartedError,
);

/** Whether this is an error of a gRPC call, of grpc-js or of our own transport: `code`, `details` and `metadata`. */
export function isGrpcServiceError(err: unknown): err is GrpcServiceError {
  if (!isError(err)) return false;
  const { details, metadata } = err as { details?: unknown; metadata?: unknown };
  return typeof details === 'string' && isRecord(metadata);
}

/** Whether a call ran out of time; the causes of the error are looked at as well. */
export function isGrpcDeadlineError(err: unknown): err is Error {
  return hasStatus(err, Status.DEADLINE_EXCEEDED);
}

/** Whether a call was called off; the causes of the error are looked at as well. */
export function isGrpcCancelledError(err: unknown): err is Error {
  return hasStatus(err, Status.CANCELLED);
}

function hasStatus(err: unknown, code: number): boolean {
  for (let at = err; isError(at); at = at.cause) {
    if (isGrpcServiceError(at) && at.code === code) return true;
  }
  return false;
}

/** @deprecated Use {@link isGrpcServiceError}. */
export const isServerErrorResponse: typeof isGrpcServiceError = (err): err is GrpcServiceError =>
  isGrpcServiceError(err);
