import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  Trigger,
} from '@perdure/workflow';

type Activities = { greet(name: string): Promise<string> };
const { greet } = proxyActivities<Activities>({ startToCloseTimeout: '10s' });
const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '10s' });

const go = defineSignal<[string]>('go');
const seen = defineQuery<string[]>('seen');
const add = defineUpdate<number, [string]>('add');

/** Greets once, and is done. */
export async function one(name: string): Promise<string> {
  return await greet(name);
}

/** Waits for signals and updates, and does a little of everything for each. */
export async function diary(entries: number): Promise<string[]> {
  const lines: string[] = [];
  setHandler(seen, () => lines);
  setHandler(go, (line) => void lines.push(line));
  setHandler(add, (line) => lines.push(`updated ${line}`), {
    validator(line) {
      if (line === 'bad') throw new Error('no bad lines');
    },
  });
  for (let entry = 1; entry <= entries; entry++) {
    await condition(() => lines.length >= entry);
    lines[entry - 1] = `${await greet(lines[entry - 1] ?? '')} ${await local.greet('nearby')}`;
    await sleep(1);
  }
  return lines;
}

/** A local activity that takes longer than the task may. */
export async function patient(): Promise<string> {
  return await local.greet('slow');
}

export async function loop(): Promise<void> {
  await sleep(1);
  for (;;);
}

export async function unhandled(): Promise<void> {
  void Promise.reject(new Error('nobody cares'));
  await sleep(1_000);
}

/** Does something else each time that it is replayed. */
export async function fickle(): Promise<void> {
  const runs = (globalThis as { fickleRuns?: () => number }).fickleRuns?.() ?? 0;
  if (runs === 0) await sleep(5);
  else await greet('other');
  await condition(() => false);
}

/** Asks twice, and again after a while. */
export async function patchy(): Promise<boolean[]> {
  const asked = [patched('change'), patched('change')];
  await sleep(1);
  return [...asked, patched('change')];
}

/** Waits for more than one thing at once. */
export async function crowd(): Promise<void> {
  await Promise.all([new Trigger<void>(), sleep(100_000)]);
}
