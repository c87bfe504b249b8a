import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertMemo,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';

type Activities = { work(what: string): Promise<string>; fail(): Promise<void> };
const { work, fail } = proxyActivities<Activities>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 2 } });
const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '10s' });

export const step = defineSignal('step');
export const done = defineQuery<number>('done');
export const add = defineUpdate<string, [string]>('add');

export async function child(name: string): Promise<string> {
  await sleep(1);
  return `child ${name}`;
}

/** A long life, one step for each signal. What each step says depends on all that came before. */
export async function life(isSecond = false): Promise<string[]> {
  const log: string[] = [];
  let steps = 0;
  setHandler(step, () => void steps++);
  setHandler(done, () => log.length);
  setHandler(add, async (text) => {
    const said = await local.work(`update ${text}`);
    await sleep(1);
    return `${said} after ${log.length > 0}`;
  });
  const parts: (() => Promise<string>)[] = [
    () => work('activity'),
    () => local.work('local activity'),
    async () => `${Math.random()} ${uuid4()} ${new Date(Date.now()).getFullYear() > 2000}`,
    () => executeChild(child, { args: ['one'], workflowId: `${workflowInfo().workflowId}-child-${isSecond}` }),
    async () => (patched('a patch') ? work('patched') : 'not patched'),
    async () => (await Promise.all([work('a'), local.work('b'), sleep(1).then(() => 'c')])).join(),
    async () => fail().then(String, (error: Error) => `${error.cause}`),
    cancelled,
    async () => {
      upsertMemo({ note: log.length });
      return JSON.stringify(workflowInfo().memo);
    },
    async () => `${await condition(() => false, 5)}`,
    async () => Promise.race([sleep(1).then(() => 'short'), sleep(60_000).then(() => 'long')]),
    async () => Promise.reject(ApplicationFailure.nonRetryable('caught')).catch((error: Error) => error.message),
  ];
  for (const [index, part] of parts.entries()) {
    await condition(() => steps > index);
    log.push(await part());
  }
  await condition(() => steps > parts.length);
  if (!isSecond) return await continueAsNew<typeof life>(true);
  return log.map((line) => line.replace(/[0-9a-f]{8}-[-0-9a-f]*|0\.\d+/g, '#'));
}

async function cancelled(): Promise<string> {
  try {
    await CancellationScope.withTimeout(5, () => sleep(60_000));
    return 'not cancelled';
  } catch (error) {
    return `cancelled ${isCancellation(error)}`;
  }
}
