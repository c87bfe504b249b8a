import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import { Status } from '@perdure/transport';
import { isGrpcServiceError, ServiceError } from '../errors.ts';
import { rethrowKnownErrorTypes } from '../status-details.ts';

/** There is a schedule with this id. */
export class ScheduleAlreadyRunning extends Error {
  readonly scheduleId: string;

  constructor(message: string, scheduleId: string) {
    super(message);
    this.scheduleId = scheduleId;
  }
}
SymbolBasedInstanceOfError<ScheduleAlreadyRunning>('ScheduleAlreadyRunning')(ScheduleAlreadyRunning);

/** There is no schedule with this id: a wrong one, or the schedule was deleted. */
export class ScheduleNotFoundError extends Error {
  readonly scheduleId: string;

  constructor(message: string, scheduleId: string) {
    super(message);
    this.scheduleId = scheduleId;
  }
}
SymbolBasedInstanceOfError<ScheduleNotFoundError>('ScheduleNotFoundError')(ScheduleNotFoundError);

const invalidSpec = /^3 INVALID_ARGUMENT: Invalid schedule spec: /;

/** Throws what a failed call about a schedule means. `fallback` says what failed when nothing else does. */
export function rethrowScheduleError(error: unknown, fallback: string, scheduleId = ''): never {
  if (!isGrpcServiceError(error)) {
    throw new ServiceError('Unexpected error while making gRPC request', { cause: error as Error });
  }
  rethrowKnownErrorTypes(error);
  if (error.code === Status.NOT_FOUND) {
    throw new ScheduleNotFoundError(error.details ?? 'Schedule not found', scheduleId);
  }
  if (error.code === Status.INVALID_ARGUMENT && invalidSpec.test(error.message)) {
    throw new TypeError(error.message.replace(invalidSpec, ''));
  }
  throw new ServiceError(fallback, { cause: error });
}
