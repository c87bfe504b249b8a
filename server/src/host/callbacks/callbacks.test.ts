import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import { createRun } from '../../engine/workflow/create.ts';
import type { Delivery } from '../../engine/workflow/machines/callback.ts';
import { terminateRun } from '../../engine/workflow/requests/terminate.ts';
import { testNamespace } from '../../engine/workflow/testing.ts';
import { type ManualClock, manualClock } from '../../kernel/manual-clock.ts';
import type { Storage } from '../../storage/contract.ts';
import { openSqlite } from '../../storage/sqlite/open.ts';
import { type HostWorld, hostWorld, isSettled } from '../host.fixture.ts';
import type { Loaded } from '../loaded.ts';
import { type Callbacks, createCallbacks } from './callbacks.ts';
import type { CallbackRequest } from './completion.ts';

const taken: Delivery = { kind: 'taken' };
const refused: Delivery = { kind: 'not-taken', message: 'no', retryable: true };

/** A host whose runs' callbacks are sent to the test, which answers them. */
interface Receiving extends HostWorld {
  readonly sent: CallbackRequest[];
  /** Answers the oldest request that waits. */
  answer(delivery: Delivery): void;
  readonly callbacks: Callbacks;
}

const open: Callbacks[] = [];
afterEach(async () => {
  for (const callbacks of open.splice(0)) await callbacks.close();
});

async function receiving(storage?: Storage, clock?: ManualClock, seed = 1): Promise<Receiving> {
  const sent: CallbackRequest[] = [];
  const answers: ((delivery: Delivery) => void)[] = [];
  const world = await hostWorld({
    seed,
    ...(storage && { storage }),
    ...(clock && { clock }),
    onPerform: (effect, loaded) => effect.kind === 'call-back' && callbacks.perform(effect, loaded),
  });
  const callbacks = createCallbacks(
    world.host,
    (request, _timeout, signal) => {
      sent.push(request);
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      answers.push(resolve);
      signal.addEventListener('abort', () => resolve(refused));
      return promise;
    },
    (error) => world.bugs.push(error),
  );
  open.push(callbacks);
  return { ...world, sent, callbacks, answer: (delivery) => answers.shift()?.(delivery) };
}

async function awaitedRun({ host }: HostWorld): Promise<Loaded> {
  const t = createRun(host.context(testNamespace), {
    key: { namespaceId: testNamespace.id, workflowId: 'w', runId: host.random.uuid() },
    requestId: 'request',
    started: {
      workflowType: { name: 'W' },
      taskQueue: { name: 'q' },
      workflowTaskTimeout: { seconds: 10 },
      completionCallbacks: [{ nexus: { url: 'https://a' } }],
    },
  });
  const { reply, durable } = host.create(t, testNamespace);
  await durable;
  return reply;
}

const terminate = ({ host }: HostWorld, run: Loaded) =>
  host.change(run, (t) => terminateRun(t, { reason: '', details: null, identity: '' }));
const turns = async (): Promise<void> => {
  for (let n = 0; n < 5; n++) await isSettled(null);
};
const state = async ({ host }: HostWorld, run: Loaded) => (await host.load(run.run.key))?.run.callbacks.get(0);

describe('a callback of a run', () => {
  test('is not sent before the end of the run is durable', async () => {
    const world = await receiving();
    const run = await awaitedRun(world);
    world.faults.hold();
    terminate(world, run);
    await turns();
    assert.equal(world.sent.length, 0);
    world.faults.release();
    await turns();
    assert.equal(world.sent.length, 1);
  });

  test('is not sent of an end that was lost, but of the one that comes then', async () => {
    const world = await receiving();
    const run = await awaitedRun(world);
    world.faults.failAt(world.faults.commits() + 1, 'before');
    await terminate(world, run).durable?.catch(() => {});
    await turns();
    assert.equal(world.sent.length, 0);
    const reloaded = await world.host.load(run.run.key);
    assert.equal(reloaded?.run.head.status, WorkflowExecutionStatus.RUNNING);
    terminate(world, reloaded);
    await turns();
    world.clock.advance(1_000);
    await turns();
    assert.equal(world.sent.length, 1);
    world.answer(taken);
    await turns();
    assert.equal((await state(world, run))?.state, 'succeeded');
  });

  test('is sent once, and that it was taken is written', async () => {
    const world = await receiving();
    const run = await awaitedRun(world);
    terminate(world, run);
    await turns();
    world.answer(taken);
    await turns();
    assert.equal((await state(world, run))?.state, 'succeeded');
    world.clock.advance(3_600_000);
    await turns();
    assert.equal(world.sent.length, 1);
    assert.deepEqual(world.bugs, []);
  });

  test('is sent again when its back-off is over', async () => {
    const world = await receiving();
    const run = await awaitedRun(world);
    terminate(world, run);
    await turns();
    world.answer(refused);
    await turns();
    assert.equal(world.sent.length, 1);
    world.clock.advance(1_000);
    await turns();
    assert.equal(world.sent.length, 2);
    world.answer(taken);
    await turns();
    assert.deepEqual([(await state(world, run))?.state, (await state(world, run))?.attempt], ['succeeded', 2]);
  });

  for (const { when, before } of [
    { when: 'before it was sent', before: async () => {} },
    { when: 'before its answer came', before: turns },
    {
      when: 'before the answer was written',
      before: async (world: Receiving) => {
        await turns();
        world.faults.stopAt(world.faults.commits() + 1, 'before');
        world.answer(taken);
        await turns();
      },
    },
    {
      when: 'while it backed off',
      before: async (world: Receiving) => {
        await turns();
        world.answer(refused);
        await turns();
      },
    },
  ])
    test(`is sent after a restart when the server died ${when}`, async () => {
      const storage = await openSqlite({ path: ':memory:' });
      const clock = manualClock();
      const first = await receiving(storage, clock);
      const run = await awaitedRun(first);
      await terminate(first, run).durable;
      await before(first);
      await first.callbacks.close();
      const second = await receiving(storage, clock, 2);
      await second.host.recover();
      await turns();
      clock.advance(1_000);
      await turns();
      assert.equal(second.sent.length, 1);
      second.answer(taken);
      await turns();
      assert.equal((await state(second, run))?.state, 'succeeded');
      await second.host.close();
      await storage.close();
    });
});
