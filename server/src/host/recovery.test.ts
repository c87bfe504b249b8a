import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { terminateRun } from '../engine/workflow/requests/terminate.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { durableRun, hostWorld, newRun } from './host.fixture.ts';

const terminate = (t: Parameters<typeof terminateRun>[0]) =>
  terminateRun(t, { reason: '', details: null, identity: '' });

test('after a start, what was still to be done is done, and only that', async () => {
  const storage = await openSqlite({ path: ':memory:' });
  const clock = manualClock();
  const before = await hostWorld({ storage, clock });
  const waiting = await durableRun(before.host, 'waiting');
  const started = await durableRun(before.host, 'started');
  const closed = await durableRun(before.host, 'closed');
  before.host.change(started, (t) => startWorkflowTask(t, { requestId: '', identity: '' }));
  before.host.change(closed, terminate);
  await before.host.close();

  const after = await hostWorld({ storage, clock, seed: 2 });
  await after.host.recover();
  assert.deepEqual(
    after.performed.map(({ effect, key }) => [effect.kind, key.runId]),
    [['dispatch-workflow-task', waiting.run.key.runId]],
  );
  // The task that was with a worker comes again when its time is over.
  clock.advance(10_000);
  await new Promise(setImmediate);
  assert.deepEqual(
    after.performed.slice(1).map(({ effect, key }) => [effect.kind, key.runId]),
    [['dispatch-workflow-task', started.run.key.runId]],
  );
});

test('more runs than fit into memory, or into one page, are all taken up again', async () => {
  const storage = await openSqlite({ path: ':memory:' });
  const clock = manualClock();
  const before = await hostWorld({ storage, clock });
  const runs = Array.from({ length: 2_500 }, (_, n) => newRun(before.host, `w${n}`).reply.run.key.runId);
  await before.host.close();
  const after = await hostWorld({ storage, clock, seed: 2, cacheCapacity: 10 });
  await after.host.recover();
  assert.deepEqual(after.performed.map(({ key }) => key.runId).sort(), runs.sort());
  assert.ok(runs.filter((runId) => after.host.cached(runId)).length < 200);
});

test('time does not jump before all is taken up again', async () => {
  const storage = await openSqlite({ path: ':memory:' });
  const clock = manualClock();
  const before = await hostWorld({ storage, clock });
  for (let n = 0; n < 250; n++) newRun(before.host, `w${n}`, { runTimeoutSeconds: 30 });
  await before.host.close();
  let holds = 0;
  const jumping = {
    ...clock,
    jumps: true,
    hold() {
      holds++;
      return () => void holds--;
    },
  };
  const held: boolean[] = [];
  const after = await hostWorld({ storage, clock: jumping, seed: 2, onPerform: () => held.push(holds > 0) });
  let recovered = false;
  const recovery = after.host.recover().finally(() => {
    recovered = true;
  });
  while (!recovered) {
    held.push(holds > 0);
    await new Promise(setImmediate);
  }
  await recovery;
  assert.ok(held.length > 250 && held.every(Boolean));
  assert.equal(holds, 0);
});
