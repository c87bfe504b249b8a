import type { RetryPolicy } from '@perdure/api/common';
import { RetryState, TimeoutType } from '@perdure/api/enums';
import type { Failure } from '@perdure/api/failure';
import { durationMs, LONGEST_DURATION_MS, toDuration, validateDuration } from './time.ts';

const DEFAULT_INITIAL_INTERVAL_MS = 1_000;
const DEFAULT_COEFFICIENT = 2;
/** The default maximum interval is this many initial ones. */
const DEFAULT_MAXIMUM_COEFFICIENT = 100;

/** What an interval saturates at, the most nanoseconds that the reference can count: 292 years. */
const MOST_MS = 2 ** 63 / 1e6;

/** Timeouts stand among the non-retryable error types as this and the timeout's name. */
const TIMEOUT_PREFIX = 'TemporalTimeout:';
const timeoutNames: ReadonlyMap<string, TimeoutType> = new Map([
  ['StartToClose', TimeoutType.START_TO_CLOSE],
  ['ScheduleToStart', TimeoutType.SCHEDULE_TO_START],
  ['ScheduleToClose', TimeoutType.SCHEDULE_TO_CLOSE],
  ['Heartbeat', TimeoutType.HEARTBEAT],
]);

/** The policy with everything that was left open filled in. Zero is left open, also for the coefficient. */
export function fillRetryPolicy(policy: RetryPolicy): RetryPolicy {
  const initialMs = cappedMs(policy.initialInterval) || DEFAULT_INITIAL_INTERVAL_MS;
  const maximumMs = cappedMs(policy.maximumInterval) || capped(initialMs * DEFAULT_MAXIMUM_COEFFICIENT);
  return {
    ...policy,
    initialInterval: asGiven(policy.initialInterval, initialMs),
    backoffCoefficient: policy.backoffCoefficient || DEFAULT_COEFFICIENT,
    maximumInterval: asGiven(policy.maximumInterval, maximumMs),
  };
}

type Interval = RetryPolicy['initialInterval'];

const capped = (ms: number): number => Math.min(ms, LONGEST_DURATION_MS);
const cappedMs = (interval: Interval): number => capped(durationMs(interval));
/** What needs no change stays untouched, so that validation sees it as it came. */
const asGiven = (interval: Interval, ms: number): Interval => (durationMs(interval) === ms ? interval : toDuration(ms));

/** What is wrong with a filled policy, in the words of the reference; null when nothing is, and without a policy. */
export function validateRetryPolicy(policy: RetryPolicy | null): string | null {
  // One attempt means no retries: the rest does not matter then.
  if (policy === null || policy.maximumAttempts === 1) return null;
  const { initialInterval, maximumInterval } = policy;
  const initial = validateDuration(initialInterval);
  if (initial !== null) return `invalid InitialInterval set on retry policy: ${initial}`;
  if (policy.backoffCoefficient < 1) return 'BackoffCoefficient cannot be less than 1 on retry policy.';
  const maximum = validateDuration(maximumInterval);
  if (maximum !== null) return `invalid MaximumInterval set on retry policy: ${maximum}`;
  const maximumMs = durationMs(maximumInterval);
  if (maximumMs > 0 && maximumMs < durationMs(initialInterval)) {
    return 'MaximumInterval cannot be less than InitialInterval on retry policy.';
  }
  if (policy.maximumAttempts < 0) return 'MaximumAttempts cannot be negative on retry policy.';
  for (const type of policy.nonRetryableErrorTypes) {
    if (!type.startsWith(TIMEOUT_PREFIX)) continue;
    const name = type.slice(TIMEOUT_PREFIX.length);
    if (!isTimeoutName(name)) return `Invalid timeout type value: ${name}.`;
  }
  return null;
}

/** The long form passes validation, as in the reference, but stands for no timeout. */
const isTimeoutName = (name: string): boolean =>
  timeoutNames.has(name) ||
  (name !== 'TIMEOUT_TYPE_UNSPECIFIED' &&
    name.startsWith('TIMEOUT_TYPE_') &&
    Object.hasOwn(TimeoutType, name.slice('TIMEOUT_TYPE_'.length)));

/** The part of a decoded `temporal.api.failure.v1.Failure` that decides about retries. */
export type RetryFailure = Pick<
  Failure,
  | 'applicationFailureInfo'
  | 'timeoutFailureInfo'
  | 'canceledFailureInfo'
  | 'terminatedFailureInfo'
  | 'serverFailureInfo'
>;

/** Whether a failure lets another attempt happen at all. Failures of other kinds, and none, do. */
export function isRetryable(failure: RetryFailure | null, nonRetryableTypes: readonly string[]): boolean {
  if (failure === null) return true;
  const { applicationFailureInfo: application, timeoutFailureInfo: timeout, serverFailureInfo: server } = failure;
  if (failure.terminatedFailureInfo !== null || failure.canceledFailureInfo !== null) return false;
  if (timeout !== null) {
    const { timeoutType } = timeout;
    if (timeoutType !== TimeoutType.START_TO_CLOSE && timeoutType !== TimeoutType.HEARTBEAT) return false;
    return !nonRetryableTypes.some(
      (type) => type.startsWith(TIMEOUT_PREFIX) && timeoutNames.get(type.slice(TIMEOUT_PREFIX.length)) === timeoutType,
    );
  }
  if (server !== null) return !server.nonRetryable;
  return application === null || !(application.nonRetryable || nonRetryableTypes.includes(application.type));
}

/** The wait before an attempt, without looking at deadlines: initial × coefficient^(attempt − 1), capped. In ms. */
export function retryInterval(policy: RetryPolicy, attempt: number): number {
  const interval = durationMs(policy.initialInterval) * policy.backoffCoefficient ** (Math.max(attempt, 1) - 1);
  return cappedAt(wholeNanos(interval), durationMs(policy.maximumInterval));
}

/** NaN, which an infinite coefficient can give, counts as too long. */
const wholeNanos = (ms: number): number => (ms < MOST_MS ? Math.max(0, Math.trunc(ms * 1e6) / 1e6) : MOST_MS);

const cappedAt = (interval: number, maximum: number): number =>
  maximum !== 0 && (interval <= 0 || interval > maximum) ? maximum : interval;

export interface Attempted {
  /** Filled; null when there is none. */
  readonly policy: RetryPolicy | null;
  /**
   * They differ: a delay that an application failure asks for is cut to the maximum interval for a workflow, not for
   * an activity; and when time to start or to close an activity is over, the retry state says so.
   */
  readonly of: 'activity' | 'workflow';
  /** The attempt that has just ended, the first one is 1. */
  readonly attempt: number;
  readonly now: number;
  /** Attempts that would begin after this are not made; null when there is no end. */
  readonly expiration: number | null;
  readonly failure: RetryFailure | null;
}

export type Backoff =
  | { readonly kind: 'retry'; readonly intervalMs: number }
  | { readonly kind: 'stop'; readonly retryState: RetryState };

const stop = (retryState: RetryState): Backoff => ({ kind: 'stop', retryState });

/** Whether an attempt is followed by another, and how long after `now`. */
export function nextBackoff({ policy, of, attempt, now, expiration, failure }: Attempted): Backoff {
  if (policy === null) return stop(RetryState.RETRY_POLICY_NOT_SET);
  const timeout = failure?.timeoutFailureInfo?.timeoutType;
  if (of === 'activity' && (timeout === TimeoutType.SCHEDULE_TO_START || timeout === TimeoutType.SCHEDULE_TO_CLOSE)) {
    return stop(RetryState.TIMEOUT);
  }
  if (!isRetryable(failure, policy.nonRetryableErrorTypes)) return stop(RetryState.NON_RETRYABLE_FAILURE);
  if (policy.maximumAttempts > 0 && Math.max(attempt, 1) >= policy.maximumAttempts) {
    return stop(RetryState.MAXIMUM_ATTEMPTS_REACHED);
  }
  const intervalMs = intervalAfter(policy, of, attempt, failure);
  // An activity that asks for a delay of exactly nothing is given up, as in the reference.
  if (intervalMs === 0) return stop(RetryState.TIMEOUT);
  if (expiration !== null && now + intervalMs > expiration) return stop(RetryState.TIMEOUT);
  return { kind: 'retry', intervalMs: Math.max(0, intervalMs) };
}

function intervalAfter(
  policy: RetryPolicy,
  of: 'activity' | 'workflow',
  attempt: number,
  failure: RetryFailure | null,
): number {
  const asked = failure?.applicationFailureInfo?.nextRetryDelay ?? null;
  if (asked === null) return retryInterval(policy, attempt);
  const delay = durationMs(asked);
  return of === 'activity' ? delay : cappedAt(delay, durationMs(policy.maximumInterval));
}
