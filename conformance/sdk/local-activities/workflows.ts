import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  proxyLocalActivities,
  sleep,
} from '@temporalio/workflow';

interface Local {
  quick(word: string): Promise<string>;
  flaky(until: number): Promise<number>;
  slow(ms: number): Promise<number>;
  hopeless(): Promise<void>;
}

const retry = { initialInterval: 10, backoffCoefficient: 1 } as const;
const { quick, flaky, slow } = proxyLocalActivities<Local>({ startToCloseTimeout: '20 seconds', retry });
const { hopeless } = proxyLocalActivities<Local>({
  startToCloseTimeout: '5 seconds',
  retry: { ...retry, maximumAttempts: 2 },
});
const { flaky: flakySlowly } = proxyLocalActivities<Local>({
  startToCloseTimeout: '5 seconds',
  localRetryThreshold: 100,
  retry: { initialInterval: 400, backoffCoefficient: 1 },
});

export async function threeQuickOnes(): Promise<string[]> {
  return [await quick('a'), ...(await Promise.all([quick('b'), quick('c')]))];
}

export async function localRetry(until: number): Promise<number> {
  return flaky(until);
}

/** Retries so far apart that each waits on a timer of the server. */
export async function localRetryByTimer(until: number): Promise<number> {
  return flakySlowly(until);
}

export async function localFailure(): Promise<string> {
  try {
    await hopeless();
    return 'done';
  } catch (error) {
    // Releases of the SDK differ in whether they wrap the failure of a local activity.
    const cause = error instanceof ActivityFailure ? error.cause : error;
    if (!(cause instanceof ApplicationFailure)) throw error;
    return cause.message;
  }
}

/** Lasts longer than a workflow task may take. */
export async function localSlow(ms: number): Promise<number> {
  return slow(ms);
}

export async function localCancelled(): Promise<string> {
  const scope = new CancellationScope();
  const result = scope.run(() => slow(20_000));
  await sleep(100);
  scope.cancel();
  try {
    await result;
    return 'done';
  } catch (error) {
    return isCancellation(error) ? 'cancelled' : 'failed';
  }
}
