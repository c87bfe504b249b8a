/** Workflows that are told unforeseen things, and end in all ways. */
import { TimeoutFailure } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import { ask, listen, noted, poke, remote, type Seen, told } from './listening.ts';

/** Handlers for whatever comes, set and taken away again. */
export async function dynamic(): Promise<Seen> {
  const seen: Seen = [];
  await wf.sleep(100);
  wf.setDefaultSignalHandler((name, ...args) => {
    seen.push(['signal', name, args]);
    if (args[0] === 'bug') throw new Error('default handler is wrong');
    if (args[0] === 'fail') throw wf.ApplicationFailure.create({ message: 'default failure' });
  });
  wf.setDefaultQueryHandler((name, ...args) => ({ name, args, seen }));
  await wf.sleep(100);
  wf.setDefaultUpdateHandler(async (name, ...args) => {
    await wf.sleep(50);
    seen.push(['update', name, args]);
    return seen.length;
  });
  wf.setHandler(ask, undefined);
  wf.setHandler(poke, (value) => void seen.push(['own', value ?? null]), { unfinishedPolicy: 'ABANDON' });
  await wf.sleep(1000);
  wf.setDefaultSignalHandler(undefined);
  wf.setDefaultUpdateHandler(undefined);
  wf.setHandler(poke, undefined);
  await remote.one(1);
  return seen;
}

/** Ends while handlers still run. */
export async function leaves(how: string): Promise<string> {
  const seen: Seen = [];
  const { stopped } = listen(seen);
  await wf.condition(() => stopped() || seen.length > 2, 3000);
  if (how === 'fail') throw wf.ApplicationFailure.nonRetryable('left', 'Leaving', { seen: seen.length });
  if (how === 'continue') await wf.continueAsNew<typeof leaves>('done');
  if (how === 'continue otherwise')
    await wf.makeContinueAsNewFunc<typeof leaves>({
      workflowType: 'other',
      taskQueue: 'q2',
      memo: { m: 1 },
      searchAttributes: { CustomIntField: [1] },
      workflowRunTimeout: 1000,
      workflowTaskTimeout: '2s',
      backoffStartInterval: '3s',
      initialVersioningBehavior: 'AUTO_UPGRADE',
      versioningIntent: 'DEFAULT',
    })('next');
  return 'left';
}

/** Throws what there is to be thrown. */
export async function throwing(how: string): Promise<void> {
  await wf.sleep(1);
  class Special extends RangeError {}
  if (how === 'bug') throw new TypeError('a bug');
  if (how === 'special') throw new Special('a special case');
  // biome-ignore lint/style/useThrowOnlyError: code may throw anything
  if (how === 'string') throw 'only a string';
  if (how === 'timeout') throw new TimeoutFailure('too late', undefined, 'START_TO_CLOSE');
  if (how === 'terminated') throw new wf.TerminatedFailure('ended');
  if (how === 'cancelled') throw new wf.CancelledFailure('without being asked');
  if (how === 'nested')
    throw wf.ApplicationFailure.create({
      message: 'outer',
      type: 'T',
      details: [1, { a: 2 }],
      nextRetryDelay: '3s',
      category: 'BENIGN',
      cause: new Error('inner'),
    });
  if (how === 'promise') void Promise.reject(new Error('nobody listens')).catch(() => undefined);
}

export async function options(): Promise<string> {
  await wf.sleep(1);
  throw new RangeError('configured');
}
wf.setWorkflowOptions({ versioningBehavior: 'PINNED', failureExceptionTypes: [RangeError] }, options);

export async function dynamicOptions(): Promise<string> {
  await wf.sleep(1);
  throw new SyntaxError('configured later');
}
wf.setWorkflowOptions(
  () => ({
    versioningBehavior: wf.workflowInfo().attempt > 0 ? 'AUTO_UPGRADE' : 'PINNED',
    failureExceptionTypes: [Error],
  }),
  dynamicOptions,
);

/** Uses what it is not supposed to. */
export async function mistakes(): Promise<Seen> {
  const seen: Seen = [];
  const attempt = (name: string, fn: () => unknown) => {
    try {
      const made = fn();
      if (made instanceof Promise) made.catch(() => undefined);
      seen.push([name, String(made)]);
    } catch (error) {
      seen.push([name, told(error)]);
    }
  };
  const loose = wf as unknown as Record<string, (...args: unknown[]) => unknown>;
  attempt('no timeout', () => loose['proxyActivities']?.({}));
  attempt('no options', () => loose['proxyActivities']?.());
  attempt('no local options', () => loose['proxyLocalActivities']?.());
  attempt('symbol', () => (remote as unknown as Record<symbol, unknown>)[Symbol('x')]);
  attempt('reserved', () => wf.setHandler(wf.defineSignal('__temporal_x'), () => {}));
  attempt('stack trace', () => wf.setHandler(wf.stackTraceQuery, () => ''));
  attempt('no function', () => loose['setHandler']?.(poke, 'text'));
  attempt('no definition', () => loose['setHandler']?.({ type: 'other', name: 'x' }, () => {}));
  attempt('default', () => loose['setDefaultSignalHandler']?.(5));
  attempt('default query', () => loose['setDefaultQueryHandler']?.(null));
  attempt('memo', () => loose['upsertMemo']?.(null));
  attempt('attributes', () => loose['upsertSearchAttributes']?.(undefined));
  attempt('attribute', () => loose['upsertSearchAttributes']?.({ a: 'b' }));
  attempt('sleep', () => wf.sleep('soon' as never));
  attempt('activity', () => wf.scheduleActivity('a', [], {}));
  await noted(seen, 'local activity', wf.scheduleLocalActivity('nowhere', [], { startToCloseTimeout: 1 }));
  await noted(seen, 'unconvertible', remote.one(5n as never));
  await noted(seen, 'child', wf.executeChild('c', { args: [5n], workflowId: 'c' }));
  await noted(seen, 'undefined options', wf.scheduleLocalActivity('a', [], undefined as never));
  return seen;
}

export const notAFunction = 5;

export async function fallback(...args: unknown[]): Promise<unknown> {
  await wf.sleep(1);
  return [wf.workflowInfo().workflowType, args];
}
