import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { TimeoutFailure } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory, millisecondsOf, theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { cancelledTimer, conditionTimesOut, nap, race } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

describe('timers', { concurrency }, () => {
  test('fire no earlier than asked, and soon after', async () => {
    const handle = await world.client.workflow.start(nap, { ...world.at('nap'), args: [300] });
    assert.ok((await handle.result()) >= 300);
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      'TimerStarted',
      'TimerFired',
      'WorkflowExecutionCompleted',
    ]);
    const started = theEvent(events, 'TimerStarted');
    const fired = theEvent(events, 'TimerFired');
    const took = millisecondsOf(fired) - millisecondsOf(started);
    assert.ok(took >= 299 && took < 2_500, `took ${took} ms`);
    assert.equal(Number(fired.timerFiredEventAttributes?.startedEventId), Number(started.eventId));
  });

  test('fire in the order of their times, not of their starts', async () => {
    const handle = await world.client.workflow.start(race, { ...world.at('race'), args: [[600, 300, 900, 1]] });
    assert.deepEqual(await handle.result(), [1, 300, 600, 900]);
  });

  test('of the same time all fire', async () => {
    const durations = Array.from({ length: 40 }, () => 100);
    const handle = await world.client.workflow.start(race, { ...world.at('same'), args: [durations] });
    assert.deepEqual(await handle.result(), durations);
  });

  test('can be cancelled', async () => {
    const handle = await world.client.workflow.start(cancelledTimer, world.at('cancel'));
    assert.equal(await handle.result(), 'cancelled');
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'TimerStarted',
      'TimerStarted',
      'TimerFired',
      'TimerCanceled',
      'WorkflowExecutionCompleted',
    ]);
  });

  test('bound a condition', async () => {
    const handle = await world.client.workflow.start(conditionTimesOut, world.at('condition'));
    assert.equal(await handle.result(), false);
  });

  test('wait for a delayed start', async () => {
    const handle = await world.client.workflow.start(nap, { ...world.at('delay'), args: [1], startDelay: 400 });
    await handle.result();
    const events = (await handle.fetchHistory()).events ?? [];
    const waited =
      millisecondsOf(theEvent(events, 'TimerStarted')) - millisecondsOf(theEvent(events, 'WorkflowExecutionStarted'));
    assert.ok(waited >= 399, `waited ${waited} ms`);
  });

  test('bound a whole run', async () => {
    const handle = await world.client.workflow.start(nap, {
      ...world.at('timeout'),
      args: [60_000],
      // Long enough for the first task of a worker that has only just started on a busy machine.
      workflowRunTimeout: '4 seconds',
    });
    await assert.rejects(handle.result(), (error) => error instanceof Error && error.cause instanceof TimeoutFailure);
    await assertStory(handle, ['WorkflowExecutionStarted', 'TimerStarted', 'WorkflowExecutionTimedOut']);
    assert.equal((await handle.describe()).status.name, 'TIMED_OUT');
  });
});
