import { condition, defineSignal, setDefaultSignalHandler, setHandler, sleep } from '@temporalio/workflow';

export const add = defineSignal<[string]>('add');
export const addSlowly = defineSignal<[string]>('addSlowly');

/** Collects what it is sent until it has `count` of them. */
export async function collect(count: number): Promise<string[]> {
  const collected: string[] = [];
  setHandler(add, (word) => void collected.push(word));
  setHandler(addSlowly, async (word) => {
    await sleep(20);
    collected.push(`${word} (slowly)`);
  });
  setDefaultSignalHandler((name, ...args) => void collected.push(`${name}: ${args.join(' ')}`));
  await condition(() => collected.length >= count);
  return collected;
}
