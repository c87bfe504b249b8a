import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  ApplicationFailure,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory, eventsOf, storyOf, theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { failing, leave, plus, plusDouble, release, sum, whenReleased } from './workflows.ts';

const world = await openWorld({ worker: { activities: { double: async (n: number) => n * 2 } } });
after(() => world.close());

const accepted = 'WorkflowExecutionUpdateAccepted';
const completed = 'WorkflowExecutionUpdateCompleted';

/** The failure that an update ended with. */
async function failureOf(update: Promise<unknown>): Promise<ApplicationFailure> {
  const error: unknown = await update.then(
    () => assert.fail('the update did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WorkflowUpdateFailedError, String(error));
  assert.ok(error.cause instanceof ApplicationFailure);
  return error.cause;
}

describe('updates', { concurrency }, () => {
  test('change the workflow and answer', async () => {
    const handle = await world.client.workflow.start(sum, world.at('plus'));
    assert.equal(await handle.executeUpdate(plus, { args: [2] }), 2);
    assert.equal(await handle.executeUpdate(plus, { args: [3] }), 5);
    await handle.signal(leave);
    assert.equal(await handle.result(), 5);
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...[accepted, completed, accepted, completed],
      'WorkflowExecutionSignaled',
      'WorkflowExecutionCompleted',
    ]);
    const [first] = eventsOf(events, accepted);
    assert.equal(first?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name, 'plus');
  });

  test('may run activities before they answer', async () => {
    const handle = await world.client.workflow.start(sum, world.at('double'));
    assert.equal(await handle.executeUpdate(plusDouble, { args: [4] }), 8);
    await handle.signal(leave);
    await handle.result();
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      accepted,
      ...['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'],
      completed,
      'WorkflowExecutionSignaled',
      'WorkflowExecutionCompleted',
    ]);
  });

  test('that the validator refuses fail with its reason and leave no trace', async () => {
    const handle = await world.client.workflow.start(sum, world.at('refused'));
    const failure = await failureOf(handle.executeUpdate(plus, { args: [-1] }));
    assert.deepEqual([failure.type, failure.message, failure.details], ['Negative', '-1 is negative', [-1]]);
    await handle.signal(leave);
    assert.equal(await handle.result(), 0);
    await assertStory(handle, ['WorkflowExecutionStarted', 'WorkflowExecutionSignaled', 'WorkflowExecutionCompleted']);
  });

  test('that nobody handles are refused', async () => {
    const handle = await world.client.workflow.start(sum, world.at('unknown'));
    assert.match((await failureOf(handle.executeUpdate('unknown'))).message, /unknown/);
    await handle.terminate();
  });

  test('whose handler throws are accepted and then fail', async () => {
    const handle = await world.client.workflow.start(sum, world.at('failing'));
    assert.equal((await failureOf(handle.executeUpdate(failing))).type, 'OnPurpose');
    await handle.signal(leave);
    await handle.result();
    const events = (await handle.fetchHistory()).events ?? [];
    const outcome = theEvent(events, completed).workflowExecutionUpdateCompletedEventAttributes?.outcome;
    assert.equal(outcome?.failure?.message, 'failed on purpose');
  });

  test('can be waited for in two steps, and by another client that knows the id', async () => {
    const handle = await world.client.workflow.start(sum, world.at('steps'));
    const update = await handle.startUpdate(whenReleased, { waitForStage: 'ACCEPTED', updateId: 'one' });
    await handle.signal(release);
    const again = world.client.workflow.getHandle(handle.workflowId).getUpdateHandle('one');
    assert.deepEqual(await Promise.all([update.result(), again.result()]), ['released at 0', 'released at 0']);
    await handle.terminate();
  });

  test('with the same id are one update', async () => {
    const handle = await world.client.workflow.start(sum, world.at('same'));
    const options = { args: [7] as [number], updateId: 'seven' };
    const answers = await Promise.all([handle.executeUpdate(plus, options), handle.executeUpdate(plus, options)]);
    assert.deepEqual(answers, [7, 7]);
    assert.equal(await handle.executeUpdate(plus, options), 7);
    await handle.signal(leave);
    assert.equal(await handle.result(), 7);
  });

  test('in great numbers at once are all applied', async () => {
    const handle = await world.client.workflow.start(sum, world.at('burst'));
    const answers = await Promise.all(Array.from({ length: 9 }, () => handle.executeUpdate(plus, { args: [1] })));
    assert.deepEqual(answers.sort(), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await handle.terminate();
  });

  test('of a closed or an unknown workflow are refused', async () => {
    const handle = await world.client.workflow.start(sum, world.at('closed'));
    await handle.signal(leave);
    await handle.result();
    await assert.rejects(handle.executeUpdate(plus, { args: [1] }), WorkflowNotFoundError);
    const nobody = world.client.workflow.getHandle('no such workflow');
    await assert.rejects(nobody.executeUpdate(plus, { args: [1] }), WorkflowNotFoundError);
  });

  test('can start the workflow that they are for, and find it the next time', async () => {
    const at = world.at('with-start');
    const withStart = (n: number) => {
      const startWorkflowOperation = new WithStartWorkflowOperation(sum, {
        ...at,
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      return world.client.workflow.executeUpdateWithStart(plus, { args: [n], startWorkflowOperation });
    };
    assert.equal(await withStart(2), 2);
    assert.equal(await withStart(3), 5);
    const handle = world.client.workflow.getHandle(at.workflowId);
    assert.deepEqual(storyOf(await handle.fetchHistory()), [
      'WorkflowExecutionStarted',
      ...[accepted, completed, accepted, completed],
    ]);
    await handle.terminate();
  });

  test('that start a workflow and are refused leave the workflow running', async () => {
    const at = world.at('with-start-refused');
    const startWorkflowOperation = new WithStartWorkflowOperation(sum, { ...at, workflowIdConflictPolicy: 'FAIL' });
    const update = world.client.workflow.executeUpdateWithStart(plus, { args: [-5], startWorkflowOperation });
    assert.equal((await failureOf(update)).type, 'Negative');
    const handle = await startWorkflowOperation.workflowHandle();
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    await handle.terminate();
  });
});
