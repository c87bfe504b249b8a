/** One attempt of a local activity: run, with what may end it early. */
import { ActivityCancellationDetails, FAILURE_SOURCE } from '@perdure/common';
import { temporal } from '@perdure/proto';
import { type ActivityEnvironment, prepareActivity } from '../activities/prepare.ts';
import type { ActivityResult, ActivityStart } from '../activities/start.ts';
import type { Activity } from '../activity.ts';
import type { LocalActivityOutcome } from '../workflow/host.ts';

export type LocalResult = LocalActivityOutcome['result'];
type Failure = temporal.api.failure.v1.IFailure;

export const TimeoutType = temporal.api.enums.v1.TimeoutType;

export const timedOut = (timeoutType: temporal.api.enums.v1.TimeoutType): LocalResult => ({
  kind: 'timed-out',
  failure: { message: 'Activity timed out', timeoutFailureInfo: { timeoutType } },
});

export const cancelled = (failure?: Failure | null): LocalResult => ({
  kind: 'cancelled',
  failure: failure ?? { message: 'Activity cancelled', canceledFailureInfo: {} },
});

/** An attempt that runs. */
export interface Attempt {
  readonly result: Promise<LocalResult>;
  /** Asks the function to stop; the attempt ends when it does. */
  cancel(): void;
  /** Asks the function to stop; the attempt ends with this at once, whatever the function does. */
  timeOut(timeoutType: temporal.api.enums.v1.TimeoutType): void;
}

export function startAttempt(environment: ActivityEnvironment, token: Uint8Array, start: ActivityStart): Attempt {
  const early = Promise.withResolvers<LocalResult>();
  let activity: Activity | undefined;
  let stopped: 'CANCELLED' | 'TIMED_OUT' | undefined;

  const tell = () => {
    if (!activity || !stopped) return;
    const details = stopped === 'CANCELLED' ? { isCancelled: true } : { isTimedOut: true };
    activity.cancel(stopped, ActivityCancellationDetails.fromProto(details));
  };
  const run = async (): Promise<LocalResult> => {
    const prepared = await prepareActivity(environment, token, start, () => {});
    if (prepared.kind === 'refused') return localResult(prepared.result);
    activity = prepared.activity;
    tell();
    return localResult(await activity.run(prepared.input));
  };
  const stop = (reason: 'CANCELLED' | 'TIMED_OUT') => {
    if (stopped) return;
    stopped = reason;
    tell();
  };
  return {
    result: Promise.race([run(), early.promise]),
    cancel: () => stop('CANCELLED'),
    timeOut(timeoutType) {
      stop('TIMED_OUT');
      early.resolve(timedOut(timeoutType));
    },
  };
}

function localResult(result: ActivityResult): LocalResult {
  if (result.completed) return { kind: 'completed', result: result.completed.result ?? null };
  if (result.cancelled) return cancelled(result.cancelled.failure);
  if (result.failed) return { kind: 'failed', failure: result.failed.failure ?? {} };
  return { kind: 'failed', failure: notLocal };
}

const notLocal: Failure = {
  message: 'A local activity cannot complete asynchronously',
  source: FAILURE_SOURCE,
  applicationFailureInfo: { type: 'CompleteAsyncError', nonRetryable: true },
};
