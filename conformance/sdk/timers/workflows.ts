import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';

/** Sleeps for `ms` milliseconds and tells by how much workflow time went on. */
export async function nap(ms: number): Promise<number> {
  const before = Date.now();
  await sleep(ms);
  return Date.now() - before;
}

/** Starts all timers at once and tells in which order they fired. */
export async function race(durations: readonly number[]): Promise<number[]> {
  const fired: number[] = [];
  await Promise.all(durations.map((ms) => sleep(ms).then(() => fired.push(ms))));
  return fired;
}

export async function cancelledTimer(): Promise<string> {
  const scope = new CancellationScope();
  const long = scope.run(() => sleep('1 hour'));
  await sleep(10);
  scope.cancel();
  try {
    await long;
    return 'fired';
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}

export async function conditionTimesOut(): Promise<boolean> {
  return condition(() => false, 50);
}
