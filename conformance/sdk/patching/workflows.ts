import {
  condition,
  defineSignal,
  deprecatePatch,
  patched,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';

const { step } = proxyActivities<{ step(name: string): Promise<string> }>({ startToCloseTimeout: '10 seconds' });

export const goOn = defineSignal('goOn');

function waitForSignal(): Promise<void> {
  let told = false;
  setHandler(goOn, () => {
    told = true;
  });
  return condition(() => told);
}

/** The code as it was first deployed. */
export async function versionOne(): Promise<string[]> {
  await waitForSignal();
  return [await step('old')];
}

/** Old runs go the old way, new ones the new. */
export async function versionTwo(): Promise<string[]> {
  const steps: string[] = [];
  if (patched('two-steps')) steps.push(await step('new'));
  await waitForSignal();
  return [...steps, await step('old')];
}

/** No run of version one is left. */
export async function versionThree(): Promise<string[]> {
  deprecatePatch('two-steps');
  const steps = [await step('new')];
  await waitForSignal();
  return [...steps, await step('old')];
}

/** What must not be deployed while runs of version one are open. */
export async function versionBroken(): Promise<string[]> {
  await sleep(1);
  return [await step('old')];
}
