import { defineQuery, proxyActivities, setHandler } from '@perdure/workflow';
import type { Activities, Counts, Part } from './activities.ts';

const { split } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });
const { countWords } = proxyActivities<Activities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumAttempts: 10 },
});

export const progress = defineQuery<{ readonly done: number; readonly of: number }>('progress');

/**
 * Counts words.
 *
 * @param width how many parts are worked on at a time
 */
export async function wordCount(linesPerPart: number, width: number): Promise<Counts> {
  let done = 0;
  let parts: Part[] = [];
  setHandler(progress, () => ({ done, of: parts.length }));
  parts = await split(linesPerPart);

  const total: Record<string, number> = {};
  const waiting = [...parts];
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      for (const [word, count] of Object.entries(await countWords(part))) total[word] = (total[word] ?? 0) + count;
      done++;
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return total;
}
