/** Workflows that wait for much at once. */
import * as wf from '@temporalio/workflow';
import { listen, local, noted, poke, remote, type Seen, told } from './listening.ts';

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
    for (let i = 0; i < n; i++) await Promise.resolve();
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
