import {
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  proxyActivities,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';

interface Unreliable {
  failsUntil(attempt: number, type: string, nonRetryable: boolean): Promise<number>;
  takes(ms: number): Promise<void>;
  asksForDelay(ms: number): Promise<number>;
}

export interface Ending {
  readonly retryState: string;
  readonly type: string;
  readonly message: string;
}

/** Runs one of the unreliable activities, and tells what came of it. */
export async function tryActivity(
  name: keyof Unreliable,
  args: [number, string, boolean] | [number],
  options: ActivityOptions,
): Promise<number | Ending> {
  const run = proxyActivities<Record<string, (...args: unknown[]) => Promise<number>>>(options)[name];
  try {
    return (await run?.(...args)) ?? 0;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause, retryState } = error;
    const type =
      cause instanceof TimeoutFailure ? cause.timeoutType : cause instanceof ApplicationFailure ? cause.type : '';
    return { retryState: retryState ?? '', type: type ?? '', message: cause?.message ?? '' };
  }
}

/** Fails until its `attempt`th run. */
export async function failUntilRun(attempt: number): Promise<number> {
  const current = workflowInfo().attempt;
  if (current < attempt) throw ApplicationFailure.retryable(`run ${current} fails`);
  return current;
}
