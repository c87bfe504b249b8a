import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertHistory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { inAHurry } from './workflows.ts';

const world = await openWorld({ worker: { activities: { hurry: async () => 'there already' } } });
after(() => world.close());

describe('an eager start', { concurrency }, () => {
  test('hands the first workflow task to the worker beside the client', async () => {
    const client = new Client({ connection: world.native });
    const handle = await client.workflow.start(inAHurry, { ...world.at('eager'), requestEagerStart: true });
    assert.equal(handle.eagerlyStarted, true);
    assert.equal(await handle.result(), 'there already');
    const events = await assertHistory(handle, [
      'WorkflowExecutionStarted',
      ...['WorkflowTaskScheduled', 'WorkflowTaskStarted', 'WorkflowTaskCompleted'],
      ...['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'],
      ...['WorkflowTaskScheduled', 'WorkflowTaskStarted', 'WorkflowTaskCompleted'],
      'WorkflowExecutionCompleted',
    ]);
    assert.equal(events[0]?.workflowExecutionStartedEventAttributes?.eagerExecutionAccepted, true);
  });

  test('is not made without being asked for', async () => {
    const client = new Client({ connection: world.native });
    const handle = await client.workflow.start(inAHurry, world.at('patient'));
    assert.equal(handle.eagerlyStarted, false);
    assert.equal(await handle.result(), 'there already');
  });
});
