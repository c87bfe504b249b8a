import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WorkflowContinuedAsNewError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory, theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { becomesAnother, countDown, poke, pokedThrice } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

describe('continuing as new', { concurrency }, () => {
  test('closes one run and starts the next; whoever waits follows', async () => {
    const handle = await world.client.workflow.start(countDown, { ...world.at('count'), args: [2] });
    assert.equal(await handle.result(), 3);
    const first = world.client.workflow.getHandle(handle.workflowId, handle.firstExecutionRunId);
    const events = await assertStory(first, ['WorkflowExecutionStarted', 'WorkflowExecutionContinuedAsNew']);
    const next = theEvent(events, 'WorkflowExecutionContinuedAsNew').workflowExecutionContinuedAsNewEventAttributes;
    const second = world.client.workflow.getHandle(handle.workflowId, next?.newExecutionRunId ?? '');
    const [started] = await assertStory(second, ['WorkflowExecutionStarted', 'WorkflowExecutionContinuedAsNew']);
    const attributes = started?.workflowExecutionStartedEventAttributes;
    assert.equal(attributes?.continuedExecutionRunId, handle.firstExecutionRunId);
    assert.equal(attributes?.firstExecutionRunId, handle.firstExecutionRunId);
    assert.equal((await first.describe()).status.name, 'CONTINUED_AS_NEW');
  });

  test('is an answer for those who do not follow', async () => {
    const handle = await world.client.workflow.start(countDown, { ...world.at('count'), args: [1], followRuns: false });
    await assert.rejects(handle.result(), WorkflowContinuedAsNewError);
  });

  test('may change the workflow type and the memo', async () => {
    const handle = await world.client.workflow.start(becomesAnother, world.at('another'));
    assert.equal(await handle.result(), `what I was: becomesAnother, continued from ${handle.firstExecutionRunId}`);
    const last = await world.client.workflow.getHandle(handle.workflowId).describe();
    assert.equal(last.type, 'another');
  });

  test('loses no signal', async () => {
    const handle = await world.client.workflow.start(pokedThrice, world.at('poke'));
    const open = world.client.workflow.getHandle(handle.workflowId);
    for (const word of ['one', 'two', 'three']) await open.signal(poke, word);
    assert.deepEqual(await handle.result(), ['one', 'two', 'three']);
  });
});
