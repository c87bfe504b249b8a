import {
  type ActivityCancellationType,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  proxyActivities,
  sleep,
} from '@temporalio/workflow';

interface Work {
  untilCancelled(): Promise<string>;
  cleanUp(): Promise<string>;
}

const { cleanUp } = proxyActivities<Work>({ startToCloseTimeout: '10 seconds' });

export async function waitForever(): Promise<void> {
  await condition(() => false);
}

/** Cleans up when cancelled, and ends as cancelled. */
export async function cleansUp(): Promise<void> {
  try {
    await sleep('1 hour');
  } catch (error) {
    await CancellationScope.nonCancellable(() => cleanUp());
    throw error;
  }
}

/** Takes the cancellation for an answer, and completes. */
export async function shrugsItOff(): Promise<string> {
  try {
    await CancellationScope.current().cancelRequested;
    return 'never';
  } catch (error) {
    return error instanceof CancelledFailure ? 'cancelled, but done' : 'failed';
  }
}

/** Cancels an activity and tells how long workflow time went on until its promise settled. */
export async function cancelsActivity(cancellationType: ActivityCancellationType): Promise<string> {
  const { untilCancelled } = proxyActivities<Work>({
    startToCloseTimeout: '30 seconds',
    heartbeatTimeout: '2 seconds',
    cancellationType,
  });
  const scope = new CancellationScope();
  const result = scope.run(() => untilCancelled());
  await sleep(200);
  scope.cancel();
  try {
    return await result;
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}

/** An inner scope is cancelled, its sibling is not. */
export async function cancelsOneScope(): Promise<string[]> {
  const seen: string[] = [];
  const inner = new CancellationScope();
  const cancelledTimer = inner
    .run(() => sleep('1 hour'))
    .catch((error: unknown) => {
      seen.push(isCancellation(error) ? 'inner cancelled' : 'inner failed');
    });
  const sibling = sleep(100).then(() => seen.push('sibling done'));
  inner.cancel();
  await Promise.all([cancelledTimer, sibling]);
  return seen;
}

export async function timesOutScope(): Promise<string> {
  try {
    await CancellationScope.withTimeout(100, () => sleep('1 hour'));
    return 'never';
  } catch (error) {
    return isCancellation(error) ? 'timed out' : 'failed';
  }
}
