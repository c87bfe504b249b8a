import { proxyActivities, sleep } from '@perdure/workflow';

const { step } = proxyActivities<{ step(name: string): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** As it was changed without a thought for those under way: it waits first. */
export async function journey(): Promise<void> {
  await sleep('1 day');
  await step('first');
}
