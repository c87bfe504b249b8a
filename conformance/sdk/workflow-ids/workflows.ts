import { ApplicationFailure, condition, defineSignal, setHandler } from '@temporalio/workflow';

export const close = defineSignal<[fail: boolean]>('close');

/** Stays open until it is told how to close. */
export async function stayOpen(): Promise<string> {
  let fail: boolean | undefined;
  setHandler(close, (how) => {
    fail = how;
  });
  await condition(() => fail !== undefined);
  if (fail) throw ApplicationFailure.nonRetryable('closed by failing');
  return 'closed';
}
