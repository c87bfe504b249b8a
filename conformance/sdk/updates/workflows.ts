import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

const { double } = proxyActivities<{ double(n: number): Promise<number> }>({ startToCloseTimeout: '10 seconds' });

export const plus = defineUpdate<number, [number]>('plus');
export const plusDouble = defineUpdate<number, [number]>('plusDouble');
export const failing = defineUpdate<number>('failing');
export const release = defineSignal('release');
export const whenReleased = defineUpdate<string>('whenReleased');
export const leave = defineSignal('leave');

/** A sum that is changed by updates. */
export async function sum(): Promise<number> {
  let total = 0;
  let released = false;
  let left = false;
  const notNegative = (n: number) => {
    if (n < 0) throw ApplicationFailure.create({ message: `${n} is negative`, type: 'Negative', details: [n] });
  };
  setHandler(plus, (n) => (total += n), { validator: notNegative });
  setHandler(plusDouble, async (n) => (total += await double(n)), { validator: notNegative });
  setHandler(failing, () => {
    throw ApplicationFailure.nonRetryable('failed on purpose', 'OnPurpose');
  });
  setHandler(whenReleased, async () => {
    await condition(() => released);
    return `released at ${total}`;
  });
  setHandler(release, () => {
    released = true;
  });
  setHandler(leave, () => {
    left = true;
  });
  await condition(() => left);
  return total;
}
