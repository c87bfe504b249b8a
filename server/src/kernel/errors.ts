import { ResourceExhaustedCause, ResourceExhaustedScope } from '@perdure/api/enums';
import { PermissionDeniedFailure, ResourceExhaustedFailure, WorkflowNotReadyFailure } from '@perdure/api/errordetails';
import { enumName } from './enum-names.ts';

/**
 * Errors a client can meet. Everything else that is thrown is a bug.
 *
 * A detail is a message of `temporal.api.errordetails.v1`, packed into the `google.rpc.Status` that travels in
 * `grpc-status-details-bin`; SDKs decide by it, not by the text.
 */
export const Code = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;
export type Code = (typeof Code)[keyof typeof Code];

/** One detail message: its full protobuf name and its encoded form. */
export interface Detail {
  readonly typeName: string;
  readonly value: Uint8Array;
}

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: Code;
  readonly details: readonly Detail[];
  /** Response headers to send along, such as `x-resource-exhausted-cause`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: Code, message: string, details: readonly Detail[] = [], headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

export const invalidArgument = (message: string): ServiceError => new ServiceError(Code.INVALID_ARGUMENT, message);
export const failedPrecondition = (message: string): ServiceError =>
  new ServiceError(Code.FAILED_PRECONDITION, message);
/** Not allowed, whatever else holds. */
export const permissionDenied = (message: string): ServiceError =>
  new ServiceError(Code.PERMISSION_DENIED, message, [
    { typeName: PermissionDeniedFailure.typeName, value: new Uint8Array(0) },
  ]);
/** The workflow cannot answer in the state it is in; later it may. */
export const workflowNotReady = (message: string): ServiceError =>
  new ServiceError(Code.FAILED_PRECONDITION, message, [
    { typeName: WorkflowNotReadyFailure.typeName, value: new Uint8Array(0) },
  ]);
export const unimplemented = (message: string): ServiceError => new ServiceError(Code.UNIMPLEMENTED, message);
export const unavailable = (message: string): ServiceError => new ServiceError(Code.UNAVAILABLE, message);
/** The message a caller sees when what it named does not exist. A detail (NotFoundFailure) goes with it. */
export const notFound = (message: string): ServiceError =>
  new ServiceError(Code.NOT_FOUND, message, [
    { typeName: 'temporal.api.errordetails.v1.NotFoundFailure', value: new Uint8Array(0) },
  ]);

/** Too much of something. The detail and the headers say of what, so that clients know how to slow down. */
export const resourceExhausted = (
  cause: ResourceExhaustedCause,
  scope: ResourceExhaustedScope,
  message: string,
): ServiceError =>
  new ServiceError(
    Code.RESOURCE_EXHAUSTED,
    message,
    [{ typeName: ResourceExhaustedFailure.typeName, value: ResourceExhaustedFailure.encode({ cause, scope }) }],
    {
      'x-resource-exhausted-cause': enumName(ResourceExhaustedCause, cause),
      'x-resource-exhausted-scope': enumName(ResourceExhaustedScope, scope),
    },
  );
