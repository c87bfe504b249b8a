import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import { Status } from '@perdure/transport';
import { isGrpcServiceError, ServiceError } from '../errors.ts';
import { extractNexusOperationAlreadyStartedRunId, rethrowKnownErrorTypes } from '../status-details.ts';

/** An operation ended in anything but success; `cause` says how. */
export class NexusOperationFailureError extends Error {
  override readonly cause: Error;

  constructor(message: string, cause: Error) {
    super(message, { cause });
    this.cause = cause;
  }
}
SymbolBasedInstanceOfError<NexusOperationFailureError>('NexusOperationFailureError')(NexusOperationFailureError);

const named = (operationId: string, runId: string | undefined): string =>
  `operationId=${operationId}${runId ? ` runId=${runId}` : ''}`;

/** An operation could not be started: there is one with this id, and the policies forbid another. */
export class NexusOperationAlreadyStartedError extends Error {
  readonly operationId: string;
  /** The run that stands in the way, if the server says so. */
  readonly runId?: string | undefined;

  constructor(operationId: string, runId?: string) {
    super(`Nexus operation already started: ${named(operationId, runId)}`);
    this.operationId = operationId;
    this.runId = runId;
  }
}
SymbolBasedInstanceOfError<NexusOperationAlreadyStartedError>('NexusOperationAlreadyStartedError')(
  NexusOperationAlreadyStartedError,
);

/** The server knows no such operation. */
export class NexusOperationNotFoundError extends Error {
  readonly operationId: string;
  readonly runId?: string | undefined;

  constructor(operationId: string, runId?: string) {
    super(`Nexus operation not found: ${named(operationId, runId)}`);
    this.operationId = operationId;
    this.runId = runId;
  }
}
SymbolBasedInstanceOfError<NexusOperationNotFoundError>('NexusOperationNotFoundError')(NexusOperationNotFoundError);

/** Throws what a failed call about an operation means. `fallback` says what failed when nothing else does. */
export function rethrowNexusError(error: unknown, fallback: string, operationId?: string): never {
  if (!isGrpcServiceError(error)) {
    throw new ServiceError('Unexpected error while making gRPC request', { cause: error as Error });
  }
  rethrowKnownErrorTypes(error);
  if (operationId != null) {
    if (error.code === Status.ALREADY_EXISTS) {
      throw new NexusOperationAlreadyStartedError(operationId, extractNexusOperationAlreadyStartedRunId(error));
    }
    if (error.code === Status.NOT_FOUND) throw new NexusOperationNotFoundError(operationId);
  }
  throw new ServiceError(fallback, { cause: error });
}
