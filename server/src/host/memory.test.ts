import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { admitUpdate } from '../engine/workflow/requests/update.ts';
import { testNamespace } from '../engine/workflow/testing.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { durableRun, evict, type HostWorld, hostWorld, isSettled, newRun, signal, signalsOf } from './host.fixture.ts';

const isUnavailable = (error: unknown): boolean => error instanceof ServiceError && error.code === Code.UNAVAILABLE;
const small = (): Promise<HostWorld> => hostWorld({ cacheCapacity: 2 });

describe('a run that leaves memory', () => {
  test('comes back as it was', async () => {
    const { host } = await small();
    const run = await durableRun(host, 'a');
    await host.change(run, signal).durable;
    await evict(host, run.run.key.runId);
    const again = await host.load(run.run.key);
    assert.ok(again && again !== run);
    assert.deepEqual(again.run, run.run);
    assert.equal((await host.loadCurrent(testNamespace.id, 'a'))?.run.key.runId, run.run.key.runId);
  });

  test('may be changed by whoever holds it, if nobody can have changed it since', async () => {
    const { host } = await small();
    const run = await durableRun(host, 'a');
    await evict(host, run.run.key.runId);
    await host.change(run, signal).durable;
    assert.equal(host.cached(run.run.key.runId), run);
    assert.equal(await signalsOf(host, run.run.key), 1);
  });

  test('may not be changed by who holds an old copy of it', async () => {
    const { host } = await small();
    const old = await durableRun(host, 'a');
    const { key } = old.run;
    await evict(host, key.runId);
    await host.transact(key, signal);
    await evict(host, key.runId);
    assert.throws(() => host.change(old, signal), isUnavailable);
    assert.equal(await signalsOf(host, key), 1);
    await host.transact(key, signal);
    assert.equal(await signalsOf(host, key), 2);
  });

  test('is one run again, however many ask for it at the same time', async () => {
    const { host } = await small();
    const { key } = (await durableRun(host, 'a')).run;
    await evict(host, key.runId);
    const found = await Promise.all([host.load(key), host.load(key), host.loadCurrent(key.namespaceId, 'a')]);
    assert.equal(new Set(found).size, 1);
  });

  test('is not found under another workflow id', async () => {
    const { host } = await small();
    const { key } = (await durableRun(host, 'a')).run;
    assert.equal(await host.load({ ...key, workflowId: 'b' }), null);
    await evict(host, key.runId);
    assert.equal(await host.load({ ...key, workflowId: 'b' }), null);
  });
});

describe('memory keeps', () => {
  const fill = async ({ host }: HostWorld): Promise<void> => {
    for (const id of ['v', 'w', 'x', 'y', 'z']) await durableRun(host, id);
  };

  test('a run of which something is not durable yet', async () => {
    const world = await small();
    const run = await durableRun(world.host, 'a');
    world.faults.hold();
    world.host.change(run, signal);
    for (const id of ['v', 'w', 'x', 'y', 'z']) newRun(world.host, id);
    assert.equal(world.host.cached(run.run.key.runId), run);
    world.faults.release();
    await run.settled;
    await fill(world);
    assert.equal(world.host.cached(run.run.key.runId), undefined);
  });

  test('a run that somebody watches', async () => {
    const world = await small();
    const run = await durableRun(world.host, 'a');
    const watcher = () => {};
    run.watchers.add(watcher);
    await fill(world);
    assert.equal(world.host.cached(run.run.key.runId), run);
    run.watchers.delete(watcher);
    await fill(world);
    assert.equal(world.host.cached(run.run.key.runId), undefined);
  });

  test('a run with an update that no worker has answered', async () => {
    const world = await small();
    const run = await durableRun(world.host, 'a');
    world.host.change(run, (t) =>
      admitUpdate(t, 'u', { meta: null, input: null, requestId: '', completionCallbacks: [], links: [] }),
    );
    await fill(world);
    assert.equal(world.host.cached(run.run.key.runId), run);
  });

  test('a run that has only now been made or found, even if all others have to stay', async () => {
    const { host, faults } = await small();
    faults.hold();
    const runs = Array.from({ length: 12 }, (_, n) => newRun(host, `w${n}`).reply);
    for (const run of runs) assert.equal(host.cached(run.run.key.runId), run);
    faults.release();
  });
});

describe('what is read of storage is of no use', () => {
  /** A world over a storage whose reads are answered only when the test says so. */
  async function slowReads() {
    const inner = await openSqlite({ path: ':memory:' });
    let gate: Promise<void> | null = null;
    const slowly = <A extends unknown[], T>(read: (...args: A) => Promise<T>) => {
      return async (...args: A): Promise<T> => {
        const answer = await read(...args);
        await gate;
        return answer;
      };
    };
    const storage = { ...inner, loadRun: slowly(inner.loadRun), currentRun: slowly(inner.currentRun) };
    const world = await hostWorld({ storage, cacheCapacity: 2 });
    const shut = (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = null;
        resolve();
      };
    };
    return { ...world, shut };
  }

  test('once the run was changed in memory', async () => {
    const { host, shut } = await slowReads();
    const run = await durableRun(host, 'a');
    const { key } = run.run;
    await evict(host, key.runId);
    const open = shut();
    const found = host.load(key);
    await host.change(run, signal).durable;
    await evict(host, key.runId);
    open();
    assert.equal((await found)?.run.head.signalCount, 1);
  });

  test('once the run was deleted', async () => {
    const { host, shut } = await slowReads();
    const { key } = (await durableRun(host, 'a')).run;
    await evict(host, key.runId);
    const open = shut();
    const found = host.load(key);
    await host.deleteRun(key);
    open();
    assert.equal(await found, null);
    assert.equal(host.cached(key.runId), undefined);
  });

  test('once there is a later run of the workflow id', async () => {
    const { host, shut } = await slowReads();
    const open = shut();
    const found = host.withCurrent(testNamespace.id, 'a', (current) => current?.run.key.runId);
    const run = await durableRun(host, 'a');
    await evict(host, run.run.key.runId);
    open();
    assert.equal(await found, run.run.key.runId);
  });

  test('where the commit that made the run has failed', async () => {
    const { host, faults, shut } = await slowReads();
    const open = shut();
    const found = host.withCurrent(testNamespace.id, 'a', (current) => current?.run.key.runId);
    faults.failAt(1, 'after');
    const { reply: run, durable } = newRun(host, 'a');
    await durable?.catch(() => {});
    open();
    assert.equal(await found, run.run.key.runId);
  });
});

test('of two that start the same workflow id at once, one makes the run', async () => {
  const { host } = await hostWorld();
  const startOrFind = () =>
    host.withCurrent(testNamespace.id, 'a', (current) => ({
      made: current === null,
      run: current ?? newRun(host, 'a').reply,
    }));
  const outcomes = await Promise.all([startOrFind(), startOrFind(), startOrFind()]);
  assert.deepEqual(
    outcomes.map(({ made }) => made),
    [true, false, false],
  );
  assert.equal(new Set(outcomes.map(({ run }) => run)).size, 1);
});

test('a workflow id whose latest run cannot be read is reported, not searched for forever', async () => {
  const inner = await openSqlite({ path: ':memory:' });
  const { host } = await hostWorld({ storage: { ...inner, currentRun: async () => ({ runId: 'gone', status: 1 }) } });
  await assert.rejects(host.loadCurrent(testNamespace.id, 'a'), /gone, cannot be found/);
});

test('a run that is deleted is gone for those who hold it, and its workflow id can be used again', async () => {
  const { host, faults } = await hostWorld();
  const run = await durableRun(host, 'a');
  const { key } = run.run;
  const told: boolean[] = [];
  run.watchers.add(() => told.push(run.dropped));
  faults.hold();
  const deleted = host.deleteRun(key);
  const current = host.loadCurrent(key.namespaceId, 'a');
  assert.throws(() => host.change(run, (t) => startWorkflowTask(t, { requestId: '', identity: '' })), isUnavailable);
  assert.equal(await isSettled(current), false);
  faults.release();
  await deleted;
  assert.equal(await current, null);
  assert.deepEqual(told, [true]);
  const next = await durableRun(host, 'a');
  assert.equal((await host.loadCurrent(key.namespaceId, 'a'))?.run.key.runId, next.run.key.runId);
});
