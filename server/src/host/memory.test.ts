import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkflowExecutionStatus } from '@perdure/api/enums';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { terminateRun } from '../engine/workflow/requests/terminate.ts';
import { admitUpdate } from '../engine/workflow/requests/update.ts';
import { testNamespace } from '../engine/workflow/testing.ts';
import type { Transition } from '../engine/workflow/transition.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import type { RunKey, Storage } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import {
  durableRun,
  evict,
  type HostWorld,
  hostWorld,
  isSettled,
  type NewRun,
  newRun,
  signal,
  signalsOf,
} from './host.fixture.ts';

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

describe('of more runs than fit into memory, wanted all at once, each is read once', () => {
  const COUNT = 200;

  /** A world in which all runs but a few have left memory, over a storage that gives up when it is asked too often. */
  async function crowd(more: NewRun = {}) {
    const storage = await openSqlite({ path: ':memory:' });
    const clock = manualClock();
    const before = await hostWorld({ storage, clock });
    const runs = Array.from({ length: COUNT }, (_, n) => newRun(before.host, `w${n}`, more).reply.run.key);
    await before.host.close();
    let reads = 0;
    const loadRun: Storage['loadRun'] = async (key) => {
      // Whoever reads again and again never leaves the turn: nothing but an error ends it.
      if (++reads > 10 * COUNT) throw new Error('read again and again');
      return storage.loadRun(key);
    };
    const world = await hostWorld({ storage: { ...storage, loadRun }, clock, seed: 2, cacheCapacity: 10 });
    return { ...world, runs, reads: () => reads };
  }

  test('by who looks for the latest run of a workflow id', async () => {
    const { host, runs, reads } = await crowd();
    const found = await Promise.all(runs.map((key) => host.loadCurrent(key.namespaceId, key.workflowId)));
    assert.deepEqual(
      found.map((loaded) => loaded?.run.key.runId),
      runs.map(({ runId }) => runId),
    );
    assert.equal(reads(), COUNT);
  });

  test('by who changes it', async () => {
    const { host, runs, reads } = await crowd();
    await Promise.all(runs.map((key) => host.transact(key, signal)));
    assert.equal(reads(), COUNT);
  });

  test('by who finds it, and asks some steps later whether that is still the copy in memory', async () => {
    const { host, runs, reads } = await crowd();
    const find = async (key: RunKey) => host.cached(key.runId) ?? host.load(key);
    const findLater = async (key: RunKey) => (await find(key)) ?? null;
    const still = await Promise.all(runs.map(async (key) => (await findLater(key)) === host.cached(key.runId)));
    assert.ok(still.every(Boolean));
    assert.equal(reads(), COUNT);
  });

  test('when the deadline of all has come', async () => {
    const { host, clock, runs, bugs, reads } = await crowd({ runTimeoutSeconds: 30 });
    await host.recover();
    const before = reads();
    clock.advance(30_000);
    await isSettled(null);
    await host.close();
    assert.deepEqual(bugs, []);
    assert.ok(reads() - before <= COUNT);
    for (const key of runs)
      assert.equal((await host.storage.loadRun(key))?.head.status, WorkflowExecutionStatus.TIMED_OUT);
  });

  test('and memory is freed again as others come in', async () => {
    const { host, runs } = await crowd();
    await Promise.all(runs.map((key) => host.load(key)));
    for (let others = 0; others < COUNT; others++) await durableRun(host, `other${others}`);
    assert.deepEqual(
      runs.filter(({ runId }) => host.cached(runId)),
      [],
    );
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

test('of the runs that are closed only the last to close stay, while those that are open do', async () => {
  const { host } = await hostWorld();
  const end = (t: Transition): void => terminateRun(t, { reason: '', details: null, identity: '' });
  const open = await durableRun(host, 'open');
  const closed = await Promise.all(Array.from({ length: 600 }, (_, n) => durableRun(host, `closed-${n}`)));
  await Promise.all(closed.map((run) => host.change(run, end).durable));
  const inMemory = closed.filter(({ run }) => host.cached(run.key.runId));
  assert.deepEqual(inMemory, closed.slice(-500));
  assert.equal(host.cached(open.run.key.runId), open);
  const [first] = closed;
  const again = first && (await host.load(first.run.key));
  assert.equal(again?.run.head.status, WorkflowExecutionStatus.TERMINATED);
});
