import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { GrpcError, Status } from '@perdure/transport';
import { fixedSupplier } from '../slots/fixed.ts';
import { createSlots, type Permit } from '../slots/slots.ts';
import { type Polled, startPoller } from './poller.ts';
import { createRateLimit } from './rate.ts';
import { createScaling } from './scaling.ts';

type Answer = (polled: Polled<string> | GrpcError) => void;

/** A poller whose polls the test answers. */
function polling({ slots: size = 10, maximum = 2 } = {}) {
  const stop = new AbortController();
  const cancel = new AbortController();
  const waiting: Answer[] = [];
  const tasks: [string, Permit<string>][] = [];
  const failures: number[] = [];
  const context = { slotType: 'activity', taskQueue: 'q', workerIdentity: 'me', workerBuildId: '' } as const;
  const slots = createSlots<string>({ supplier: fixedSupplier(size), context });
  const poller = startPoller<string, string>({
    slots,
    scaling: createScaling({ behavior: { type: 'simple-maximum', maximum }, serverScales: false }),
    stop: stop.signal,
    cancel: cancel.signal,
    poll: (_timeout, signal) =>
      new Promise((resolve, reject) => {
        waiting.push((answer) => (answer instanceof GrpcError ? reject(answer) : resolve(answer)));
        signal.addEventListener('abort', () => reject(new GrpcError(Status.CANCELLED, 'cancelled')));
      }),
    onTask: (task, permit) => tasks.push([task, permit]),
    onFailure: (_error, attempt) => failures.push(attempt),
  });
  const turn = () => new Promise(setImmediate);
  const answer = async (polled: Parameters<Answer>[0]) => {
    waiting.shift()?.(polled);
    await turn();
  };
  return { poller, slots, waiting, tasks, failures, stop, cancel, turn, answer };
}

const task = (name: string): Polled<string> => ({ task: name, empty: false, suggestedChange: undefined });
const nothing: Polled<string> = { task: '', empty: true, suggestedChange: undefined };

test('so many polls are open as may be, and each that ends is followed by another', async () => {
  const t = polling();
  await t.turn();
  assert.equal(t.waiting.length, 2);
  await t.answer(task('a'));
  assert.equal(t.waiting.length, 2);
  assert.equal(t.tasks[0]?.[0], 'a');
  assert.equal(t.poller.open(), 2);
  assert.notEqual(t.poller.lastSuccess(), undefined);
});

test('without a slot there is no poll; an empty poll gives its slot back', async () => {
  const t = polling({ slots: 1 });
  await t.turn();
  assert.equal(t.waiting.length, 1);
  await t.answer(nothing);
  assert.equal(t.waiting.length, 1);
  await t.answer(task('a'));
  assert.equal(t.waiting.length, 0);
  t.tasks[0]?.[1].release();
  await t.turn();
  assert.equal(t.waiting.length, 1);
});

test('when it stops, open polls may still bring tasks, and no new ones are opened', async () => {
  const t = polling();
  await t.turn();
  t.stop.abort();
  await t.answer(task('last'));
  assert.equal(t.waiting.length, 1);
  t.cancel.abort();
  await t.poller.ended;
  assert.equal(t.tasks.length, 1);
  assert.equal(t.slots.used(), 0);
});

test('a poll that fails in passing is made again after a while', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const t = polling({ maximum: 1 });
  await t.turn();
  await t.answer(new GrpcError(Status.UNAVAILABLE, 'gone'));
  assert.equal(t.waiting.length, 0);
  mock.timers.tick(250);
  await t.turn();
  assert.equal(t.waiting.length, 1);
  assert.deepEqual(t.failures, [1]);
  mock.timers.reset();
});

test('a refusal that stays ends it', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const t = polling({ maximum: 1 });
  const ended = assert.rejects(t.poller.ended, { code: Status.PERMISSION_DENIED });
  for (let i = 0; i < 10; i++) {
    await t.turn();
    await t.answer(new GrpcError(Status.PERMISSION_DENIED, 'not you'));
    mock.timers.tick(10_000);
  }
  await ended;
  mock.timers.reset();
});

test('a rate limit lets through one at a time', async () => {
  let now = 0;
  mock.timers.enable({ apis: ['setTimeout'] });
  const turn = createRateLimit(10, () => now);
  const stop = new AbortController().signal;
  assert.equal(await turn(stop), true);
  let passed = false;
  const second = turn(stop).then((mayGo) => {
    passed = mayGo;
  });
  await new Promise(setImmediate);
  assert.equal(passed, false);
  mock.timers.tick(100);
  await second;
  assert.equal(passed, true);
  now = 1000;
  assert.equal(await turn(stop), true);
  mock.timers.reset();
});
