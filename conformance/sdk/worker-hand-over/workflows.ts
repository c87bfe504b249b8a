import { condition, defineQuery, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { stamp } = proxyActivities<{ stamp(page: number): Promise<string> }>({ startToCloseTimeout: '10 seconds' });

export const turn = defineSignal('turn');
export const stamps = defineQuery<string[]>('stamps');

/** Collects a stamp for each page that is turned. */
export async function passport(pages: number): Promise<string[]> {
  const collected: string[] = [];
  let turned = 0;
  setHandler(turn, () => void turned++);
  setHandler(stamps, () => collected);
  for (let page = 1; page <= pages; page++) {
    await condition(() => turned >= page);
    collected.push(await stamp(page));
  }
  return collected;
}
