import type { RetryState } from '@perdure/api/enums';
import { RetryState as RetryStates } from '@perdure/api/enums';
import type { Transition } from './transition.ts';

/** The next cron run after a completion; '' when there is none. */
export function continueAfterCompletion(_t: Transition, _result: Uint8Array | null): string {
  return '';
}

/** The retry, or else the next cron run, after a failure. */
export function continueAfterFailure(
  _t: Transition,
  _failure: Uint8Array,
): { retryState: RetryState; successorRunId: string } {
  return { retryState: RetryStates.RETRY_POLICY_NOT_SET, successorRunId: '' };
}

/** The retry, or else the next cron run, after the run timed out. */
export function continueAfterTimeout(_t: Transition): { retryState: RetryState; successorRunId: string } {
  return { retryState: RetryStates.RETRY_POLICY_NOT_SET, successorRunId: '' };
}
