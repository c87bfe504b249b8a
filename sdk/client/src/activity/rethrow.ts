import { Status } from '@perdure/transport';
import { ActivityNotFoundError, isGrpcServiceError, ServiceError } from '../errors.ts';
import { rethrowKnownErrorTypes } from '../status-details.ts';

/** Throws what a failed call about a standalone activity means. `fallback` says what failed when nothing else does. */
export function rethrowActivityError(error: unknown, fallback: string): never {
  if (isGrpcServiceError(error)) {
    rethrowKnownErrorTypes(error);
    if (error.code === Status.NOT_FOUND) throw new ActivityNotFoundError(error.details ?? 'Activity not found');
    throw new ServiceError(fallback, { cause: error });
  }
  if (error instanceof ServiceError) throw error;
  throw new ServiceError('Unexpected error while making gRPC request');
}
