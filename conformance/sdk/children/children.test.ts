import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import type { ParentClosePolicy } from '@temporalio/workflow';
import { concurrency } from '../both-times.ts';
import { assertStory, eventsOf, storyOf, theEvent } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import {
  leaveNow,
  parentOfFailing,
  parentOfMany,
  parentOfOne,
  parentOfTwins,
  parentWhoCancels,
  parentWhoLeaves,
  parentWhoTalks,
} from './workflows.ts';

const world = await openWorld();
after(() => world.close());

const id = () => `child-${randomUUID()}`;
const initiated = 'StartChildWorkflowExecutionInitiated';
const started = 'ChildWorkflowExecutionStarted';

describe('child workflows', { concurrency }, () => {
  test('answer to their parent and know it', async () => {
    const childId = id();
    const handle = await world.client.workflow.start(parentOfOne, { ...world.at('parent'), args: [childId] });
    assert.equal(await handle.result(), `child of ${handle.workflowId}`);
    const events = await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...[initiated, started, 'ChildWorkflowExecutionCompleted'],
      'WorkflowExecutionCompleted',
    ]);
    const run = theEvent(events, started).childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    const own = await world.client.workflow.getHandle(childId).fetchHistory();
    const first = own.events?.[0]?.workflowExecutionStartedEventAttributes;
    assert.equal(first?.originalExecutionRunId, run?.runId);
    assert.equal(first?.parentWorkflowExecution?.workflowId, handle.workflowId);
    assert.equal(Number(first?.parentInitiatedEventId), Number(theEvent(events, initiated).eventId));
  });

  test('that fail tell their parent why', async () => {
    const handle = await world.client.workflow.start(parentOfFailing, { ...world.at('parent'), args: [id()] });
    assert.deepEqual(await handle.result(), ['child', 'ChildType', 'the child failed']);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      ...[initiated, started, 'ChildWorkflowExecutionFailed'],
      'WorkflowExecutionCompleted',
    ]);
  });

  test('hear signals from their parent', async () => {
    const handle = await world.client.workflow.start(parentWhoTalks, { ...world.at('parent'), args: [id()] });
    assert.equal(await handle.result(), 'hello from above');
    const events = (await handle.fetchHistory()).events ?? [];
    assert.equal(eventsOf(events, 'SignalExternalWorkflowExecutionInitiated').length, 1);
    assert.equal(eventsOf(events, 'ExternalWorkflowExecutionSignaled').length, 1);
  });

  test('run beside each other', async () => {
    const handle = await world.client.workflow.start(parentOfMany, { ...world.at('parent'), args: [id(), 15] });
    assert.deepEqual(
      await handle.result(),
      Array.from({ length: 15 }, () => `child of ${handle.workflowId}`),
    );
  });

  test('can be cancelled by their parent', async () => {
    const childId = id();
    const handle = await world.client.workflow.start(parentWhoCancels, { ...world.at('parent'), args: [childId] });
    assert.equal(await handle.result(), 'cancelled');
    assert.equal((await world.client.workflow.getHandle(childId).describe()).status.name, 'CANCELLED');
    const events = (await handle.fetchHistory()).events ?? [];
    assert.equal(eventsOf(events, 'RequestCancelExternalWorkflowExecutionInitiated').length, 1);
    assert.equal(eventsOf(events, 'ChildWorkflowExecutionCanceled').length, 1);
  });

  test('under an id that is taken are not started', async () => {
    const handle = await world.client.workflow.start(parentOfTwins, { ...world.at('parent'), args: [id()] });
    assert.equal(await handle.result(), 'already started');
    const events = (await handle.fetchHistory()).events ?? [];
    assert.equal(eventsOf(events, 'StartChildWorkflowExecutionFailed').length, 1);
  });

  const fates: [ParentClosePolicy, string][] = [
    ['TERMINATE', 'TERMINATED'],
    ['REQUEST_CANCEL', 'CANCELLED'],
    ['ABANDON', 'RUNNING'],
  ];
  for (const [policy, fate] of fates) {
    test(`whose parent closes with ${policy} are ${fate}`, async () => {
      const childId = id();
      const parent = await world.client.workflow.start(parentWhoLeaves, {
        ...world.at('parent'),
        args: [childId, policy],
      });
      const child = world.client.workflow.getHandle(childId);
      await eventually(async () => storyOf(await parent.fetchHistory())[2], 'child started');
      await eventually(async () => storyOf(await child.fetchHistory())[1], 'asleep');
      await parent.signal(leaveNow);
      // Waiting for the result would let time be skipped, to where the child has ended.
      await eventually(async () => ((await parent.describe()).status.name === 'COMPLETED' ? true : undefined), 'left');
      await eventually(async () => ((await child.describe()).status.name === fate ? true : undefined), fate);
      const { pendingChildren } = (await parent.describe()).raw;
      assert.deepEqual(
        pendingChildren?.map(({ workflowId }) => workflowId),
        [childId],
        'the parent has not heard of it any more',
      );
      if (fate === 'RUNNING') await child.terminate();
    });
  }
});
