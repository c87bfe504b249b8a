import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import { Code } from '../kernel/errors.ts';
import { complete, converse, execution, startWorkflow, takeTask, taskQueue } from './conversation.fixture.ts';

test('a build that was declared bad gets no more tasks, and what it did with the last one is not taken', async () => {
  const c = await converse();
  await startWorkflow(c);
  const task = await takeTask(c);
  const binaries = { broken: { reason: 'r', operator: 'o' } };
  await c.call('UpdateNamespace', { namespace: 'default', config: { badBinaries: { binaries } } });
  await assert.rejects(complete(c, task, { binaryChecksum: 'broken' }), {
    code: Code.INVALID_ARGUMENT,
    message: 'BadBinary: binary broken is marked as bad deployment',
  });
  await assert.rejects(c.call('PollWorkflowTaskQueue', { taskQueue, binaryChecksum: 'broken' }, 10_000), {
    code: Code.INVALID_ARGUMENT,
    message: 'Binary broken already marked as bad deployment.',
  });
  const { history } = await c.call('GetWorkflowExecutionHistory', { execution });
  const failed = History.decode(history ?? new Uint8Array(0)).events.find(
    ({ eventType }) => eventType === EventType.WORKFLOW_TASK_FAILED,
  );
  assert.equal(failed?.workflowTaskFailedEventAttributes?.cause, WorkflowTaskFailedCause.BAD_BINARY);
  await complete(c, await takeTask(c), { binaryChecksum: 'good' });
  await c.close();
});
