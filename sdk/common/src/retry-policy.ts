import type { temporal } from '@perdure/proto';
import { ValueError } from './errors.ts';
import type { Duration } from './time.ts';
import { msOptionalToNumber, msOptionalToTs, msToNumber, msToTs, optionalTsToMs } from './time.ts';

/** Whether, when and how often a Workflow or an Activity that failed is tried again. */
export interface RetryPolicy {
  /**
   * By what the interval is multiplied after each attempt.
   *
   * @default 2
   */
  backoffCoefficient?: number | undefined;
  /**
   * The interval before the first retry. Milliseconds, or a text for `ms`.
   *
   * @default 1 second
   */
  initialInterval?: Duration | undefined;
  /**
   * How many attempts there are, the first one included. `Infinity` means no limit.
   *
   * @default Infinity
   */
  maximumAttempts?: number | undefined;
  /**
   * What the interval never exceeds. Milliseconds, or a text for `ms`.
   *
   * @default 100 times the initial interval
   */
  maximumInterval?: Duration | undefined;
  /** The types of {@link ApplicationFailure} that are not tried again. */
  nonRetryableErrorTypes?: string[] | undefined;
}

const defaultInitialInterval = 1000;

/** The policy for the wire; a {@link ValueError} if it makes no sense. */
export function compileRetryPolicy(retryPolicy: RetryPolicy): temporal.api.common.v1.IRetryPolicy {
  const { backoffCoefficient, nonRetryableErrorTypes } = retryPolicy;
  if (backoffCoefficient != null && backoffCoefficient <= 0) {
    throw new ValueError('RetryPolicy.backoffCoefficient must be greater than 0');
  }
  const maximumAttempts = checkedAttempts(retryPolicy.maximumAttempts);
  const maximumInterval = msOptionalToNumber(retryPolicy.maximumInterval);
  const initialInterval = msToNumber(retryPolicy.initialInterval ?? defaultInitialInterval);
  if (maximumInterval === 0) throw new ValueError('RetryPolicy.maximumInterval cannot be 0');
  if (initialInterval === 0) throw new ValueError('RetryPolicy.initialInterval cannot be 0');
  if (maximumInterval != null && maximumInterval < initialInterval) {
    throw new ValueError('RetryPolicy.maximumInterval cannot be less than its initialInterval');
  }
  return {
    maximumAttempts,
    initialInterval: msToTs(initialInterval),
    maximumInterval: msOptionalToTs(maximumInterval),
    backoffCoefficient,
    nonRetryableErrorTypes,
  } as temporal.api.common.v1.IRetryPolicy;
}

function checkedAttempts(attempts: number | undefined): number | undefined {
  // Zero, which a field that is left out stands for, means no limit on the wire.
  if (attempts == null || attempts === Number.POSITIVE_INFINITY) return undefined;
  if (attempts <= 0) throw new ValueError('RetryPolicy.maximumAttempts must be a positive integer');
  if (!Number.isInteger(attempts)) throw new ValueError('RetryPolicy.maximumAttempts must be an integer');
  return attempts;
}

/** The policy from the wire, with intervals in milliseconds. */
export function decompileRetryPolicy(
  retryPolicy?: temporal.api.common.v1.IRetryPolicy | null,
): RetryPolicy | undefined {
  if (!retryPolicy) return undefined;
  return {
    backoffCoefficient: retryPolicy.backoffCoefficient ?? undefined,
    maximumAttempts: retryPolicy.maximumAttempts ?? undefined,
    maximumInterval: optionalTsToMs(retryPolicy.maximumInterval),
    initialInterval: optionalTsToMs(retryPolicy.initialInterval),
    nonRetryableErrorTypes: retryPolicy.nonRetryableErrorTypes ?? undefined,
  };
}
