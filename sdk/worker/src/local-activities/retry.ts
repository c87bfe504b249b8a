/** Whether and when a local activity is tried again: the worker decides that itself. */
import { optionalTsToMs } from '@perdure/common/lib/time';
import type { temporal } from '@perdure/proto';

export type RetryPolicy = temporal.api.common.v1.IRetryPolicy;
type Failure = temporal.api.failure.v1.IFailure;

const INITIAL_INTERVAL = 1000;
const COEFFICIENT = 2;
const MAXIMUM_OF_INITIAL = 100;

/** Milliseconds to wait before the next attempt; undefined when there is none. `attempt` is the one that failed, from 1. */
export function retryDelay(
  policy: RetryPolicy | null | undefined,
  attempt: number,
  failure: Failure | null | undefined,
): number | undefined {
  const maximumAttempts = policy?.maximumAttempts ?? 0;
  if (maximumAttempts > 0 && attempt >= maximumAttempts) return undefined;
  const application = failure?.applicationFailureInfo;
  if (application?.nonRetryable) return undefined;
  const type = (application?.type ?? '').toLowerCase();
  if (policy?.nonRetryableErrorTypes?.some((other) => other.toLowerCase() === type)) return undefined;
  return optionalTsToMs(application?.nextRetryDelay) ?? interval(policy, attempt);
}

function interval(policy: RetryPolicy | null | undefined, attempt: number): number {
  const initial = optionalTsToMs(policy?.initialInterval) ?? INITIAL_INTERVAL;
  const coefficient = (policy?.backoffCoefficient ?? 0) >= 1 ? (policy?.backoffCoefficient ?? 1) : COEFFICIENT;
  const maximum = Math.max(initial, optionalTsToMs(policy?.maximumInterval) ?? initial * MAXIMUM_OF_INITIAL);
  return Math.min(maximum, initial * coefficient ** (attempt - 1));
}
