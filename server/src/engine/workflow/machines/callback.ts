import type { Init } from '@perdure/api';
import type { Callback } from '@perdure/api/common';
import { CallbackState } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { CallbackInfo } from '@perdure/api/workflow';
import { failedPrecondition } from '../../../kernel/errors.ts';
import { toTimestamp } from '../../../kernel/time.ts';
import type { CompletionCallback, Run } from '../state.ts';
import { put, type Transition } from '../transition.ts';

/**
 * Somebody outside who wants to hear how the run ends: an address that the outcome is sent to.
 *
 *             the run closes, and nothing carries on          taken
 *   Standby ───────────────────────────────────▶ Scheduled ─────────▶ Succeeded
 *      │                                          │    ▲ ╲
 *      │ the run is retried or                    ▼    │  ╲ refused for good
 *      ▼ continued as new                     Backing off  ▶ Failed
 *   (stays; the next run has its own)
 *
 * What is scheduled is an effect until its outcome is written, so it is sent at least once. A run that is reset sends
 * nothing: the run that goes on from there has its callbacks. Reference: components/callbacks.
 */

/** Takes them on, for the request that brought them. Throws FAILED_PRECONDITION when they become too many. */
export function addCallbacks(t: Transition, requestId: string, callbacks: readonly Callback[]): void {
  const { size } = t.run.callbacks;
  if (callbacks.length === 0) return;
  if (size + callbacks.length > t.limits.maxCallbacks)
    throw failedPrecondition(
      `cannot attach more than ${t.limits.maxCallbacks} callbacks to a workflow (${size} callbacks already attached)`,
    );
  callbacks.forEach((callback, index) => {
    put(t, 'callbacks', size + index, {
      requestId,
      callback,
      registrationTime: t.now,
      state: 'standby',
      attempt: 0,
      nextAttemptTime: 0,
      lastAttemptCompleteTime: null,
      lastAttemptFailure: null,
    });
  });
}

/** What the next run of a chain is to be started with. */
export const standingCallbacks = ({ callbacks }: Run): Callback[] =>
  [...callbacks.values()].filter(({ state }) => state === 'standby').map(({ callback }) => callback);

/** The run is closed: whoever waits for that is to be told. */
export function scheduleCallbacks(t: Transition): void {
  for (const [key, callback] of t.run.callbacks)
    if (callback.state === 'standby')
      put(t, 'callbacks', key, { ...callback, state: 'scheduled', nextAttemptTime: t.now });
}

export type Delivery =
  | { readonly kind: 'taken' }
  | { readonly kind: 'not-taken'; readonly message: string; readonly retryable: boolean };

/** Writes down what came of an attempt. */
export function recordDelivery(t: Transition, key: number, delivery: Delivery): void {
  const before = t.run.callbacks.get(key);
  if (before?.state !== 'scheduled') return;
  const attempt = before.attempt + 1;
  const tried = { ...before, attempt, lastAttemptCompleteTime: t.now, lastAttemptFailure: null };
  if (delivery.kind === 'taken') put(t, 'callbacks', key, { ...tried, state: 'succeeded' });
  else {
    const { message, retryable } = delivery;
    const lastAttemptFailure = Failure.encode({ message, applicationFailureInfo: { nonRetryable: !retryable } });
    const next = retryable ? { nextAttemptTime: t.now + backoff(t, attempt) } : { state: 'failed' as const };
    put(t, 'callbacks', key, { ...tried, lastAttemptFailure, ...next });
  }
}

/** Doubles with every attempt; up to a fifth is left to chance, so that those that failed together come back apart. */
function backoff({ limits, random }: Transition, attempt: number): number {
  const interval = Math.min(limits.callbackRetryInitialInterval * 2 ** (attempt - 1), limits.callbackRetryMaxInterval);
  return Math.ceil(interval * (1 - 0.2 * random.float()));
}

/** Whether it can be tried now. */
export const isCallbackDue = (callback: CompletionCallback, now: number): boolean =>
  callback.state === 'scheduled' && callback.nextAttemptTime <= now;

/** When it is to be tried again, or null. */
export const callbackDeadline = ({ state, nextAttemptTime }: CompletionCallback, now: number): number | null =>
  state === 'scheduled' && nextAttemptTime > now ? nextAttemptTime : null;

const STATES = {
  standby: CallbackState.STANDBY,
  scheduled: CallbackState.SCHEDULED,
  succeeded: CallbackState.SUCCEEDED,
  failed: CallbackState.FAILED,
} as const;

export function callbackInfo(callback: CompletionCallback, now: number): Init<CallbackInfo> {
  const isBackingOff = callbackDeadline(callback, now) !== null;
  return {
    callback: callback.callback,
    trigger: { workflowClosed: {} },
    registrationTime: toTimestamp(callback.registrationTime),
    state: isBackingOff ? CallbackState.BACKING_OFF : STATES[callback.state],
    attempt: callback.attempt,
    lastAttemptCompleteTime:
      callback.lastAttemptCompleteTime === null ? null : toTimestamp(callback.lastAttemptCompleteTime),
    lastAttemptFailure: callback.lastAttemptFailure,
    nextAttemptScheduleTime: isBackingOff ? toTimestamp(callback.nextAttemptTime) : null,
  };
}
