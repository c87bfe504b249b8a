import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { concurrency } from '../both-times.ts';
import { sharedBundle } from '../bundle.ts';
import { assertStory, eventsOf, theEvent } from '../histories.ts';
import { openWorld } from '../world.ts';
import { goOn, versionBroken, versionOne, versionThree, versionTwo } from './workflows.ts';

const world = await openWorld({ worker: { activities: { step: async (name: string) => `${name} step` } } });
after(() => world.close());

/** Runs a workflow to its end. */
async function play(workflow: typeof versionOne): Promise<WorkflowHandle> {
  const handle = await world.client.workflow.start(workflow, world.at('patch'));
  await handle.signal(goOn);
  await handle.result();
  return handle;
}

/** Replays a history as if its workflow type had been deployed with other code. */
async function replayAs(workflow: typeof versionOne, handle: WorkflowHandle): Promise<void> {
  const history = await handle.fetchHistory();
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  assert.ok(started);
  started.workflowType = { name: workflow.name };
  await Worker.runReplayHistory({ workflowBundle: await sharedBundle() }, history, handle.workflowId);
}

describe('patches', { concurrency }, () => {
  test('leave a marker and a search attribute in new runs', async () => {
    const handle = await play(versionTwo);
    const events = (await handle.fetchHistory()).events ?? [];
    assert.equal(theEvent(events, 'MarkerRecorded').markerRecordedEventAttributes?.markerName, 'core_patch');
    const upserted = theEvent(events, 'UpsertWorkflowSearchAttributes').upsertWorkflowSearchAttributesEventAttributes;
    assert.ok(upserted?.searchAttributes?.indexedFields?.['TemporalChangeVersion']);
    assert.equal(eventsOf(events, 'ActivityTaskScheduled').length, 2);
  });

  test('let old histories replay under new code', async () => {
    const handle = await play(versionOne);
    await assertStory(handle, [
      'WorkflowExecutionStarted',
      'WorkflowExecutionSignaled',
      ...['ActivityTaskScheduled', 'ActivityTaskStarted', 'ActivityTaskCompleted'],
      'WorkflowExecutionCompleted',
    ]);
    await replayAs(versionTwo, handle);
  });

  test('that are deprecated replay the histories of the patch and their own', async () => {
    await replayAs(versionThree, await play(versionTwo));
    await replayAs(versionTwo, await play(versionThree));
  });

  test('are needed: other code is found out', async () => {
    const handle = await play(versionOne);
    await assert.rejects(replayAs(versionBroken, handle), DeterminismViolationError);
    await assert.rejects(replayAs(versionThree, handle), DeterminismViolationError);
  });
});
