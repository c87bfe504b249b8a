/** Workflows are ordinary functions that go on where they were after a crash: what they await is recorded. */
import { proxyActivities, sleep } from '@perdure/workflow';
import type * as activities from './activities.ts';

const { findGreeting } = proxyActivities<typeof activities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 3 },
});

/** Greets, and a day later says goodbye. */
export async function hello(name: string, language = 'en'): Promise<string[]> {
  const greeting = await findGreeting(language);
  await sleep('1 day');
  return [`${greeting}, ${name}!`, `Goodbye, ${name}!`];
}
