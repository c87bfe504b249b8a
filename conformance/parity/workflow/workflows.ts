/** Workflows that between them use all of the API, with whatever order of events. What they see they tell as their result. */
import { defineSearchAttributeKey, TimeoutFailure } from '@temporalio/common';
import * as wf from '@temporalio/workflow';

interface Work {
  one(n: number): Promise<number>;
  two(text: string): Promise<string>;
}

type Seen = unknown[];

const remote = wf.proxyActivities<Work>({ startToCloseTimeout: '1 minute', retry: { maximumAttempts: 3 } });
const local = wf.proxyLocalActivities<Work>({
  startToCloseTimeout: 5000,
  localRetryThreshold: '10s',
  retry: { initialInterval: 100, nonRetryableErrorTypes: ['X'] },
});

const poke = wf.defineSignal<[unknown?]>('poke');
const stop = wf.defineSignal('stop');
const ask = wf.defineQuery<unknown>('ask');
const change = wf.defineUpdate<unknown, [unknown?]>('change');
const slowChange = wf.defineUpdate<unknown, [unknown?]>('slowChange');

const told = (error: unknown): string => {
  if (!(error instanceof Error)) return `thrown ${String(error)}`;
  const cause = error.cause ? ` because ${told(error.cause)}` : '';
  return `${error.name}: ${error.message}${error instanceof TimeoutFailure ? ` ${error.timeoutType}` : ''}${cause}`;
};

/** What a promise came to, written down when it did. */
const noted = (seen: Seen, name: string, promise: PromiseLike<unknown>): Promise<void> =>
  Promise.resolve(promise).then(
    (value) => void seen.push([name, value ?? null]),
    (error: unknown) => void seen.push([name, told(error)]),
  );

function listen(seen: Seen): { stopped: () => boolean } {
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

/** Everything at once. */
export async function everything(): Promise<Seen> {
  const seen: Seen = [];
  const { stopped } = listen(seen);
  const all = [
    noted(seen, 'sleep', wf.sleep('2 seconds', { summary: 'a nap' })),
    noted(seen, 'one', remote.one(1)),
    noted(seen, 'two', remote.two.executeWithOptions({ summary: 'second', priority: { priorityKey: 2 } }, ['x'])),
    noted(seen, 'local', local.one(3)),
    noted(seen, 'child', wf.executeChild('other', { args: [wf.uuid4()], staticSummary: 'a child' })),
    noted(seen, 'started', startAndTalk(seen)),
    noted(seen, 'signal', wf.getExternalWorkflowHandle('elsewhere').signal(poke, 5)),
    noted(seen, 'cancel', wf.getExternalWorkflowHandle('elsewhere', 'run').cancel()),
    noted(
      seen,
      'condition',
      wf.condition(() => seen.length > 5, '1 minute'),
    ),
    noted(
      seen,
      'unbounded',
      wf.condition(() => seen.length > 3),
    ),
  ];
  await Promise.race([Promise.all(all), wf.condition(stopped)]);
  await wf.condition(wf.allHandlersFinished);
  return seen;
}

async function startAndTalk(seen: Seen): Promise<unknown> {
  const handle = await wf.startChild('talker', {
    workflowId: 'talker-id',
    cancellationType: 'TRY_CANCEL',
    parentClosePolicy: 'ABANDON',
    memo: { a: 1 },
    searchAttributes: { CustomIntField: [3] },
    workflowRunTimeout: '1 hour',
    cronSchedule: '* * * * *',
    retry: { maximumAttempts: 2 },
  });
  seen.push(['run', handle.firstExecutionRunId]);
  await noted(seen, 'talked', handle.signal('say', 'hello'));
  await noted(seen, 'talked again', handle.signalWithOptions('say', { args: ['there'] as never }));
  return handle.result();
}

/** Scopes within scopes, cancelled from inside and from outside. */
export async function scopes(): Promise<Seen> {
  const seen: Seen = [];
  const { stopped } = listen(seen);
  const inner = new wf.CancellationScope();
  const shielded = new wf.CancellationScope({ cancellable: false });
  const work = [
    noted(
      seen,
      'timer',
      inner.run(() => wf.sleep(5000)),
    ),
    noted(
      seen,
      'activity',
      inner.run(() => remote.one(1)),
    ),
    noted(
      seen,
      'local',
      inner.run(() => local.two('l')),
    ),
    noted(
      seen,
      'child',
      inner.run(() => wf.executeChild('c', { workflowId: 'c' })),
    ),
    noted(
      seen,
      'shielded',
      shielded.run(async () => [await wf.sleep(100), wf.CancellationScope.current() === shielded]),
    ),
    noted(
      seen,
      'below',
      shielded.run(() => wf.CancellationScope.cancellable(() => remote.two('below'))),
    ),
    noted(
      seen,
      'trigger',
      inner.run(async () => new wf.Trigger<string>()),
    ),
    noted(
      seen,
      'condition',
      inner.run(() => wf.condition(() => false)),
    ),
    noted(
      seen,
      'signal',
      inner.run(() => wf.getExternalWorkflowHandle('w').signal('s')),
    ),
    noted(
      seen,
      'cancel',
      inner.run(() => wf.getExternalWorkflowHandle('w').cancel()),
    ),
    noted(
      seen,
      'in time',
      wf.CancellationScope.withTimeout('3 seconds', () => remote.two('late')),
    ),
    noted(seen, 'requested', inner.cancelRequested),
  ];
  await noted(
    seen,
    'waited',
    wf.condition(() => stopped() || seen.length > 2, 2000),
  );
  inner.cancel();
  shielded.cancel();
  await noted(
    seen,
    'too late',
    inner.run(() => wf.sleep(1)),
  );
  await noted(
    seen,
    'too late for an activity',
    inner.run(() => remote.one(2)),
  );
  await noted(
    seen,
    'cleaning',
    wf.CancellationScope.nonCancellable(() => remote.two('clean')),
  );
  await Promise.all(work);
  return seen;
}

/** Is cancelled, or not, and says so by failing. */
export async function cancelled(how: string): Promise<string> {
  try {
    await Promise.all([remote.one(1), wf.sleep(10_000), local.one(2), wf.executeChild('x', { workflowId: 'x' })]);
    return 'done';
  } catch (error) {
    if (how === 'swallow') return `swallowed ${told(error)}`;
    if (how === 'fail') throw wf.ApplicationFailure.create({ message: 'instead', cause: error as Error });
    if (wf.isCancellation(error)) await wf.CancellationScope.nonCancellable(() => wf.sleep(10));
    throw error;
  }
}

/** Who comes first: races between promises with more and fewer turns. */
export async function races(): Promise<Seen> {
  const seen: Seen = [];
  listen(seen);
  const turn = async (n: number): Promise<number> => {
    for (let i = 0; i < n; i++) await null;
    return n;
  };
  const each = [
    noted(seen, 'sleep', wf.sleep(1000)),
    noted(
      seen,
      'sleep in scope',
      wf.CancellationScope.cancellable(() => wf.sleep(1000)),
    ),
    noted(
      seen,
      'condition',
      wf.condition(() => seen.length > 1),
    ),
    noted(
      seen,
      'bounded',
      wf.condition(() => seen.length > 1, 1000),
    ),
    noted(
      seen,
      'zero',
      wf.condition(() => false, 0),
    ),
    noted(seen, 'one', remote.one(1)),
    noted(seen, 'local', local.one(1)),
    noted(seen, 'child', wf.executeChild('c', { workflowId: 'c1' })),
    noted(seen, 'started', wf.startChild('c', { workflowId: 'c2' })),
    noted(seen, 'race', Promise.race([remote.one(2), wf.sleep(1500)])),
  ];
  for (let n = 0; n < 12; n++) each.push(noted(seen, 'turns', turn(n)));
  setTimeout(() => seen.push('timeout'), 1000);
  const cleared = setTimeout(() => seen.push('never'), 1000);
  clearTimeout(cleared);
  await Promise.all(each);
  await wf.sleep(1);
  return seen;
}

/** Time, chance and what is known of oneself. */
export async function surroundings(): Promise<unknown> {
  const draw = () => [Math.random(), wf.uuid4(), wf.workflowRandom.uuid4(), Date.now(), new Date().toISOString()];
  const stream = wf.getRandomStream('mine');
  const before = draw();
  const own = stream.with(() => [
    Math.random(),
    wf.uuid4(),
    wf.workflowRandom.random(),
    wf.getRandomStream('yours').random(),
  ]);
  const over = await stream.with(async () => {
    const drawn = [Math.random()];
    await wf.sleep(10);
    drawn.push(Math.random(), Math.random());
    return drawn;
  });
  const bytes = [...stream.fill(new Uint8Array(7)), ...wf.getRandomStream('mine').fill(new Uint8Array(3))];
  const { unsafe, ...info } = wf.workflowInfo();
  return {
    before,
    own,
    over,
    bytes,
    info,
    keys: Object.keys(unsafe),
    inside: wf.inWorkflowContext(),
    dates: [
      new Date(0).toISOString(),
      Date.UTC(2020, 1),
      Date.parse('2020-01-01'),
      typeof Date(),
      new Date() instanceof Date,
    ],
    refused: [() => new WeakRef({}), () => new FinalizationRegistry(() => {})].map((make) => {
      try {
        make();
        return 'made';
      } catch (error) {
        return told(error);
      }
    }),
  };
}

/** Changes what is known of the workflow from outside. */
export async function attributes(): Promise<unknown> {
  wf.setHandler(ask, () => wf.workflowInfo().memo);
  wf.setCurrentDetails(`at ${Date.now()}`);
  wf.upsertMemo({ a: 1, b: 'two', c: null });
  const int = defineSearchAttributeKey('CustomIntField', 'INT');
  const text = defineSearchAttributeKey('CustomTextField', 'TEXT');
  const words = defineSearchAttributeKey('CustomKeywords', 'KEYWORD_LIST');
  const date = defineSearchAttributeKey('CustomDate', 'DATETIME');
  wf.upsertSearchAttributes([
    { key: int, value: 1 },
    { key: words, value: ['a', 'b'] },
    { key: date, value: new Date(1000) },
  ]);
  const first = wf.workflowInfo();
  wf.upsertSearchAttributes({
    CustomTextField: ['t'],
    CustomIntField: [],
    CustomBool: [true],
    CustomDate: [new Date(5)],
  });
  const second = wf.workflowInfo();
  wf.upsertSearchAttributes([{ key: text, value: null }]);
  wf.upsertMemo({ a: undefined, b: { three: 3 } });
  await wf.sleep(1);
  const shown = ({ memo, searchAttributes, typedSearchAttributes }: wf.WorkflowInfo) => ({
    memo,
    searchAttributes,
    typed: typedSearchAttributes.getAll(),
  });
  return [first, second, wf.workflowInfo()].map(shown);
}

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

/** Patches, asked for in different places. */
export async function patches(): Promise<Seen> {
  const seen: Seen = [];
  seen.push(wf.patched('a'), wf.patched('b'));
  await wf.sleep(10);
  seen.push(wf.patched('a'), wf.patched('c'));
  wf.deprecatePatch('d');
  await wf.sleep(10);
  seen.push(wf.patched('b'), wf.patched('d'), wf.patched('e'));
  return seen;
}

/** Groups of events, in scopes and by hand. */
export async function groups(): Promise<Seen> {
  const seen: Seen = [];
  const outer = wf.createEventGroup('outer');
  const named = wf.createEventGroup('named', { id: 'an-id' });
  wf.setHandler(poke, async () => {
    await wf.sleep(5);
    await remote.one(1);
  });
  wf.setHandler(change, async () => {
    await named.withScope(async () => {
      await wf.sleep(7, { eventGroups: [outer] });
    });
    return 'grouped';
  });
  await outer.withScope(async () => {
    await wf.sleep(1);
    await named.withScope(async () => {
      await noted(seen, 'activity', remote.one(2));
      wf.upsertMemo({ grouped: true });
      await noted(seen, 'child', wf.executeChild('c', { workflowId: 'c', eventGroups: [outer] }));
    });
    await noted(seen, 'local', local.one(1));
  });
  await wf.sleep(10, { eventGroups: [named], summary: 'grouped by hand' });
  await outer.withScope(() => wf.continueAsNew());
  return seen;
}

interface MySinks extends wf.Sinks {
  mine: { tell(text: string, about: object): void };
}

/** What goes out of the isolate without being a command. */
export async function speaks(): Promise<void> {
  const { mine } = wf.proxySinks<MySinks>();
  const counter = wf.metricMeter.createCounter('count', 'things', 'counted').withTags({ a: 'b' });
  const histogram = wf.metricMeter.withTags({ m: 1 }).createHistogram('histogram', 'float', 'ms');
  const gauge = wf.metricMeter.createGauge('gauge');
  for (let i = 0; i < 3; i++) {
    mine.tell(`turn ${i}`, { i });
    wf.log.info('logged', { i });
    counter.add(i, { i });
    histogram.record(i / 2);
    gauge.set(i, { g: true });
    await wf.sleep(10);
  }
  try {
    counter.add(-1);
  } catch (error) {
    wf.log.error(told(error));
  }
}

/** Uses what it is not supposed to. */
export async function mistakes(): Promise<Seen> {
  const seen: Seen = [];
  const attempt = (name: string, fn: () => unknown) => {
    try {
      seen.push([name, String(fn())]);
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

export default async function fallback(...args: unknown[]): Promise<unknown> {
  await wf.sleep(1);
  return [wf.workflowInfo().workflowType, args];
}
