import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/** Stands for a bug: the test replaces this text in the bundle of the worker that has it. */
const QUALITY: string = 'deployed-without-bug';

export const fixed = defineSignal('fixed');

export async function deployed(): Promise<string> {
  let told = false;
  setHandler(fixed, () => {
    told = true;
  });
  await condition(() => told);
  // Not an ApplicationFailure: it fails the workflow task, which is tried again, and not the workflow.
  if (QUALITY !== `deployed${'-'}without-bug`) throw new TypeError('undefined is not a function');
  return QUALITY;
}
