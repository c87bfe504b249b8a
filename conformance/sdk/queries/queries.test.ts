import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Client, QueryNotRegisteredError, QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { openWorld } from '../world.ts';
import { broken, count, countUp, finish, increment } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

describe('queries', { concurrency }, () => {
  test('see every signal that was acknowledged before them, and leave no trace', async () => {
    const handle = await world.client.workflow.start(countUp, world.at('count'));
    for (let expected = 1; expected <= 5; expected++) {
      await handle.signal(increment);
      assert.equal(await handle.query(count, 10), expected * 10);
    }
    await handle.signal(finish);
    assert.equal(await handle.result(), 5);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...Array.from({ length: 6 }, () => 'WorkflowExecutionSignaled'),
      'WorkflowExecutionCompleted',
    ]);
  });

  test('are answered after the workflow has closed', async () => {
    const handle = await world.client.workflow.start(countUp, world.at('closed'));
    await handle.signal(increment);
    await handle.signal(finish);
    await handle.result();
    assert.equal(await handle.query(count, 1), 1);
  });

  test('in great numbers at once are all answered', async () => {
    const handle = await world.client.workflow.start(countUp, world.at('burst'));
    await handle.signal(increment);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, scale) => handle.query(count, scale)));
    assert.deepEqual(
      answers,
      Array.from({ length: 30 }, (_, scale) => scale),
    );
    await handle.terminate();
  });

  test('that nobody handles, or whose handler throws, say so', async () => {
    const handle = await world.client.workflow.start(countUp, world.at('broken'));
    await assert.rejects(handle.query('unknown'), (error) => {
      assert.ok(error instanceof QueryNotRegisteredError);
      assert.match(error.message, /unknown/);
      return true;
    });
    await assert.rejects(handle.query(broken), /this query is broken/);
    await handle.terminate();
  });

  test('can be refused for closed workflows', async () => {
    const handle = await world.client.workflow.start(countUp, world.at('reject'));
    await handle.signal(finish);
    await handle.result();
    const strict = new Client({ connection: world.connection, workflow: { queryRejectCondition: 'NOT_OPEN' } });
    await assert.rejects(strict.workflow.getHandle(handle.workflowId).query(count, 1), QueryRejectedError);
  });

  test('wait until their deadline for a worker that has just stopped, and may be about to come back', async () => {
    const { taskQueue, stop } = await world.work();
    const handle = await world.client.workflow.start(countUp, { ...world.at('stopped'), taskQueue });
    await handle.signal(finish);
    await handle.result();
    await stop();
    const asked = world.connection.withDeadline(Date.now() + 500, () => handle.query(count, 1));
    await assert.rejects(asked, (error) => /DEADLINE_EXCEEDED/.test(String((error as Error).cause)));
  });

  test('of an unknown workflow are refused', async () => {
    await assert.rejects(world.client.workflow.getHandle('no such workflow').query(count, 1), WorkflowNotFoundError);
  });

  test('show where the workflow stands', async () => {
    const handle = await world.client.workflow.start(countUp, world.at('stack'));
    assert.match(String(await handle.query('__stack_trace')), /countUp/);
    await handle.terminate();
  });
});
