import assert from 'node:assert';
import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
} from '@perdure/workflow';

interface Activities {
  flaky(): Promise<string>;
  napping(ms: number): Promise<void>;
}

const { flaky } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 hour', backoffCoefficient: 2, maximumAttempts: 5 },
});
const { napping } = proxyActivities<Activities>({ startToCloseTimeout: '10 days' });

/** How long it took by its own clock. */
export async function sleeper(ms: number): Promise<number> {
  const before = Date.now();
  await sleep(ms);
  return Date.now() - before;
}

export const retries = (): Promise<string> => flaky();

/** Which is over first: an activity that sleeps for a day, or a timer. */
export const race = (timerHours: number): Promise<string> =>
  Promise.race([napping(24 * 3_600_000).then(() => 'activity'), sleep(`${timerHours} hours`).then(() => 'timer')]);

export const approve = defineSignal('approve');
export const isApproved = defineQuery<boolean>('isApproved');

export async function approval(): Promise<string> {
  let approved = false;
  setHandler(approve, () => {
    approved = true;
  });
  setHandler(isApproved, () => approved);
  if (await condition(() => approved, '30 days')) return 'approved';
  throw ApplicationFailure.nonRetryable('nobody approved', 'Expired');
}

export async function asserts(x: number): Promise<void> {
  assert.strictEqual(x, 7);
}
