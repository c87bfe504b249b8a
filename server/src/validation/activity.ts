import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import { readFailure } from '../kernel/read-failure.ts';
import type { WireTime } from '../kernel/time.ts';

/** Checks of requests that workers make about their activities. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function checkIdentity(identity: string, { maxIdLength }: Pick<Limits, 'maxIdLength'>): void {
  if (identity.length * 3 > maxIdLength && Buffer.byteLength(identity) > maxIdLength)
    throw invalidArgument('Identity length exceeds limit.');
}

export function checkActivityById({
  activityId,
  runId,
}: {
  readonly activityId: string;
  readonly runId: string;
}): void {
  if (activityId === '') throw invalidArgument('ActivityId is not set on request.');
  if (runId !== '' && !UUID.test(runId)) throw invalidArgument('RunId is not valid UUID.');
}

/** A worker reports what its activity threw: an application failure. None at all passes, as in the reference. */
export function checkApplicationFailure(failure: Uint8Array | null): void {
  if (failure && readFailure(failure).applicationFailureInfo === null)
    throw invalidArgument('Failure must have ApplicationFailureInfo.');
}

/** Seconds and nanos in range and of one sign, in the failure and in its causes. */
export function checkNextRetryDelays(failure: Uint8Array | null): void {
  for (let bytes = failure; bytes !== null; ) {
    const { applicationFailureInfo, cause } = readFailure(bytes);
    const delay = applicationFailureInfo?.nextRetryDelay;
    const wrong = delay ? durationProblem(delay) : null;
    if (wrong !== null) throw invalidArgument(`NextRetryDelay is not a valid duration: ${wrong}`);
    bytes = cause;
  }
}

/** Ten thousand years, the limit of `google.protobuf.Duration`. */
const MOST_SECONDS = 315_576_000_000;

function durationProblem({ seconds, nanos }: WireTime): string | null {
  if (Math.abs(seconds) > MOST_SECONDS) return 'exceeds ten thousand years';
  if (Math.abs(nanos) > 999_999_999) return 'has out-of-range nanos';
  return seconds * nanos < 0 ? 'has seconds and nanos with different signs' : null;
}
