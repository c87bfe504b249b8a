import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import { testNamespace } from '../engine/workflow/testing.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import type { RunWrite, Storage } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { durableRun, evict, type HostWorld, hostWorld, isSettled, signal } from './host.fixture.ts';

const { TIMED_OUT, RUNNING } = WorkflowExecutionStatus;

/** Moves the clock on, letting what wakes up on the way do what it wants. */
async function pass({ clock }: HostWorld, ms: number): Promise<void> {
  const until = clock.now() + ms;
  for (let next = clock.nextAt(); next !== null && next <= until; next = clock.nextAt()) {
    clock.advanceTo(next);
    await isSettled(null);
  }
  clock.advanceTo(until);
  await isSettled(null);
}

const statusOf = async ({ host }: HostWorld, key: Parameters<typeof host.load>[0]) =>
  (await host.load(key))?.run.head.status;

describe('a run is woken when its deadline comes', () => {
  test('and not before', async () => {
    const world = await hostWorld();
    const { key } = (await durableRun(world.host, 'a', { runTimeoutSeconds: 30 })).run;
    await pass(world, 29_999);
    assert.equal(await statusOf(world, key), RUNNING);
    await pass(world, 1);
    assert.equal(await statusOf(world, key), TIMED_OUT);
  });

  for (const seconds of [30, 45, 90, 3600]) {
    test(`if it has left memory meanwhile, also after ${seconds} s`, async () => {
      const world = await hostWorld({ cacheCapacity: 2 });
      await world.host.recover();
      const { key } = (await durableRun(world.host, 'a', { runTimeoutSeconds: seconds })).run;
      await evict(world.host, key.runId);
      await pass(world, seconds * 1000 - 1);
      assert.equal((await world.faults.storage.loadRun(key))?.head.status, RUNNING);
      await pass(world, 1);
      assert.equal((await world.faults.storage.loadRun(key))?.head.status, TIMED_OUT);
    });
  }

  test('if it came while the host was down', async () => {
    const storage = await openSqlite({ path: ':memory:' });
    const clock = manualClock();
    const before = await hostWorld({ storage, clock });
    const { key } = (await durableRun(before.host, 'a', { runTimeoutSeconds: 30 })).run;
    await before.host.close();
    clock.advance(3_600_000);
    const after = await hostWorld({ storage, clock, seed: 2 });
    await after.host.recover();
    await pass(after, 1);
    assert.equal(await statusOf(after, key), TIMED_OUT);
  });

  test('if the commit that moved it has failed', async () => {
    const world = await hostWorld();
    const { key } = (await durableRun(world.host, 'a', { backoffSeconds: 5 })).run;
    await world.host.recover();
    world.faults.failAt(world.faults.commits() + 1, 'before');
    await pass(world, 5_000);
    await isSettled(null);
    assert.equal(world.bugs.length, 1);
    await pass(world, 1);
    const run = await world.host.load(key);
    assert.equal(run?.run.head.backoffUntil, null);
    assert.notEqual(run?.run.head.workflowTask, null);
  });
});

describe('sleepers', () => {
  const SLEEPERS = 100_000;

  /** What a sleeping run looks like to those who do not read it. */
  const sleeper = (n: number, due: number): RunWrite => ({
    key: {
      namespaceId: testNamespace.id,
      workflowId: `w${n}`,
      runId: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    },
    create: true,
    head: { value: new Uint8Array(0), status: RUNNING, due, outstanding: false, expires: null },
    makeCurrent: true,
    entries: [],
    history: [],
  });

  async function asleep(storage: Storage, from: number, due: (n: number) => number, count = SLEEPERS): Promise<void> {
    for (let n = 0; n < count; n += 10_000) {
      const runs = Array.from({ length: Math.min(10_000, count - n) }, (_, i) => sleeper(n + i, from + due(n + i)));
      await storage.commit({ runs, deletes: [], records: [] });
    }
  }

  test('are not in memory before their time is near', async () => {
    const inner = await openSqlite({ path: ':memory:' });
    const clock = manualClock();
    await asleep(inner, clock.now(), (n) => 3_600_000 + n);
    const asked = { runs: 0, due: 0 };
    const storage: Storage = {
      ...inner,
      loadRun: (key) => {
        asked.runs++;
        return inner.loadRun(key);
      },
      async dueRuns(until, limit) {
        const due = await inner.dueRuns(until, limit);
        asked.due += due.filter(({ key }) => key.workflowId !== 'a').length;
        return due;
      },
    };
    const world = await hostWorld({ storage, clock });
    await world.host.recover();
    const { key } = (await durableRun(world.host, 'a', { runTimeoutSeconds: 1800 })).run;
    await pass(world, 1_800_000);
    assert.equal(await statusOf(world, key), TIMED_OUT);
    assert.deepEqual(asked, { runs: 0, due: 0 });
  });

  test('that wake at the same time are all woken, more of them than are looked up at once', async () => {
    const inner = await openSqlite({ path: ':memory:' });
    const clock = manualClock();
    const due = 40_000;
    const count = 12_000;
    await asleep(inner, clock.now(), () => due, count);
    const woken = new Set<string>();
    const still = new Map<string, RunWrite>();
    const storage: Storage = {
      ...inner,
      async loadRun(key) {
        woken.add(key.runId);
        // A waking run is not due any more once its change is stored.
        still.set(key.runId, sleeper(Number(key.workflowId.slice(1)), clock.now() + 3_600_000));
        await inner.commit({
          runs: [{ ...(still.get(key.runId) as RunWrite), create: false }],
          deletes: [],
          records: [],
        });
        return null;
      },
    };
    const world = await hostWorld({ storage, clock });
    await world.host.recover();
    await pass(world, due - 1);
    assert.equal(woken.size, 0);
    await pass(world, 20);
    assert.equal(woken.size, count);
  });
});

test('a look-up of what is due that fails is done again', async () => {
  const inner = await openSqlite({ path: ':memory:' });
  let broken = false;
  const dueRuns: Storage['dueRuns'] = (until, limit) =>
    broken ? Promise.reject(new Error('unreadable')) : inner.dueRuns(until, limit);
  const world = await hostWorld({ storage: { ...inner, dueRuns }, cacheCapacity: 2 });
  await world.host.recover();
  const { key } = (await durableRun(world.host, 'a', { runTimeoutSeconds: 100 })).run;
  await evict(world.host, key.runId);
  broken = true;
  await pass(world, 50_000);
  broken = false;
  await pass(world, 50_000);
  assert.equal((await inner.loadRun(key))?.head.status, TIMED_OUT);
  assert.ok(world.bugs.length > 0);
});

test('a run that leaves memory while storage is asked what is due is woken all the same', async () => {
  const inner = await openSqlite({ path: ':memory:' });
  let gate: Promise<void> | null = null;
  const storage: Storage = {
    ...inner,
    async dueRuns(until, limit) {
      const due = await inner.dueRuns(until, limit);
      await gate;
      return due;
    },
  };
  const world = await hostWorld({ storage, cacheCapacity: 2 });
  await world.host.recover();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  // The look-up begins, and will not know of what comes now.
  await pass(world, 30_000);
  const { key } = (await durableRun(world.host, 'a', { runTimeoutSeconds: 35 })).run;
  await evict(world.host, key.runId);
  await pass(world, 15_000);
  gate = null;
  resolve();
  await isSettled(null);
  await pass(world, 20_000);
  assert.equal((await inner.loadRun(key))?.head.status, TIMED_OUT);
});

test('a run that cannot be woken because of a bug is reported, and tried again only after a while', async () => {
  const world = await hostWorld();
  const run = await durableRun(world.host, 'a', { runTimeoutSeconds: 5 });
  // What the engine sees, and cannot cope with.
  Object.assign(run.run, { children: null });
  await pass(world, 5_000);
  assert.equal(world.bugs.length, 1);
  Object.assign(run.run, { children: new Map() });
  await pass(world, 20_000);
  assert.equal(world.bugs.length, 1);
  assert.equal(run.run.head.status, TIMED_OUT);
  assert.throws(() => world.host.change(run, signal), /already completed/);
});
