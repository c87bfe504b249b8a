import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { concurrency } from '../both-times.ts';
import { changedBundle } from '../bundle.ts';
import { assertStory, eventsOf, typesOf } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { deployed, fixed } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

describe('a workflow whose code throws', { concurrency }, () => {
  test('fails its workflow task only, and completes once the code is mended', async () => {
    const taskQueue = `queue-${randomUUID()}`;
    const workflowBundle = await changedBundle('deployed-without-bug', 'deployed with a bug');
    const broken = await world.work({ taskQueue, workflowBundle });
    const start = { ...world.at('deployed'), taskQueue, workflowTaskTimeout: '1 second' } as const;
    const handle = await world.client.workflow.start(deployed, start);
    await handle.signal(fixed);
    await eventually(async () => {
      const types = typesOf(await handle.fetchHistory());
      return types.includes('WorkflowTaskFailed') ? true : undefined;
    }, 'the workflow task fails');
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    await broken.stop();

    await world.work({ taskQueue });
    assert.equal(await handle.result(), 'deployed-without-bug');
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowExecutionSignaled',
      'WorkflowExecutionCompleted',
    ]);
    const [failure] = eventsOf(events, 'WorkflowTaskFailed');
    assert.match(failure?.workflowTaskFailedEventAttributes?.failure?.message ?? '', /undefined is not a function/);
  });

  test('of an unknown type waits for a worker that knows it', async () => {
    const handle = await world.client.workflow.start('nobodyWroteThis', world.at('unknown'));
    await eventually(async () => {
      const types = typesOf(await handle.fetchHistory());
      return types.includes('WorkflowTaskFailed') ? true : undefined;
    }, 'the workflow task fails');
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    await handle.terminate();
  });
});
