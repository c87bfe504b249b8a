import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { activityInfo, CompleteAsyncError, type Info } from '@temporalio/activity';
import { ActivityNotFoundError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertStory } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { handedOver } from './workflows.ts';

const tickets = new Map<string, Info>();
const activities = {
  async byHand(ticket: string): Promise<string> {
    tickets.set(ticket, activityInfo());
    throw new CompleteAsyncError();
  },
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

async function handOver() {
  const ticket = randomUUID();
  const handle = await world.client.workflow.start(handedOver, { ...world.at('by-hand'), args: [ticket] });
  const info = await eventually(async () => tickets.get(ticket), 'the activity runs');
  return { handle, token: info.taskToken, byId: { workflowId: handle.workflowId, activityId: info.activityId } };
}

const activityStory = ['WorkflowExecutionStarted', 'ActivityTaskScheduled', 'ActivityTaskStarted'];

describe('activities that are completed from elsewhere', { concurrency }, () => {
  test('end with a result, by their token', async () => {
    const { handle, token } = await handOver();
    await world.client.activity.heartbeat(token, 'still at it');
    await world.client.activity.complete(token, 'signed');
    assert.equal(await handle.result(), 'completed: signed');
    await assertStory(handle, [...activityStory, 'ActivityTaskCompleted', 'WorkflowExecutionCompleted']);
    await assert.rejects(world.client.activity.complete(token, 'again'), ActivityNotFoundError);
  });

  test('end with a result, by their workflow and activity id', async () => {
    const { handle, byId } = await handOver();
    await world.client.activity.heartbeat(byId, 'still at it');
    await world.client.activity.complete(byId, 'signed');
    assert.equal(await handle.result(), 'completed: signed');
    await assert.rejects(world.client.activity.complete(byId, 'again'), ActivityNotFoundError);
  });

  test('end with a failure', async () => {
    const { handle, byId } = await handOver();
    await world.client.activity.fail(byId, new Error('pen ran dry'));
    assert.equal(await handle.result(), 'failed: pen ran dry');
  });

  test('end as cancelled, once that was asked for', async () => {
    const { handle, token } = await handOver();
    await handle.cancel();
    assert.equal(await handle.result(), 'cancelled');
    await assert.rejects(world.client.activity.complete(token, 'too late'), ActivityNotFoundError);
  });
});
