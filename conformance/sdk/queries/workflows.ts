import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';

export const count = defineQuery<number, [scale: number]>('count');
export const broken = defineQuery<never>('broken');
export const increment = defineSignal('increment');
export const finish = defineSignal('finish');

export async function countUp(): Promise<number> {
  let value = 0;
  let finished = false;
  setHandler(count, (scale) => value * scale);
  setHandler(broken, () => {
    throw new Error('this query is broken');
  });
  setHandler(increment, () => void value++);
  setHandler(finish, () => {
    finished = true;
  });
  await condition(() => finished);
  return value;
}
