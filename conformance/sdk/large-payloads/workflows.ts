import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { reverse } = proxyActivities<{ reverse(text: string): Promise<string> }>({ startToCloseTimeout: '20 seconds' });

export const more = defineSignal<[string]>('more');

/** Passes a large text through an activity and takes another by signal. */
export async function bulky(text: string): Promise<string> {
  let extra = '';
  setHandler(more, (sent) => {
    extra = sent;
  });
  const reversed = await reverse(text);
  await condition(() => extra !== '');
  return `${extra.length} ${reversed}`;
}

export async function tooLarge(): Promise<string> {
  return 'x'.repeat(2_200_000);
}
