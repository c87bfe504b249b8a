import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { cancelled, heartbeat, sleep } from '@temporalio/activity';
import { CancelledFailure, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import type { ActivityCancellationType } from '@temporalio/workflow';
import { concurrency } from '../both-times.ts';
import { assertStory, storyOf } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { cancelsActivity, cancelsOneScope, cleansUp, shrugsItOff, timesOutScope, waitForever } from './workflows.ts';

const activities = {
  async untilCancelled(): Promise<string> {
    const beat = setInterval(() => heartbeat(), 25);
    try {
      await Promise.race([cancelled(), sleep('5 seconds')]);
      return 'nobody cancelled me';
    } finally {
      clearInterval(beat);
    }
  },
  cleanUp: async () => 'clean',
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

async function assertCancelled(result: Promise<unknown>): Promise<void> {
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof WorkflowFailedError);
    assert.ok(error.cause instanceof CancelledFailure);
    return true;
  });
}

describe('cancelling a workflow', { concurrency }, () => {
  test('is requested once and ends it as cancelled', async () => {
    const handle = await world.client.workflow.start(waitForever, world.at('forever'));
    await Promise.all([handle.cancel(), handle.cancel()]);
    await assertCancelled(handle.result());
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowExecutionCancelRequested',
      'WorkflowExecutionCanceled',
    ]);
    assert.equal((await handle.describe()).status.name, 'CANCELLED');
  });

  test('lets it clean up', async () => {
    const handle = await world.client.workflow.start(cleansUp, world.at('clean-up'));
    await eventually(async () => storyOf(await handle.fetchHistory())[1], 'timer started');
    await handle.cancel();
    await assertCancelled(handle.result());
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'TimerStarted',
      'WorkflowExecutionCancelRequested',
      'TimerCanceled',
      ...['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'],
      'WorkflowExecutionCanceled',
    ]);
  });

  test('is a request: it may complete all the same', async () => {
    const handle = await world.client.workflow.start(shrugsItOff, world.at('shrug'));
    await handle.cancel();
    assert.equal(await handle.result(), 'cancelled, but done');
  });

  test('that does not exist is refused', async () => {
    await assert.rejects(world.client.workflow.getHandle('no such workflow').cancel(), WorkflowNotFoundError);
  });
});

describe('cancelling within a workflow', { concurrency }, () => {
  test('stops one scope and not its sibling', async () => {
    const result = await world.client.workflow.execute(cancelsOneScope, world.at('scope'));
    assert.deepEqual(result, ['inner cancelled', 'sibling done']);
  });

  test('can come from a timeout', async () => {
    assert.equal(await world.client.workflow.execute(timesOutScope, world.at('timeout')), 'timed out');
  });

  const requested = ['TimerStarted', 'TimerFired', 'ActivityTaskCancelRequested'];
  const cases: [ActivityCancellationType, string[]][] = [
    ['TRY_CANCEL', requested],
    ['WAIT_CANCELLATION_COMPLETED', [...requested, 'ActivityTaskStarted', 'ActivityTaskCanceled']],
    ['ABANDON', ['TimerStarted', 'TimerFired']],
  ];
  for (const [type, story] of cases) {
    test(`an activity with ${type} is left behind with the right events`, async () => {
      const handle = await world.client.workflow.start(cancelsActivity, { ...world.at('activity'), args: [type] });
      assert.equal(await handle.result(), 'cancelled');
      await assertStory(handle, [
        'WorkflowExecutionStarted',
        'ActivityTaskScheduled',
        ...story,
        'WorkflowExecutionCompleted',
      ]);
    });
  }
});
