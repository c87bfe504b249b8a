import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { testNamespace } from '../engine/workflow/testing.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { Commit } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { durableRun, hostWorld, isSettled, newRun, signal, signalsOf } from './host.fixture.ts';
import { durableOrUnavailable } from './host.ts';

const isUnavailable = (error: unknown): boolean => error instanceof ServiceError && error.code === Code.UNAVAILABLE;
const takeTask = (t: Parameters<typeof startWorkflowTask>[0]) => startWorkflowTask(t, { requestId: '', identity: '' });

/** A storage that shows what it is given. */
async function watched() {
  const inner = await openSqlite({ path: ':memory:' });
  const commits: Commit[] = [];
  const storage = {
    ...inner,
    commit(commit: Commit) {
      commits.push(commit);
      return inner.commit(commit);
    },
  };
  return { storage, commits };
}

describe('a change is told of once it is durable', () => {
  test('and its promise waits for as long as the commit takes', async () => {
    const { host, faults } = await hostWorld();
    const run = await durableRun(host, 'a');
    faults.hold();
    const { reply, durable } = host.change(run, (t) => {
      signal(t);
      return 'reply';
    });
    const answer = host.transact(run.run.key, signal);
    assert.equal(reply, 'reply');
    assert.equal(run.run.head.signalCount, 2);
    assert.equal(await isSettled(durable), false);
    assert.equal(await isSettled(answer), false);
    faults.release();
    await durable;
    await answer;
    assert.equal(run.settled, null);
  });

  test('and so is one that changes nothing, but rests on one that is not durable yet', async () => {
    const { host, faults } = await hostWorld();
    const run = await durableRun(host, 'a');
    faults.hold();
    host.change(run, signal);
    const { durable } = host.change(run, () => {});
    assert.equal(await isSettled(durable), false);
    faults.release();
    await durable;
    assert.equal(host.change(run, () => {}).durable, null);
  });

  test('and until then its events are not among those that a reader may see', async () => {
    const { host, faults } = await hostWorld();
    faults.hold();
    const { reply: run, durable } = newRun(host, 'a');
    assert.equal(run.durableNextEventId, 1);
    faults.release();
    await durable;
    assert.equal(run.durableNextEventId, 3);
  });

  test('and watchers hear of it then', async () => {
    const { host, faults } = await hostWorld();
    const run = await durableRun(host, 'a');
    const told: unknown[] = [];
    run.watchers.add((notices) => told.push(...notices, run.durableNextEventId));
    const before = run.durableNextEventId;
    const notice = { kind: 'update-aborted', updateId: 'u', reason: 'workflow-task-failed' } as const;
    faults.hold();
    host.change(run, (t) => {
      signal(t);
      t.notices.push(notice);
    });
    const { durable } = host.change(run, (t) => void t.notices.push({ ...notice, updateId: 'v' }));
    assert.equal(await isSettled(durable), false);
    assert.deepEqual(told, []);
    faults.release();
    await durable;
    await isSettled(null);
    assert.deepEqual(told, [notice, before + 1, { ...notice, updateId: 'v' }, before + 1]);
  });
});

describe('one commit carries', () => {
  test('what was staged in one turn, and the next one all that was staged meanwhile', async () => {
    const { storage, commits } = await watched();
    const { host, faults } = await hostWorld({ storage });
    faults.hold();
    const runs = ['a', 'b', 'c'].map((id) => newRun(host, id).reply);
    await faults.untilHeld(1);
    for (const run of runs) for (let n = 0; n < 5; n++) host.change(run, signal);
    faults.release();
    await Promise.all(runs.map(({ settled }) => settled));
    assert.deepEqual(
      commits.map((commit) => commit.runs.map(({ create, history }) => [create, history.length])),
      [Array(3).fill([true, 1]), Array(3).fill([false, 5])],
    );
  });

  test('a task and its start, when a worker takes it before it is durable', async () => {
    const { storage, commits } = await watched();
    const { host } = await hostWorld({ storage });
    const { reply: run } = newRun(host, 'a');
    const { reply: task, durable } = host.change(run, takeTask);
    await durable;
    assert.equal(task.startedEventId, 3);
    assert.equal(commits.length, 1);
    assert.equal(commits[0]?.runs.length, 1);
  });

  test('the end of one run and the beginning of the next', async () => {
    const { storage, commits } = await watched();
    const { host } = await hostWorld({ storage });
    const [first, second] = [newRun(host, 'a').reply, newRun(host, 'a').reply];
    await second.settled;
    assert.equal(commits.length, 1);
    assert.deepEqual(await storage.currentRun(testNamespace.id, 'a'), {
      runId: second.run.key.runId,
      status: second.run.head.status,
    });
    assert.equal((await host.load(first.run.key))?.run.key.runId, first.run.key.runId);
  });
});

describe('a commit that fails', () => {
  for (const point of ['before', 'after'] as const) {
    test(`${point} it took effect is told as UNAVAILABLE, and what is stored holds again`, async () => {
      const { host, faults, bugs } = await hostWorld();
      const run = await durableRun(host, 'a');
      faults.failAt(faults.commits() + 1, point);
      await assert.rejects(host.transact(run.run.key, signal), isUnavailable);
      assert.equal(run.dropped, true);
      assert.equal(bugs.length, 1);
      const stored = point === 'before' ? 0 : 1;
      assert.equal(await signalsOf(host, run.run.key), stored);
      await host.transact(run.run.key, signal);
      assert.equal(await signalsOf(host, run.run.key), stored + 1);
    });
  }

  test('takes with it what was staged meanwhile, by whichever run', async () => {
    const { host, faults } = await hostWorld();
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((id) => durableRun(host, id)));
    assert.ok(a && b && c);
    faults.failAt(faults.commits() + 1, 'before');
    faults.hold();
    const first = host.change(a, signal).durable;
    await faults.untilHeld(1);
    const second = host.change(b, signal).durable;
    faults.release();
    await assert.rejects(durableOrUnavailable(first), isUnavailable);
    await assert.rejects(durableOrUnavailable(second), isUnavailable);
    assert.deepEqual([a.dropped, b.dropped, c.dropped], [true, true, false]);
    assert.deepEqual(await Promise.all([a, b, c].map(({ run }) => signalsOf(host, run.key))), [0, 0, 0]);
  });

  test('is never taken for durable by those who still hold the run', async () => {
    const { host, faults } = await hostWorld();
    const run = await durableRun(host, 'a');
    faults.failAt(faults.commits() + 1, 'before');
    const told: boolean[] = [];
    run.watchers.add(() => told.push(run.dropped));
    host.change(run, signal);
    await isSettled(run.settled);
    await assert.rejects(durableOrUnavailable(run.settled), isUnavailable);
    assert.deepEqual(told, [true]);
  });

  test('has what the runs ask for done again', async () => {
    const { host, faults, performed } = await hostWorld();
    const run = await durableRun(host, 'a');
    faults.failAt(faults.commits() + 1, 'before');
    performed.length = 0;
    const { durable } = host.change(run, takeTask);
    await assert.rejects(durableOrUnavailable(durable), isUnavailable);
    await isSettled(null);
    assert.deepEqual(
      performed.map(({ effect, key }) => [effect.kind, key.runId]),
      [['dispatch-workflow-task', run.run.key.runId]],
    );
    const again = await host.load(run.run.key);
    assert.ok(again && again !== run);
    assert.equal(host.change(again, takeTask).reply.startedEventId, 3);
  });

  test('is got over even if the runs cannot be read for a while', async () => {
    const inner = await openSqlite({ path: ':memory:' });
    let readable = true;
    const storage = {
      ...inner,
      loadRun: (...[key]: Parameters<typeof inner.loadRun>) =>
        readable ? inner.loadRun(key) : Promise.reject(new Error('unreadable')),
    };
    const { host, faults, clock, performed } = await hostWorld({ storage });
    const run = await durableRun(host, 'a');
    faults.failAt(faults.commits() + 1, 'before');
    readable = false;
    host.change(run, takeTask);
    await isSettled(null);
    performed.length = 0;
    readable = true;
    clock.advance(1_000);
    await isSettled(null);
    assert.deepEqual(
      performed.map(({ effect }) => effect.kind),
      ['dispatch-workflow-task'],
    );
  });

  for (const point of ['before', 'after'] as const) {
    test(`${point} a run came into being leaves ${point === 'before' ? 'none' : 'it'}`, async () => {
      const { host, faults } = await hostWorld();
      faults.failAt(1, point);
      const { reply: run, durable } = newRun(host, 'a');
      await assert.rejects(durableOrUnavailable(durable), isUnavailable);
      const current = await host.loadCurrent(testNamespace.id, 'a');
      assert.equal(current?.run.key.runId, point === 'before' ? undefined : run.run.key.runId);
      assert.notEqual(current, run);
    });
  }

  test('does not keep the host from closing', async () => {
    const { host, faults } = await hostWorld();
    const run = await durableRun(host, 'a');
    faults.failAt(faults.commits() + 1, 'before');
    host.change(run, signal);
    await host.close();
    assert.equal(run.dropped, true);
  });
});

test('what is thrown in a transition undoes it, and nothing is committed', async () => {
  const { host, faults } = await hostWorld();
  const run = await durableRun(host, 'a');
  const commits = faults.commits();
  assert.throws(
    () =>
      host.change(run, (t) => {
        signal(t);
        throw new Error('no');
      }),
    /no/,
  );
  assert.equal(run.run.head.signalCount, 0);
  await isSettled(null);
  assert.equal(faults.commits(), commits);
});
