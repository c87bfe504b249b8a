import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { activityInfo, sleep } from '@temporalio/activity';
import { concurrency } from '../both-times.ts';
import { assertHistory, assertStory, eventsOf } from '../histories.ts';
import { openWorld } from '../world.ts';
import { localCancelled, localFailure, localRetry, localRetryByTimer, localSlow, threeQuickOnes } from './workflows.ts';

let slowRuns = 0;
const activities = {
  quick: async (word: string) => `${word}${activityInfo().isLocal ? '!' : '?'}`,
  async flaky(until: number): Promise<number> {
    const { attempt } = activityInfo();
    if (attempt < until) throw new Error(`attempt ${attempt} fails`);
    return attempt;
  },
  async slow(ms: number): Promise<number> {
    if (ms < 10_000) slowRuns++;
    await sleep(ms);
    return ms;
  },
  async hopeless(): Promise<void> {
    throw new Error(`attempt ${activityInfo().attempt} is hopeless`);
  },
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

describe('local activities', { concurrency }, () => {
  test('leave markers, all within one workflow task', async () => {
    const handle = await world.client.workflow.start(threeQuickOnes, world.at('quick'));
    assert.deepEqual(await handle.result(), ['a!', 'b!', 'c!']);
    const events = await assertHistory(handle, [
      'WorkflowExecutionStarted',
      ...['WorkflowTaskScheduled', 'WorkflowTaskStarted', 'WorkflowTaskCompleted'],
      ...['MarkerRecorded', 'MarkerRecorded', 'MarkerRecorded'],
      'WorkflowExecutionCompleted',
    ]);
    assert.equal(events[4]?.markerRecordedEventAttributes?.markerName, 'core_local_activity');
  });

  test('are retried in the worker', async () => {
    const handle = await world.client.workflow.start(localRetry, { ...world.at('flaky'), args: [3] });
    assert.equal(await handle.result(), 3);
    await assertStory(handle, ['WorkflowExecutionStarted', 'MarkerRecorded', 'WorkflowExecutionCompleted']);
  });

  test('wait on a timer when the next attempt is far away', async () => {
    const handle = await world.client.workflow.start(localRetryByTimer, { ...world.at('timer'), args: [2] });
    assert.equal(await handle.result(), 2);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...['MarkerRecorded', 'TimerStarted', 'TimerFired', 'MarkerRecorded'],
      'WorkflowExecutionCompleted',
    ]);
  });

  test('that fail for good fail like others', async () => {
    const handle = await world.client.workflow.start(localFailure, world.at('hopeless'));
    assert.equal(await handle.result(), 'attempt 2 is hopeless');
  });

  test('may outlast the workflow task, which is then kept alive', async () => {
    const handle = await world.client.workflow.start(localSlow, {
      ...world.at('slow'),
      args: [5_500],
      // A fifth of it is left when the task is renewed: no more than a busy machine may lose.
      workflowTaskTimeout: '3 seconds',
    });
    assert.equal(await handle.result(), 5_500);
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      'MarkerRecorded',
      'WorkflowExecutionCompleted',
    ]);
    assert.ok(eventsOf(events, 'WorkflowTaskCompleted').length >= 3);
    assert.equal(eventsOf(events, 'WorkflowTaskTimedOut').length, 0);
    assert.equal(slowRuns, 1);
  });

  test('can be cancelled', async () => {
    // The workflow hears of its timer once the task that waits for the local activity is renewed.
    const options = { ...world.at('cancel'), workflowTaskTimeout: '1 second' } as const;
    assert.equal(await world.client.workflow.execute(localCancelled, options), 'cancelled');
  });
});
