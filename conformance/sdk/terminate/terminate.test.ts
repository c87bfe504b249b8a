import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { cancelled, heartbeat } from '@temporalio/activity';
import { TerminatedFailure, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { theEvent, typesOf } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { worksForever } from './workflows.ts';

let running = 0;
const activities = {
  async endless(): Promise<void> {
    running++;
    const beat = setInterval(() => heartbeat(), 25);
    try {
      await cancelled();
    } finally {
      clearInterval(beat);
      running--;
    }
  },
};

const world = await openWorld({ worker: { activities } });
after(() => world.close());

/** Until then, what a history has beside its end is a matter of timing. */
const activityRuns = () => eventually(async () => (running === 1 ? true : undefined), 'the activity runs');
const activityStops = () => eventually(async () => (running === 0 ? true : undefined), 'the activity stops');

describe('terminating', { concurrency: 1 }, () => {
  test('ends a workflow at once, with a reason and details, and its activity hears of it', async () => {
    const handle = await world.client.workflow.start(worksForever, world.at('endless'));
    await activityRuns();
    const result = handle.result();
    result.catch(() => undefined);
    await world.client.workflowService.terminateWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: handle.workflowId },
      reason: 'enough',
      identity: 'the test',
    });
    await assert.rejects(result, (error) => {
      assert.ok(error instanceof WorkflowFailedError && error.cause instanceof TerminatedFailure);
      assert.equal(error.cause.message, 'enough');
      return true;
    });
    const history = await handle.fetchHistory();
    const attributes = theEvent(
      history.events ?? [],
      'WorkflowExecutionTerminated',
    ).workflowExecutionTerminatedEventAttributes;
    assert.deepEqual([attributes?.reason, attributes?.identity], ['enough', 'the test']);
    assert.equal(typesOf(history).at(-1), 'WorkflowExecutionTerminated');
    assert.equal((await handle.describe()).status.name, 'TERMINATED');
    await activityStops();
  });

  test('leaves in sight what was pending', async () => {
    const handle = await world.client.workflow.start(worksForever, world.at('left behind'));
    await activityRuns();
    await handle.terminate();
    const { pendingActivities } = (await handle.describe()).raw;
    assert.deepEqual(
      pendingActivities?.map(({ activityType, attempt }) => [activityType?.name, attempt]),
      [['endless', 1]],
    );
    await activityStops();
  });

  test('a closed or an unknown workflow is refused', async () => {
    const handle = await world.client.workflow.start(worksForever, world.at('twice'));
    await activityRuns();
    await handle.terminate();
    await assert.rejects(handle.terminate(), WorkflowNotFoundError);
    await assert.rejects(world.client.workflow.getHandle('no such workflow').terminate(), WorkflowNotFoundError);
  });
});
