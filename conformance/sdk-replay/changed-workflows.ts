import { proxyActivities, sleep } from '@perdure/workflow';

const { wave } = proxyActivities<{ wave(name: string): Promise<string> }>({ startToCloseTimeout: '10s' });

/** Sleeps where the other one greets. */
export async function one(): Promise<string> {
  await sleep(1);
  return 'slept';
}

/** Asks for another activity. */
export async function diary(): Promise<string> {
  return await wave('all');
}

export async function throws(): Promise<void> {
  throw new TypeError('not a failure of the workflow');
}
