import { randomBytes } from 'node:crypto';
import { Status } from '@perdure/api/google-rpc';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { OnBug } from './contract.ts';

/** Longest error text sent, in bytes of UTF-8. It travels in a header, and clients limit those. */
export const MAX_MESSAGE_BYTES = 4000;
const CUT = ' ... (cut)';

/**
 * What a caller is told of an error: a `ServiceError` as it is (its text made well-formed and cut to
 * `MAX_MESSAGE_BYTES`); anything else is a bug, so the caller gets INTERNAL with a reference and `onBug` the error.
 */
export function refusalOf(error: unknown, service: string, method: string, onBug?: OnBug): ServiceError {
  if (!(error instanceof ServiceError)) {
    const reference = randomBytes(6).toString('hex');
    onBug?.(error, { service, method, reference });
    return new ServiceError(Code.INTERNAL, `internal server error (reference ${reference})`);
  }
  const message = sendable(error.message);
  return message === error.message ? error : new ServiceError(error.code, message, error.details, { ...error.headers });
}

/** Whether an error is what Node throws when a signal aborts: what a call that was cancelled is meant to end with. */
export const isGivingUp = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

export const cancelled = (): ServiceError => new ServiceError(Code.CANCELLED, 'the caller cancelled the call');
export const deadlineExceeded = (): ServiceError => new ServiceError(Code.DEADLINE_EXCEEDED, 'deadline exceeded');

export const requestTooLarge = (bytes: number, max: number): ServiceError =>
  new ServiceError(Code.RESOURCE_EXHAUSTED, `grpc: received message larger than max (${bytes} vs. ${max})`);

/** The `google.rpc.Status` that goes into `grpc-status-details-bin`. */
export function encodeStatus(error: ServiceError): Uint8Array {
  return Status.encode({
    code: error.code,
    message: error.message,
    details: error.details.map(({ typeName, value }) => ({ type_url: `type.googleapis.com/${typeName}`, value })),
  });
}

/** Undoes `encodeStatus`. */
export function decodeStatus(bytes: Uint8Array, headers: Record<string, string> = {}): ServiceError {
  const status = Status.decode(bytes);
  const details = status.details.map(({ type_url, value }) => ({
    typeName: type_url.slice(type_url.lastIndexOf('/') + 1),
    value,
  }));
  return new ServiceError(status.code as Code, status.message, details, headers);
}

function sendable(message: string): string {
  const text = message.toWellFormed();
  if (text.length * 3 <= MAX_MESSAGE_BYTES) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_MESSAGE_BYTES) return text;
  let end = MAX_MESSAGE_BYTES - CUT.length;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end) + CUT;
}
