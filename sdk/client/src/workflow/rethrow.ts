import { CancelledFailure, WorkflowNotFoundError } from '@perdure/common';
import { Status } from '@perdure/transport';
import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '../errors.ts';
import { rethrowKnownErrorTypes } from '../status-details.ts';
import type { WorkflowExecution } from '../types.ts';

/** Throws what a failed call about a workflow means. `fallback` says what failed when nothing else does. */
export function rethrowGrpcError(error: unknown, fallback: string, execution?: WorkflowExecution): never {
  if (!isGrpcServiceError(error)) {
    throw new ServiceError('Unexpected error while making gRPC request', { cause: error as Error });
  }
  rethrowKnownErrorTypes(error);
  if (error.code === Status.NOT_FOUND) {
    const details = error.details ?? 'Workflow not found';
    throw new WorkflowNotFoundError(details, execution?.workflowId ?? '', execution?.runId);
  }
  throw new ServiceError(fallback, { cause: error });
}

/** The same for calls that wait for an update: running out of time says nothing about the update. */
export function rethrowUpdateGrpcError(error: unknown, fallback: string, execution?: WorkflowExecution): never {
  const ended =
    isGrpcServiceError(error) && (error.code === Status.DEADLINE_EXCEEDED || error.code === Status.CANCELLED);
  if (ended) throw new WorkflowUpdateRPCTimeoutOrCancelledError(error.details, { cause: error });
  if (error instanceof CancelledFailure) {
    throw new WorkflowUpdateRPCTimeoutOrCancelledError(error.message, { cause: error });
  }
  rethrowGrpcError(error, fallback, execution);
}
