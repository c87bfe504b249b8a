import {
  condition,
  continueAsNew,
  defineSignal,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

export const poke = defineSignal<[string]>('poke');

/** Counts down, one run for each number, and tells how many runs there were. */
export async function countDown(from: number, runs = 1): Promise<number> {
  if (from > 0) await continueAsNew<typeof countDown>(from - 1, runs + 1);
  return runs;
}

/** Goes on as another workflow type with a memo. */
export async function becomesAnother(): Promise<string> {
  const goOn = makeContinueAsNewFunc<typeof another>({ workflowType: 'another', memo: { from: 'becomesAnother' } });
  return goOn('what I was');
}

export async function another(before: string): Promise<string> {
  return `${before}: ${workflowInfo().memo?.['from']}, continued from ${workflowInfo().continuedFromExecutionRunId}`;
}

/** Starts a new run for each word, and ends after three. */
export async function pokedThrice(words: string[] = []): Promise<string[]> {
  let latest: string[] = [];
  setHandler(poke, (word) => {
    latest = [...latest, word];
  });
  await condition(() => latest.length > 0);
  const all = [...words, ...latest];
  if (all.length < 3) await continueAsNew<typeof pokedThrice>(all);
  return all;
}
