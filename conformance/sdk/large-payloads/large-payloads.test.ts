import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WorkflowFailedError } from '@temporalio/client';
import { concurrency } from '../both-times.ts';
import { assertSound } from '../histories.ts';
import { openWorld } from '../world.ts';
import { bulky, more, tooLarge } from './workflows.ts';

const activities = { reverse: async (text: string) => [...text].reverse().join('') };
const world = await openWorld({ worker: { activities } });
after(() => world.close());

describe('large payloads', { concurrency }, () => {
  test('of a megabyte and a half pass as argument, activity result, signal and result', async () => {
    const text = 'abcdefgh'.repeat(190_000);
    const handle = await world.client.workflow.start(bulky, { ...world.at('bulky'), args: [text] });
    await handle.signal(more, text);
    const result = await handle.result();
    assert.equal(result.length, text.length + 8);
    assert.ok(result === `${text.length} ${'hgfedcba'.repeat(190_000)}`);
    const history = await handle.fetchHistory();
    assertSound(history);
    const events = history.events ?? [];
    assert.equal(
      events[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data?.length,
      text.length + 2,
    );
  });

  test('over the limit end a workflow that has them for its result, if its worker sends them', async () => {
    const worker = await world.work({ disablePayloadErrorLimit: true });
    const { workflowId } = world.at('too large');
    const handle = await world.client.workflow.start(tooLarge, { workflowId, taskQueue: worker.taskQueue });
    await assert.rejects(handle.result(), WorkflowFailedError);
    const { events } = await handle.fetchHistory();
    assert.equal(
      events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason,
      'BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.',
    );
  });

  test('over the limit are refused at the start', async () => {
    const start = world.client.workflow.start(bulky, { ...world.at('bulky'), args: ['x'.repeat(2_200_000)] });
    await assert.rejects(start, (error) => /size|limit|large|exceed/i.test(String((error as Error).cause)));
  });
});
