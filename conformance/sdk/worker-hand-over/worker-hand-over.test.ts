import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { concurrency } from '../both-times.ts';
import { assertStory, eventsOf } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { passport, stamps, turn } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

function work(office: string, taskQueue: string, maxCachedWorkflows = 100) {
  const activities = { stamp: async (page: number) => `${page} by ${office}` };
  return world.work({ taskQueue, identity: office, activities, maxCachedWorkflows });
}

describe('a workflow whose worker is shut down', { concurrency }, () => {
  test('is taken over by another one, which replays what happened', async () => {
    const taskQueue = `queue-${randomUUID()}`;
    const first = await work('first', taskQueue);
    const handle = await world.client.workflow.start(passport, { ...world.at('passport'), taskQueue, args: [2] });
    await handle.signal(turn);
    await eventually(async () => ((await handle.query(stamps)).length === 1 ? true : undefined), 'one stamp');
    await first.stop();

    const second = await work('second', taskQueue);
    assert.deepEqual(await handle.query(stamps), ['1 by first']);
    await handle.signal(turn);
    assert.deepEqual(await handle.result(), ['1 by first', '2 by second']);
    await second.stop();
    const activity = ['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'];
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...['WorkflowExecutionSignaled', ...activity],
      ...['WorkflowExecutionSignaled', ...activity],
      'WorkflowExecutionCompleted',
    ]);
    const by = eventsOf(events, 'WorkflowTaskStarted').map(
      (event) => event.workflowTaskStartedEventAttributes?.identity,
    );
    assert.equal(by[0], 'first');
    assert.equal(by.at(-1), 'second');
  });

  test('goes on with a worker that caches nothing', async () => {
    const taskQueue = `queue-${randomUUID()}`;
    await work('only', taskQueue, 0);
    const handle = await world.client.workflow.start(passport, { ...world.at('passport'), taskQueue, args: [3] });
    for (let page = 1; page <= 3; page++) await handle.signal(turn);
    assert.deepEqual(await handle.result(), ['1 by only', '2 by only', '3 by only']);
  });

  test('waits, signals and all, until there is one', async () => {
    const taskQueue = `queue-${randomUUID()}`;
    const handle = await world.client.workflow.start(passport, { ...world.at('passport'), taskQueue, args: [1] });
    await handle.signal(turn);
    await work('late', taskQueue);
    assert.deepEqual(await handle.result(), ['1 by late']);
  });
});
