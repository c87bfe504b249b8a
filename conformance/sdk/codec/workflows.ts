import {
  ActivityFailure,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

const { keep } = proxyActivities<{ keep(secret: string): Promise<string> }>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
});

export const tell = defineSignal<[string]>('tell');
export const ask = defineQuery<string, [string]>('ask');
export const whisper = defineUpdate<string, [string]>('whisper');

/** Passes a secret through each kind of message. */
export async function secretive(secret: string): Promise<string[]> {
  const heard: string[] = [];
  setHandler(tell, (word) => void heard.push(word));
  setHandler(ask, (word) => `${word} ${secret}`);
  setHandler(whisper, (word) => {
    heard.push(word);
    return `${word}, heard`;
  });
  const kept = await keep(secret);
  await condition(() => heard.length >= 2);
  return [kept, ...heard];
}

export async function secretFailure(secret: string): Promise<unknown> {
  try {
    return await keep(secret);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    throw error.cause;
  }
}
