/** What the workflows have in common: activities, handlers, and notes of what they see. */
import { TimeoutFailure } from '@temporalio/common';
import * as wf from '@temporalio/workflow';

interface Work {
  one(n: number): Promise<number>;
  two(text: string): Promise<string>;
}

export type Seen = unknown[];

export const remote = wf.proxyActivities<Work>({ startToCloseTimeout: '1 minute', retry: { maximumAttempts: 3 } });
export const local = wf.proxyLocalActivities<Work>({
  startToCloseTimeout: 5000,
  localRetryThreshold: '10s',
  retry: { initialInterval: 100, nonRetryableErrorTypes: ['X'] },
});

export const poke = wf.defineSignal<[unknown?]>('poke');
const stop = wf.defineSignal('stop');
export const ask = wf.defineQuery<unknown>('ask');
export const change = wf.defineUpdate<unknown, [unknown]>('change');
const slowChange = wf.defineUpdate<unknown, [unknown]>('slowChange');

export const told = (error: unknown): string => {
  if (!(error instanceof Error)) return `thrown ${String(error)}`;
  const cause = error.cause ? ` because ${told(error.cause)}` : '';
  return `${error.name}: ${error.message}${error instanceof TimeoutFailure ? ` ${error.timeoutType}` : ''}${cause}`;
};

/** What a promise came to, written down when it did. */
export const noted = (seen: Seen, name: string, promise: PromiseLike<unknown>): Promise<void> =>
  Promise.resolve(promise).then(
    (value) => void seen.push([name, value ?? null]),
    (error: unknown) => void seen.push([name, told(error)]),
  );

export function listen(seen: Seen): { stopped: () => boolean } {
  let stopped = false;
  wf.setHandler(stop, () => {
    stopped = true;
  });
  wf.setHandler(poke, async (value) => {
    seen.push(['poked', value ?? null]);
    await wf.sleep(1000);
    seen.push(['after poke', wf.uuid4()]);
  });
  wf.setHandler(ask, () => seen.length, { description: 'how much was seen' });
  wf.setHandler(change, (value) => seen.push(['changed', value ?? null, wf.currentUpdateInfo()]), {
    validator: (value) => {
      if (value === 'no') throw wf.ApplicationFailure.nonRetryable('not this', 'Refused', value);
      if (value === 'bug') throw new Error('validator is wrong');
    },
    description: 'changes',
  });
  wf.setHandler(slowChange, async (value) => {
    const doubled = await remote.one(seen.length);
    seen.push(['slowly', value ?? null, doubled, wf.currentUpdateInfo()]);
    if (value === 'fail') throw wf.ApplicationFailure.create({ message: 'slow failure', type: 'Slow' });
    if (value === 'bug') throw new TypeError('handler is wrong');
    return seen.length;
  });
  return { stopped: () => stopped };
}
