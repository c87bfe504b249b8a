import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal, cancelled, heartbeat } from '@temporalio/activity';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { cancelThroughHeartbeat, countWithHeartbeats, goneSilent } from './workflows.ts';

const activities = {
  /** Counts on from the last heartbeat; dies once, on the way to `failAt`. */
  async countTo(goal: number, failAt: number): Promise<string> {
    const { heartbeatDetails, attempt } = activityInfo();
    const from = typeof heartbeatDetails === 'number' ? heartbeatDetails : 0;
    for (let n = from + 1; n <= goal; n++) {
      if (n === failAt && attempt === 1) {
        // The heartbeat before this one is throttled by the worker, and sent 50 ms later.
        await sleep(100);
        throw new Error('died on the way');
      }
      heartbeat(n);
    }
    return `attempt ${attempt} counted from ${from} to ${goal}`;
  },
  async beatOnceAndHang(details: string): Promise<void> {
    heartbeat(details);
    await sleep(20_000, undefined, { signal: cancellationSignal() });
  },
  async beatUntilCancelled(): Promise<string> {
    const beat = setInterval(() => heartbeat(), 25);
    try {
      return await cancelled();
    } finally {
      clearInterval(beat);
    }
  },
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

describe('heartbeats', { concurrency }, () => {
  test('tell the next attempt how far the last one came', async () => {
    const handle = await world.client.workflow.start(countWithHeartbeats, { ...world.at('count'), args: [10, 6] });
    assert.equal(await handle.result(), 'attempt 2 counted from 5 to 10');
  });

  test('that stop end the attempt, and their last details are known', async () => {
    const handle = await world.client.workflow.start(goneSilent, { ...world.at('silent'), args: ['last words'] });
    assert.deepEqual(await handle.result(), ['HEARTBEAT', 'last words']);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskTimedOut'],
      'WorkflowExecutionCompleted',
    ]);
  });

  test('bring the news of a cancellation', async () => {
    const handle = await world.client.workflow.start(cancelThroughHeartbeat, world.at('cancel'));
    assert.equal(await handle.result(), 'cancelled');
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'ActivityTaskScheduled',
      'TimerStarted',
      'TimerFired',
      'ActivityTaskCancelRequested',
      'ActivityTaskStarted',
      'ActivityTaskCanceled',
      'WorkflowExecutionCompleted',
    ]);
  });
});
