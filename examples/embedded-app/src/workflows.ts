import { defineQuery, proxyActivities, setHandler, sleep } from '@perdure/workflow';
import type { Activities } from './activities.ts';

const { step } = proxyActivities<Activities>({ startToCloseTimeout: '10 seconds' });

const stage = defineQuery<string>('stage');

const STAGES = ['reserved', 'charged', 'shipped'] as const;

/**
 * Takes an order through its stages.
 *
 * @param pause how long each takes, in ms
 */
export async function order(id: string, pause: number): Promise<string> {
  let now = 'placed';
  setHandler(stage, () => now);
  for (const next of STAGES) {
    await step(id, next);
    now = next;
    await sleep(pause);
  }
  return now;
}
