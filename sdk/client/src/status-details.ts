import type { ServiceError as GrpcServiceError } from '@grpc/grpc-js';
import { NamespaceNotFoundError } from '@perdure/common';
import { google, temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';

/** Names of messages that come as details of errors. */
export type ErrorDetailsName = `temporal.api.errordetails.v1.${keyof typeof temporal.api.errordetails.v1}`;
export type FailureName = `temporal.api.failure.v1.${keyof typeof temporal.api.failure.v1}`;

/** The details that came with an error, packed; undefined when there are none. */
export function getGrpcStatusDetails(err: GrpcServiceError): google.rpc.Status['details'] | undefined {
  const [packed] = err.metadata.get('grpc-status-details-bin');
  if (!packed || typeof packed === 'string') return undefined;
  return google.rpc.Status.decode(packed).details;
}

/** The name of the message that a type URL stands for; empty for none. */
export function trimGrpcTypeUrl(typeUrl: string | null | undefined): string {
  return typeUrl?.replace(/^type\.googleapis\.com\//, '') ?? '';
}

/** The detail of this kind, still encoded. */
export function detailOf(err: GrpcServiceError, name: ErrorDetailsName): Uint8Array | undefined {
  const details = getGrpcStatusDetails(err) ?? [];
  return details.find(({ type_url, value }) => trimGrpcTypeUrl(type_url) === name && value)?.value ?? undefined;
}

/**
 * Throws what the details of a gRPC error stand for; returns when they stand for nothing special. Of an operation made
 * of several, the error of the first that failed by itself is thrown, as if it had been called alone.
 */
export function rethrowKnownErrorTypes(err: GrpcServiceError): void {
  const namespace = detailOf(err, 'temporal.api.errordetails.v1.NamespaceNotFoundFailure');
  if (namespace !== undefined) {
    const failure = temporal.api.errordetails.v1.NamespaceNotFoundFailure.decode(namespace);
    throw new NamespaceNotFoundError(failure.namespace);
  }
  const operations = detailOf(err, 'temporal.api.errordetails.v1.MultiOperationExecutionFailure');
  if (operations === undefined) return;
  const { statuses } = temporal.api.errordetails.v1.MultiOperationExecutionFailure.decode(operations);
  const cause = statuses.find(({ code, details }) => code !== Status.OK && !isAborted(details?.[0]?.type_url));
  if (cause === undefined) return;
  err.message = cause.message ?? err.message;
  err.code = cause.code || err.code;
  err.details = cause.details?.[0]?.value?.toString() || err.details;
  throw err;
}

const aborted: FailureName = 'temporal.api.failure.v1.MultiOperationExecutionAborted';
const isAborted = (typeUrl: string | null | undefined) => trimGrpcTypeUrl(typeUrl) === aborted;

/** Which run of the Nexus operation stands in the way; undefined when the error does not say. */
export function extractNexusOperationAlreadyStartedRunId(err: GrpcServiceError): string | undefined {
  try {
    const detail = detailOf(err, 'temporal.api.errordetails.v1.NexusOperationExecutionAlreadyStartedFailure');
    if (detail === undefined) return undefined;
    return temporal.api.errordetails.v1.NexusOperationExecutionAlreadyStartedFailure.decode(detail).runId;
  } catch {
    // Details that cannot be read tell nothing, and the error stands without them.
    return undefined;
  }
}
