/** A worker that stops, on a server that tells workers that it ends their polls. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { callActivity } from './workflows.ts';
import { openWorld } from './world.ts';

const world = await openWorld({ server: { limits: { pollsEndWithWorker: true } } });

test('leaves the end of its polls to the server', async () => {
  const worker = await world.createWorker({ activities: { activity: async () => 'done' } });
  const options = world.on(worker);
  const execution = world.client.workflow.execute<typeof callActivity>('callActivity', {
    ...options,
    args: ['activity', []],
  });
  assert.equal(await worker.runUntil(execution), 'done');
  assert.equal(worker.getState(), 'STOPPED');
});
