import { condition, defineSignal, setHandler } from '@temporalio/workflow';

export const deposit = defineSignal<[number]>('deposit');

/** Adds up what it is sent, until it has at least `goal`. */
export async function save(goal: number): Promise<number[]> {
  const deposits: number[] = [];
  setHandler(deposit, (amount) => void deposits.push(amount));
  await condition(() => deposits.reduce((sum, amount) => sum + amount, 0) >= goal);
  return deposits;
}
