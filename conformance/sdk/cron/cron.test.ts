import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertSound, typesOf } from '../histories.ts';
import { eventually, openWorld } from '../world.ts';
import { tick } from './workflows.ts';

const world = await openWorld();
after(() => world.close());

/** The run that followed a closed run, as its last event names it. */
async function nextRun(handle: WorkflowHandle): Promise<string> {
  return eventually(async () => {
    const last = (await handle.fetchHistory()).events?.at(-1);
    const next =
      last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ||
      last?.workflowExecutionCompletedEventAttributes?.newExecutionRunId ||
      last?.workflowExecutionFailedEventAttributes?.newExecutionRunId;
    return next || undefined;
  }, 'a next run');
}

describe('a cron workflow', { concurrency }, () => {
  test('runs again and again, knows the last result, and outlives a failure', async () => {
    const handle = await world.client.workflow.start(tick, { ...world.at('tick'), cronSchedule: '@every 1s' });
    const run = (runId: string) => world.client.workflow.getHandle(handle.workflowId, runId);
    const first = run(handle.firstExecutionRunId);
    const second = run(await nextRun(first));
    const third = run(await nextRun(second));
    await nextRun(third);
    await world.client.workflow.getHandle(handle.workflowId).terminate();

    const histories = await Promise.all([first, second, third].map((one) => one.fetchHistory()));
    const starts = histories.map((history) => {
      assertSound(history);
      assert.equal(typesOf(history).length, 5);
      return history.events?.[0]?.workflowExecutionStartedEventAttributes;
    });
    assert.ok(starts.every((start) => start?.cronSchedule === '@every 1s'));
    assert.ok(starts.every((start) => start?.firstExecutionRunId === handle.firstExecutionRunId));
    const last = starts.map((start) =>
      start?.lastCompletionResult?.payloads?.map(({ data }) => String(Buffer.from(data ?? []))),
    );
    assert.deepEqual(last, [undefined, ['1'], ['1']]);
    assert.equal(starts[2]?.continuedFailure?.message, 'the second tick fails');
  });

  test('waits for its first time', async () => {
    const handle = await world.client.workflow.start(tick, { ...world.at('wait'), cronSchedule: '0 0 1 1 *' });
    const { events } = await handle.fetchHistory();
    const wait = events?.[0]?.workflowExecutionStartedEventAttributes?.firstWorkflowTaskBackoff;
    assert.ok(Number(wait?.seconds) > 0);
    assert.deepEqual(typesOf({ events: events ?? [] }), ['WorkflowExecutionStarted']);
    await handle.terminate();
  });

  test('with a schedule that cannot be read is refused', async () => {
    const start = world.client.workflow.start(tick, { ...world.at('bad'), cronSchedule: 'now and then' });
    await assert.rejects(start, (error) => /cron/i.test(String((error as Error).cause)));
  });
});
