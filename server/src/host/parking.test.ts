import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { durableRun, evict, hostWorld, isSettled, newRun, signal, signalsOf } from './host.fixture.ts';
import type { Host } from './host.ts';
import type { Loaded } from './loaded.ts';

const take = (host: Host, run: Loaded) =>
  host.change(run, (t) => startWorkflowTask(t, { requestId: '', identity: '' }), { mayBeLost: true });

/** How many commits there are once nothing is being written any more. */
async function commitsOf({ faults }: Awaited<ReturnType<typeof hostWorld>>, run: Loaded): Promise<number> {
  await run.settled;
  assert.equal(await isSettled(null), true);
  return faults.commits();
}

describe('a change that may be lost', () => {
  test('is waited for by nobody, and not stored at first', async () => {
    const world = await hostWorld();
    const run = await durableRun(world.host, 'a');
    const { reply, durable } = take(world.host, run);
    assert.equal(reply.startedEventId, 3);
    assert.equal(durable, null);
    assert.equal(run.durableNextEventId, 3);
    assert.equal(await commitsOf(world, run), 1);
  });

  test('waits for what it rests on', async () => {
    const { host, faults } = await hostWorld();
    faults.hold();
    const { reply: run } = newRun(host, 'a');
    await faults.untilHeld(1);
    const { durable } = take(host, run);
    assert.equal(await isSettled(durable), false);
    faults.release();
    await durable;
    assert.equal(run.durableNextEventId, 3);
  });

  test('is stored in one commit with the next that may not', async () => {
    const world = await hostWorld();
    const run = await durableRun(world.host, 'a');
    take(world.host, run);
    await world.host.change(run, signal).durable;
    assert.equal(run.durableNextEventId, 4);
    assert.equal(run.parked, false);
    assert.equal(await commitsOf(world, run), 2);
  });

  test('is stored at once for somebody who is to be shown the run', async () => {
    const { host } = await hostWorld();
    const run = await durableRun(host, 'a');
    assert.equal(host.settle(run), null);
    take(host, run);
    await host.settle(run);
    assert.equal(run.durableNextEventId, 4);
  });

  test('goes with what is staged of its run anyway', async () => {
    const world = await hostWorld();
    const run = await durableRun(world.host, 'a');
    const { durable } = world.host.change(run, signal);
    take(world.host, run);
    await durable;
    assert.equal(run.durableNextEventId, run.run.head.nextEventId);
    assert.equal(await commitsOf(world, run), 2);
  });

  test('is stored by itself after a moment, the oldest first', async () => {
    const world = await hostWorld();
    const { host, clock } = world;
    const [first, second] = [await durableRun(host, 'a'), await durableRun(host, 'b')];
    take(host, first);
    clock.advance(60);
    take(host, second);
    clock.advance(40);
    await first.settled;
    assert.deepEqual([first.durableNextEventId, second.durableNextEventId], [4, 3]);
    clock.advance(60);
    await second.settled;
    assert.equal(second.durableNextEventId, 4);
  });

  test('is stored when the host closes', async () => {
    const storage = await openSqlite({ path: ':memory:' });
    const { host } = await hostWorld({ storage });
    const run = await durableRun(host, 'a');
    take(host, run);
    await host.close();
    const after = await hostWorld({ storage, seed: 2 });
    assert.equal((await after.host.load(run.run.key))?.run.head.workflowTask?.startedEventId, 3);
  });

  test('keeps its run in memory', async () => {
    const { host } = await hostWorld({ cacheCapacity: 1 });
    const run = await durableRun(host, 'a');
    take(host, run);
    await assert.rejects(evict(host, run.run.key.runId), /does not leave memory/);
  });

  test('is lost in a crash, after which the task is handed out again, at another time', async () => {
    const storage = await openSqlite({ path: ':memory:' });
    const clock = manualClock();
    const { host } = await hostWorld({ storage, clock });
    const run = await durableRun(host, 'a');
    const { reply: lost } = take(host, run);
    clock.advance(10);
    const after = await hostWorld({ storage, clock, seed: 2 });
    await after.host.recover();
    assert.deepEqual(
      after.performed.map(({ effect }) => effect.kind),
      ['dispatch-workflow-task'],
    );
    const again = await after.host.load(run.run.key);
    assert.ok(again);
    const { reply: started } = take(after.host, again);
    assert.equal(started.startedEventId, lost.startedEventId);
    assert.notEqual(started.startedTime, lost.startedTime);
  });

  test('is lost with its run when a commit of that fails', async () => {
    const { host, faults } = await hostWorld();
    const run = await durableRun(host, 'a');
    faults.failAt(faults.commits() + 1, 'before');
    take(host, run);
    await assert.rejects(host.transact(run.run.key, signal));
    assert.equal(run.dropped, true);
    assert.equal(await signalsOf(host, run.run.key), 0);
    assert.equal((await host.load(run.run.key))?.run.head.workflowTask?.startedEventId, 0);
  });

  test('does not bring back a run that is deleted', async () => {
    const storage = await openSqlite({ path: ':memory:' });
    const { host, clock } = await hostWorld({ storage });
    const run = await durableRun(host, 'a');
    take(host, run);
    await host.deleteRun(run.run.key);
    clock.advance(200);
    await host.close();
    const after = await hostWorld({ storage, seed: 2 });
    assert.equal(await after.host.load(run.run.key), null);
    assert.deepEqual(await storage.readHistory(run.run.key, 1, 10), []);
  });
});
