import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { concurrency } from '../both-times.ts';
import { assertStory, millisecondsOf, theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { type Ending, failUntilRun, tryActivity } from './workflows.ts';

const activities = {
  async failsUntil(attempt: number, type: string, nonRetryable: boolean): Promise<number> {
    const current = activityInfo().attempt;
    if (current < attempt) throw ApplicationFailure.create({ message: `attempt ${current} fails`, type, nonRetryable });
    return current;
  },
  async takes(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: cancellationSignal() });
  },
  async asksForDelay(ms: number): Promise<number> {
    const current = activityInfo().attempt;
    if (current === 1) throw ApplicationFailure.create({ message: 'later', nextRetryDelay: ms });
    return current;
  },
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

const quick = { initialInterval: 20, backoffCoefficient: 1 };
const failed = [
  'WorkflowExecutionStarted',
  'ActivityTaskScheduled',
  'ActivityTaskStarted',
  'ActivityTaskFailed',
  'WorkflowExecutionCompleted',
];

function start(...args: Parameters<typeof tryActivity>) {
  return world.client.workflow.start(tryActivity, { ...world.at('retry'), args });
}

describe('retries', { concurrency }, () => {
  test('are not events: a retried activity has one start, with its attempt and last failure', async () => {
    const handle = await start('failsUntil', [3, 'Flaky', false], { startToCloseTimeout: '5 seconds', retry: quick });
    assert.equal(await handle.result(), 3);
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'],
      'WorkflowExecutionCompleted',
    ]);
    const started = theEvent(events, 'ActivityTaskStarted').activityTaskStartedEventAttributes;
    assert.equal(started?.attempt, 3);
    assert.equal(started?.lastFailure?.message, 'attempt 2 fails');
  });

  test('end at the maximum of attempts', async () => {
    const handle = await start('failsUntil', [99, 'Flaky', false], {
      startToCloseTimeout: '5 seconds',
      retry: { ...quick, maximumAttempts: 3 },
    });
    const ending: Ending = { retryState: 'MAXIMUM_ATTEMPTS_REACHED', type: 'Flaky', message: 'attempt 3 fails' };
    assert.deepEqual(await handle.result(), ending);
    await assertStory(handle, failed);
  });

  test('are not made for failures that say so', async () => {
    const handle = await start('failsUntil', [99, 'Final', true], { startToCloseTimeout: '5 seconds', retry: quick });
    const ending: Ending = { retryState: 'NON_RETRYABLE_FAILURE', type: 'Final', message: 'attempt 1 fails' };
    assert.deepEqual(await handle.result(), ending);
  });

  test('are not made for failure types that the policy excludes', async () => {
    const handle = await start('failsUntil', [99, 'Excluded', false], {
      startToCloseTimeout: '5 seconds',
      retry: { ...quick, nonRetryableErrorTypes: ['Excluded'] },
    });
    const ending: Ending = { retryState: 'NON_RETRYABLE_FAILURE', type: 'Excluded', message: 'attempt 1 fails' };
    assert.deepEqual(await handle.result(), ending);
  });

  test('wait as long as the failure asks', async () => {
    const handle = await start('asksForDelay', [400], { startToCloseTimeout: '5 seconds', retry: quick });
    assert.equal(await handle.result(), 2);
    const events = (await handle.fetchHistory()).events ?? [];
    const waited =
      millisecondsOf(theEvent(events, 'ActivityTaskStarted')) -
      millisecondsOf(theEvent(events, 'ActivityTaskScheduled'));
    assert.ok(waited >= 399, `waited ${waited} ms`);
  });

  test('follow a start-to-close timeout, and the last one is the failure', async () => {
    const handle = await start('takes', [60_000], {
      startToCloseTimeout: '1 second',
      retry: { ...quick, maximumAttempts: 2 },
    });
    const result = await handle.result();
    assert.ok(typeof result === 'object');
    assert.deepEqual([result.retryState, result.type], ['MAXIMUM_ATTEMPTS_REACHED', 'START_TO_CLOSE']);
    await assertStory(handle, failed.with(3, 'ActivityTaskTimedOut'));
  });

  test('end when the schedule-to-close time is over', async () => {
    const handle = await start('failsUntil', [99, 'Flaky', false], {
      scheduleToCloseTimeout: '1 second',
      // Three attempts, with room: a fourth would be due after the end.
      retry: { initialInterval: 400, backoffCoefficient: 1 },
    });
    const result = await handle.result();
    assert.ok(typeof result === 'object');
    assert.equal(result.retryState, 'TIMEOUT');
  });

  test('are not made when no worker took the activity in time', async () => {
    const handle = await start('takes', [1], {
      taskQueue: 'a queue that nobody polls',
      scheduleToStartTimeout: '1 second',
      startToCloseTimeout: '1 second',
      retry: quick,
    });
    const result = await handle.result();
    assert.ok(typeof result === 'object');
    assert.equal(result.type, 'SCHEDULE_TO_START');
    await assertStory(handle, failed.toSpliced(2, 2, 'ActivityTaskTimedOut'));
  });

  test('of a workflow are runs of their own', async () => {
    const handle = await world.client.workflow.start(failUntilRun, {
      ...world.at('runs'),
      args: [3],
      retry: { initialInterval: '1 second', backoffCoefficient: 1 },
    });
    assert.equal(await handle.result(), 3);
    const last = await world.client.workflow.getHandle(handle.workflowId).fetchHistory();
    const started = last.events?.[0]?.workflowExecutionStartedEventAttributes;
    assert.equal(started?.attempt, 3);
    assert.equal(started?.firstExecutionRunId, handle.firstExecutionRunId);
    assert.notEqual(started?.originalExecutionRunId, handle.firstExecutionRunId);
  });
});
