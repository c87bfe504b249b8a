import { ActivityFailure, ApplicationFailure, executeChild, proxyActivities } from '@temporalio/workflow';

interface Failing {
  throwsChain(): Promise<void>;
  throwsDetails(): Promise<void>;
}

const { throwsChain, throwsDetails } = proxyActivities<Failing>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
});

export async function failsThroughActivity(): Promise<void> {
  await throwsChain();
}

/** Three workflows deep: the failure of the activity passes through each. */
export async function failsThroughChild(depth: number): Promise<void> {
  if (depth === 0) return failsThroughActivity();
  await executeChild(failsThroughChild, { args: [depth - 1] });
}

export async function seesDetails(): Promise<unknown[]> {
  try {
    await throwsDetails();
    return [];
  } catch (error) {
    if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) throw error;
    const { message, type, nonRetryable, details } = error.cause;
    return [message, type, nonRetryable, details];
  }
}

export async function failsItself(): Promise<void> {
  throw ApplicationFailure.create({ message: 'of my own', type: 'Own', details: ['a', { b: 1 }] });
}
