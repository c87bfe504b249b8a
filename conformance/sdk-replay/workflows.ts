import { proxyActivities, sleep } from '@perdure/workflow';

const { greet } = proxyActivities<{ greet(name: string): Promise<string> }>({ startToCloseTimeout: '10s' });

export async function one(name: string): Promise<string> {
  return await greet(name);
}

export async function nap(ms: number): Promise<string> {
  await sleep(ms);
  return 'rested';
}

export async function loop(): Promise<void> {
  await sleep(1);
  for (;;);
}
