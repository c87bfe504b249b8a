import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { EventType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { Code } from './kernel/errors.ts';
import type { ServerOptions } from './server.ts';
import {
  beginsWith,
  completeWorkflow,
  ending,
  events,
  inWorld,
  scheduleActivity,
  seconds,
  settled,
  skippingWorld,
  startTimer,
  taskQueue,
  typesOf,
} from './skipping.fixture.ts';
import { type FaultyStorage, faulty } from './storage/faulty.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const { COMPLETED, RUNNING } = WorkflowExecutionStatus;

const each = (...[name, ...run]: [name: string, ...Parameters<typeof inWorld>]): void =>
  void test(name, () => inWorld(...run));

const folder = mkdtempSync(path.join(tmpdir(), 'perdure-skipping-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('TestService', () => {
  const locked: ServerOptions = { timeSkipping: true };

  each(
    'nests locks, and refuses to unlock what is not locked',
    async (world) => {
      world.work(beginsWith(() => [startTimer('t', DAY)], EventType.TIMER_FIRED));
      await world.test('LockTimeSkipping', {});
      await world.start('w');
      await settled();
      await world.test('UnlockTimeSkipping', {});
      await settled();
      assert.match(world.diagnose().join(), /time is locked \(1\)/);
      await world.test('UnlockTimeSkipping', {});
      assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: DAY });
      await assert.rejects(world.test('UnlockTimeSkipping', {}), { code: Code.FAILED_PRECONDITION });
      await assert.rejects(world.sleep(1), { code: Code.FAILED_PRECONDITION });
    },
    locked,
  );

  each(
    'Sleep leaves the locks alone: it takes as long as time does',
    async (world) => {
      let over = false;
      const sleep = world.test('Sleep', { duration: seconds(HOUR) }).then(() => (over = true));
      await settled();
      world.base.advance(HOUR - 1);
      await settled();
      assert.equal(over, false);
      world.base.advance(1);
      await sleep;
      const before = world.now();
      await world.test('UnlockTimeSkipping', {});
      await world.test('Sleep', { duration: seconds(YEAR) });
      assert.equal(world.now(), before + YEAR);
    },
    locked,
  );

  each('SleepUntil waits for an instant, and not for one that has passed', async (world) => {
    const began = world.now();
    await world.test('SleepUntil', { timestamp: { seconds: Math.floor((began - DAY) / 1000), nanos: 0 } });
    assert.equal(world.now(), began);
    const wanted = Math.ceil((began + DAY) / 1000);
    await world.test('SleepUntil', { timestamp: { seconds: wanted, nanos: 0 } });
    assert.equal(world.now(), wanted * 1000);
    const { time } = await world.test('GetCurrentTime', {});
    assert.deepEqual(time, { seconds: wanted, nanos: 0 });
    await assert.rejects(world.test('SleepUntil', {}), { code: Code.INVALID_ARGUMENT });
  });

  each(
    'UnlockTimeSkippingWithSleep goes exactly so far, and locks in the turn in which it gets there',
    async (world) => {
      world.work(beginsWith(() => [startTimer('a', DAY), startTimer('b', DAY + 1)], EventType.TIMER_FIRED));
      const began = world.now();
      await world.start('w');
      await settled();
      await world.sleep(DAY);
      assert.equal(world.now(), began + DAY);
      assert.equal(world.core.diagnoseTime()?.locks, 1);
      await assert.rejects(world.test('Sleep', { duration: { seconds: -1, nanos: 0 } }), {
        code: Code.INVALID_ARGUMENT,
      });
    },
    locked,
  );

  each(
    'a sleep that is given up gives its lock back',
    async (world) => {
      await world.test('LockTimeSkipping', {});
      const leave = new AbortController();
      const sleep = world.sleep(DAY, leave.signal);
      await settled();
      assert.equal(world.core.diagnoseTime()?.sleepers, 1);
      leave.abort();
      await assert.rejects(sleep, { code: Code.CANCELLED });
      assert.equal(world.core.diagnoseTime()?.sleepers, 0);
      assert.equal(world.core.diagnoseTime()?.nextDue, null);
    },
    locked,
  );

  each('an activity sleeps by taking its own lock away, while timers go on beside it', async (world) => {
    const ticks: string[] = [];
    world.work((task, fresh) => {
      if (task.previousStartedEventId === 0)
        return [scheduleActivity('a', { startToCloseTimeout: seconds(YEAR) }), startTimer('t', DAY)];
      const types = typesOf(fresh);
      if (types.includes(EventType.TIMER_FIRED)) ticks.push('timer');
      if (types.includes(EventType.ACTIVITY_TASK_COMPLETED)) return [completeWorkflow];
      return [];
    });
    world.act(() => world.sleep(10 * DAY).then(() => ticks.push('activity')));
    await world.start('w');
    assert.deepEqual(await ending(world, 'w'), { status: COMPLETED, after: 10 * DAY });
    assert.deepEqual(ticks, ['timer', 'activity']);
    assert.equal(world.core.diagnoseTime()?.locks, 0);
  });

  test('says what time it is once that is stored', async () => {
    let store: FaultyStorage | undefined;
    const world = await skippingWorld(locked, ':memory:', (storage) => {
      store = faulty({ ...storage, isLasting: true });
      return store.storage;
    });
    store?.hold();
    const sleep = world.sleep(DAY);
    await store?.untilHeld(1);
    let told = false;
    const time = world.test('GetCurrentTime', {}).finally(() => (told = true));
    await settled();
    assert.equal(told, false);
    store?.release();
    assert.equal((await time).time?.seconds, Math.floor((world.base.now() + DAY) / 1000));
    await sleep;
    await world.close();
  });

  test('tells who asks that what was skipped could not be stored again, and stores it for who asks next', async () => {
    const db = path.join(folder, 'lost.db');
    let store: FaultyStorage | undefined;
    const first = await skippingWorld({ ...locked, onBug: () => {} }, db, (storage) => {
      store = faulty(storage);
      return store.storage;
    });
    const fail = (times: number): void => {
      const next = (store?.commits() ?? 0) + 1;
      for (let n = 0; n < times; n++) store?.failAt(next + n, 'before');
    };
    fail(1);
    await first.sleep(DAY);
    fail(2);
    await assert.rejects(first.sleep(DAY), { code: Code.UNAVAILABLE });
    await settled();
    fail(1);
    await assert.rejects(first.test('GetCurrentTime', {}), { code: Code.UNAVAILABLE });
    const { time } = await first.test('GetCurrentTime', {});
    assert.equal(time?.seconds, Math.floor((first.base.now() + 2 * DAY) / 1000));
    await first.close();
    const second = await skippingWorld({ ...locked, clock: first.base }, db);
    assert.equal(second.now(), first.base.now() + 2 * DAY);
    await second.close();
  });

  test('is not there on a server that does not skip time, but for what time it is', async () => {
    const world = await skippingWorld({ timeSkipping: false });
    await assert.rejects(world.test('LockTimeSkipping', {}), {
      code: Code.UNIMPLEMENTED,
      message: /--time-skipping/,
    });
    const { time } = await world.test('GetCurrentTime', {});
    assert.equal(time?.seconds, Math.floor(world.base.now() / 1000));
    assert.equal(world.core.diagnoseTime(), null);
    await world.close();
  });
});

describe('a server that is started again', () => {
  test('goes on at the time to which it had skipped, with the tasks that were out', async () => {
    const db = path.join(folder, 'one.db');
    const first = await skippingWorld({ timeSkipping: 'unlocked' }, db);
    await first.start('w', { workflowTaskTimeout: seconds(10 * SECOND), workflowRunTimeout: seconds(YEAR) });
    const { taskToken } = await first.call('PollWorkflowTaskQueue', { taskQueue });
    const commands = [startTimer('t', 100 * DAY), startTimer('u', 200 * DAY)];
    await first.call('RespondWorkflowTaskCompleted', { taskToken, commands });
    const taken = await first.call('PollWorkflowTaskQueue', { taskQueue });
    assert.equal(typesOf(events(taken.history)).at(-3), EventType.TIMER_FIRED);
    const reached = first.now();
    assert.ok(reached - first.base.now() >= 100 * DAY);
    await first.close();

    const second = await skippingWorld({ timeSkipping: 'unlocked', clock: first.base }, db);
    await settled();
    assert.equal(second.now(), reached);
    assert.match(second.diagnose().join(), /workflow W \(w\): its workflow task has been with a worker/);
    // It may still be answered, and everything goes on from there.
    await second.call('RespondWorkflowTaskCompleted', { taskToken: taken.taskToken });
    const last = await second.call('PollWorkflowTaskQueue', { taskQueue });
    assert.equal(second.now(), first.base.now() + 200 * DAY);
    await second.call('RespondWorkflowTaskCompleted', { taskToken: last.taskToken, commands: [completeWorkflow] });
    await second.close();
  });

  test('has slept when somebody was told so, even if nothing else happened', async () => {
    const db = path.join(folder, 'two.db');
    const first = await skippingWorld({ timeSkipping: true }, db);
    await first.sleep(DAY);
    // As after a crash: what was told is stored by then, without the help of an orderly end.
    const second = await skippingWorld({ timeSkipping: true, clock: first.base }, path.join(folder, 'two.db')).catch(
      () => null,
    );
    assert.equal(second, null, 'the database belongs to the first one');
    await first.close();
    const third = await skippingWorld({ timeSkipping: true, clock: first.base }, db);
    assert.equal(third.now(), first.base.now() + DAY);
    await third.close();
  });
});

describe('namespaces of a test server', () => {
  each(
    'come into being when they are used, with its search attributes',
    async (world) => {
      const { namespaceInfo } = await world.call('DescribeNamespace', { namespace: 'mine' });
      assert.equal(namespaceInfo?.name, 'mine');
      await world.start('w', { namespace: 'yours' });
      const { workflowExecutionInfo } = await world.call('DescribeWorkflowExecution', {
        namespace: 'yours',
        execution: { workflowId: 'w' },
      });
      assert.equal(workflowExecutionInfo?.status, RUNNING);
    },
    { timeSkipping: true, anyNamespace: true, searchAttributes: { Color: 'Keyword' } },
  );

  each('do not elsewhere', async (world) => {
    await assert.rejects(world.call('DescribeNamespace', { namespace: 'mine' }), { code: Code.NOT_FOUND });
  });
});

test('a server that nobody uses has nothing to jump to', async () => {
  const world = await skippingWorld({ timeSkipping: 'unlocked' });
  world.work(() => []);
  await settled();
  world.base.advance(HOUR);
  await settled();
  assert.equal(world.core.diagnoseTime()?.nextDue, null);
  assert.equal(world.core.diagnoseTime()?.skippedMs, 0);
  await world.close();
});
