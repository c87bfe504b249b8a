import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { mailbox, postman } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

function send(workflowId: string, what: 'letter' | 'cancel') {
  return world.client.workflow.start(postman, { ...world.at('postman'), args: [workflowId, what] });
}

const signalInitiated = 'SignalExternalWorkflowExecutionInitiated';
const cancelInitiated = 'RequestCancelExternalWorkflowExecutionInitiated';

describe('workflows that know each other by id', { concurrency }, () => {
  test('can signal', async () => {
    const target = await world.client.workflow.start(mailbox, world.at('mailbox'));
    const sender = await send(target.workflowId, 'letter');
    assert.equal(await target.result(), 'dear workflow');
    assert.equal(await sender.result(), 'delivered');
    await assertStory(sender, [
      'WorkflowExecutionStarted',
      ...[signalInitiated, 'ExternalWorkflowExecutionSignaled'],
      'WorkflowExecutionCompleted',
    ]);
    await assertStory(target, ['WorkflowExecutionStarted', 'WorkflowExecutionSignaled', 'WorkflowExecutionCompleted']);
  });

  test('can cancel', async () => {
    const target = await world.client.workflow.start(mailbox, world.at('mailbox'));
    const sender = await send(target.workflowId, 'cancel');
    await assert.rejects(target.result(), { name: 'WorkflowFailedError' });
    assert.equal(await sender.result(), 'delivered');
    await assertStory(sender, [
      'WorkflowExecutionStarted',
      ...[cancelInitiated, 'ExternalWorkflowExecutionCancelRequested'],
      'WorkflowExecutionCompleted',
    ]);
  });

  test('learn that there is nobody of that id', async () => {
    const signal = await send('no such workflow', 'letter');
    assert.match(await signal.result(), /^returned/);
    await assertStory(signal, [
      'WorkflowExecutionStarted',
      ...[signalInitiated, 'SignalExternalWorkflowExecutionFailed'],
      'WorkflowExecutionCompleted',
    ]);
    const cancel = await send('no such workflow', 'cancel');
    assert.match(await cancel.result(), /^returned/);
    await assertStory(cancel, [
      'WorkflowExecutionStarted',
      ...[cancelInitiated, 'RequestCancelExternalWorkflowExecutionFailed'],
      'WorkflowExecutionCompleted',
    ]);
  });
});
