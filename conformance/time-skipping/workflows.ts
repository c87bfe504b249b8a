import { ApplicationFailure, condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

interface Activities {
  flaky(): Promise<string>;
  napping(ms: number): Promise<void>;
}

const { flaky } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 hour', backoffCoefficient: 2, maximumAttempts: 5 },
});
const { napping } = proxyActivities<Activities>({ startToCloseTimeout: '10 days', heartbeatTimeout: 0 });

/** How long it took by its own clock. */
export async function sleeper(ms: number): Promise<number> {
  const before = Date.now();
  await sleep(ms);
  return Date.now() - before;
}

export async function sleepers(days: number): Promise<number[]> {
  const woken: number[] = [];
  await Promise.all(
    Array.from({ length: days }, async (_, day) => {
      await sleep(`${days - day} days`);
      woken.push(days - day);
    }),
  );
  return woken;
}

export const retries = (): Promise<string> => flaky();

export async function daily(): Promise<string> {
  return flaky();
}

/** Which is over first: an activity that sleeps for a day, or a timer. */
export async function race(timerHours: number): Promise<string> {
  return Promise.race([
    napping(24 * 3_600_000).then(() => 'activity'),
    sleep(`${timerHours} hours`).then(() => 'timer'),
  ]);
}

export const approve = defineSignal('approve');

export async function approval(): Promise<string> {
  let approved = false;
  setHandler(approve, () => {
    approved = true;
  });
  if (await condition(() => approved, '30 days')) return 'approved';
  throw ApplicationFailure.nonRetryable('nobody approved', 'Expired');
}
