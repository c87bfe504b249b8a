import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  executeChild,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@perdure/workflow';

/** One thing after another, so that there is one order only in which things can happen, however slow the machine is. */
interface Activities {
  failsTwice(key: string): Promise<string>;
  neverAnswers(): Promise<void>;
}

const { failsTwice } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '200 ms', backoffCoefficient: 1.5 },
});
const { neverAnswers } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '300 ms',
  retry: { maximumAttempts: 1 },
});
const nowhere = proxyActivities<Activities>({
  taskQueue: 'nobody-polls-this',
  scheduleToStartTimeout: '300 ms',
  startToCloseTimeout: '1 minute',
});

export async function timersAndRetries(): Promise<string> {
  await sleep(300);
  const first = await failsTwice('first');
  await sleep(200);
  return `${first} ${await failsTwice('second')}`;
}

export async function timeouts(): Promise<string[]> {
  const outcome = (run: Promise<unknown>): Promise<string> =>
    run.then(
      () => 'done',
      (error: unknown) => (error instanceof ActivityFailure ? String(error.cause?.message) : 'other'),
    );
  return [await outcome(neverAnswers()), await outcome(nowhere.neverAnswers())];
}

export async function family(): Promise<string> {
  await sleep(200);
  return executeChild(nap, { args: [300], workflowId: `${workflowInfo().workflowId}-child` });
}

export async function nap(ms: number): Promise<string> {
  await sleep(ms);
  return 'rested';
}

export const go = defineSignal('go');

export async function waits(): Promise<boolean[]> {
  let gone = false;
  setHandler(go, () => {
    gone = true;
  });
  const early = await condition(() => gone, '300 ms');
  await condition(() => gone);
  return [early, gone];
}

export async function continues(left: number): Promise<string> {
  await sleep(200);
  if (left > 0) await continueAsNew<typeof continues>(left - 1);
  return 'the end';
}

export async function failsOnce(): Promise<string> {
  await sleep(100);
  if (workflowInfo().attempt < 2) throw ApplicationFailure.create({ message: 'not yet' });
  return 'at last';
}

export async function sleepsForever(): Promise<void> {
  await condition(() => false);
}
