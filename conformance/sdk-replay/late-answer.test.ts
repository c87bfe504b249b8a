import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WorkflowHost, WorkflowTaskAnswer } from '@perdure/worker/lib/workflow/host';
import { createHost, openWorld, pollTask, sendAnswer, startWithin, update, type World } from './world.ts';

/** A world with an update that waits for a worker, who has a second for a task. */
async function withUpdate(
  workflowThreadPoolSize: number,
  play: (world: World, host: WorkflowHost, updated: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const world = await openWorld();
  const host = await createHost({ workflowThreadPoolSize });
  try {
    await startWithin(world, 1, 'd', 'diary', 4);
    await play(world, host, update(world, 'd', 'add', 'a line'));
  } finally {
    await host.shutdown();
    await world.close();
  }
}

async function send(world: World, answer: WorkflowTaskAnswer): Promise<void> {
  if (answer.kind === 'none') throw new Error(answer.message);
  await sendAnswer(world, answer);
}

// The update comes again with the next task when the first has timed out.
describe('a task that comes while the answer to the one before it is out', () => {
  for (const [where, threads] of [
    ['on the thread of the worker', 0],
    ['on a thread of its own', 1],
  ] as const)
    test(`is worked on afresh when that answer is refused, ${where}`, () =>
      withUpdate(threads, async (world, host, updated) => {
        const late = await host.handleTask(await pollTask(world));
        const afresh = host.handleTask(await pollTask(world));
        await assert.rejects(send(world, late), /Workflow task not found/);
        host.taskAnswered(late.runId, { failed: true });
        await send(world, await afresh);
        assert.equal(await updated, 1);
      }));

  test('is worked on when the run is forgotten before that answer is heard of', () =>
    withUpdate(0, async (world, host, updated) => {
      await host.handleTask(await pollTask(world));
      const afresh = host.handleTask(await pollTask(world));
      await host.evictAll();
      await send(world, await afresh);
      assert.equal(await updated, 1);
    }));
});
