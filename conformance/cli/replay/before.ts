import { proxyActivities, sleep } from '@perdure/workflow';

const { step } = proxyActivities<{ step(name: string): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** Takes a step and waits. */
export async function journey(): Promise<void> {
  await step('first');
  await sleep('1 day');
}
