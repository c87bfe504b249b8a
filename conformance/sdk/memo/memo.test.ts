import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { memorable } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

describe('memos', { concurrency }, () => {
  test('are set at the start, changed by the workflow, and shown', async () => {
    const memo = { kept: 1, changed: 'before', removed: true };
    const handle = await world.client.workflow.start(memorable, { ...world.at('memo'), memo });
    const expected = { kept: 1, changed: 'after', added: { deep: [1, 2] } };
    assert.deepEqual(await handle.result(), expected);
    assert.deepEqual((await handle.describe()).memo, expected);
    await assertStory(handle, ['WorkflowExecutionStarted', 'WorkflowPropertiesModified', 'WorkflowExecutionCompleted']);
  });
});
