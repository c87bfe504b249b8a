import {
  ActivityCancellationType,
  ActivityFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow';

interface Beating {
  countTo(goal: number, failAt: number): Promise<string>;
  beatOnceAndHang(details: string): Promise<void>;
  beatUntilCancelled(): Promise<string>;
}

const options = { startToCloseTimeout: '30 seconds', heartbeatTimeout: '1 second' } as const;

export async function countWithHeartbeats(goal: number, failAt: number): Promise<string> {
  const { countTo } = proxyActivities<Beating>({ ...options, retry: { initialInterval: 20 } });
  return countTo(goal, failAt);
}

/** What the workflow learns of an activity that went silent. */
export async function goneSilent(details: string): Promise<unknown[]> {
  const { beatOnceAndHang } = proxyActivities<Beating>({ ...options, retry: { maximumAttempts: 1 } });
  try {
    await beatOnceAndHang(details);
    return [];
  } catch (error) {
    if (!(error instanceof ActivityFailure) || !(error.cause instanceof TimeoutFailure)) throw error;
    return [error.cause.timeoutType, error.cause.lastHeartbeatDetails];
  }
}

export async function cancelThroughHeartbeat(): Promise<string> {
  const { beatUntilCancelled } = proxyActivities<Beating>({
    ...options,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const scope = new CancellationScope();
  const result = scope.run(() => beatUntilCancelled());
  await sleep(200);
  scope.cancel();
  try {
    return await result;
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}
