import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { concurrency } from '../both-times.ts';
import { assertHistory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { deposit, save } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

type At = ReturnType<typeof world.at>;

function signalWithStart(at: At, goal: number, amount: number) {
  return world.client.workflow.signalWithStart(save, { ...at, args: [goal], signal: deposit, signalArgs: [amount] });
}

describe('signal-with-start', { concurrency }, () => {
  test('starts a workflow with the signal already in its history', async () => {
    const handle = await signalWithStart(world.at('save'), 5, 5);
    assert.deepEqual(await handle.result(), [5]);
    await assertHistory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowExecutionSignaled',
      ...['WorkflowTaskScheduled', 'WorkflowTaskStarted', 'WorkflowTaskCompleted'],
      'WorkflowExecutionCompleted',
    ]);
  });

  test('signals the workflow that runs', async () => {
    const at = world.at('save');
    const first = await signalWithStart(at, 6, 1);
    const second = await signalWithStart(at, 99, 2);
    assert.equal(second.signaledRunId, first.signaledRunId);
    await second.signal(deposit, 3);
    assert.deepEqual(await first.result(), [1, 2, 3]);
  });

  test('starts one run however many come at once, and loses none', async () => {
    const at = world.at('save');
    const amounts = [1, 2, 3, 4, 5, 6, 7, 8];
    const handles = await Promise.all(amounts.map((amount) => signalWithStart(at, 36, amount)));
    assert.equal(new Set(handles.map(({ signaledRunId }) => signaledRunId)).size, 1);
    assert.deepEqual((await handles[0]?.result())?.sort(), amounts);
  });

  test('starts a new run when the last one has closed', async () => {
    const at = world.at('save');
    const first = await signalWithStart(at, 1, 1);
    await first.result();
    const second = await signalWithStart(at, 2, 2);
    assert.notEqual(second.signaledRunId, first.signaledRunId);
    assert.deepEqual(await second.result(), [2]);
  });
});
