import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WorkflowNotFoundError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory, eventsOf } from '../histories.ts';
import { openWorld } from '../world.ts';
import { add, addSlowly, collect } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

describe('signals', { concurrency }, () => {
  test('arrive in the order in which they were acknowledged, each once', async () => {
    const words = Array.from({ length: 12 }, (_, index) => `word ${index}`);
    const handle = await world.client.workflow.start(collect, { ...world.at('order'), args: [words.length] });
    for (const word of words) await handle.signal(add, word);
    assert.deepEqual(await handle.result(), words);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...words.map(() => 'WorkflowExecutionSignaled'),
      'WorkflowExecutionCompleted',
    ]);
  });

  test('sent all at once are all taken', async () => {
    const words = Array.from({ length: 25 }, (_, index) => `word ${index}`);
    const handle = await world.client.workflow.start(collect, { ...world.at('burst'), args: [words.length] });
    await Promise.all(words.map((word) => handle.signal(add, word)));
    assert.deepEqual((await handle.result()).sort(), words.sort());
  });

  test('may be handled asynchronously', async () => {
    const handle = await world.client.workflow.start(collect, { ...world.at('slow'), args: [1] });
    await handle.signal(addSlowly, 'snail');
    assert.deepEqual(await handle.result(), ['snail (slowly)']);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowExecutionSignaled',
      'TimerStarted',
      'TimerFired',
      'WorkflowExecutionCompleted',
    ]);
  });

  test('without a handler of their own go to the default handler, and carry their name and sender', async () => {
    const handle = await world.client.workflow.start(collect, { ...world.at('default'), args: [1] });
    await handle.signal('unheardOf', 'a', 'b');
    assert.deepEqual(await handle.result(), ['unheardOf: a b']);
    const [signal] = eventsOf((await handle.fetchHistory()).events ?? [], 'WorkflowExecutionSignaled');
    assert.equal(signal?.workflowExecutionSignaledEventAttributes?.signalName, 'unheardOf');
    assert.equal(signal?.workflowExecutionSignaledEventAttributes?.identity, world.client.options.identity);
  });

  test('to a closed or an unknown workflow are refused', async () => {
    const handle = await world.client.workflow.start(collect, { ...world.at('closed'), args: [0] });
    await handle.result();
    await assert.rejects(handle.signal(add, 'too late'), WorkflowNotFoundError);
    await assert.rejects(world.client.workflow.getHandle('no such workflow').signal(add, 'x'), WorkflowNotFoundError);
  });
});
