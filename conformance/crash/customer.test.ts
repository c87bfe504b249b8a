import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startServer } from '@perdure/server';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { insist } from './customer.ts';

describe('a customer', () => {
  test('insists on an update that the server cannot take yet', async () => {
    const server = await startServer({ port: 0 });
    const connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection });
    const { workflowService } = connection;
    const poll = () =>
      connection.withDeadline(Date.now() + 30_000, () =>
        workflowService.pollWorkflowTaskQueue({ namespace: 'default', taskQueue: { name: 'q' } }),
      );
    try {
      const second = proto.google.protobuf.Duration.fromObject({ seconds: 1 });
      await workflowService.startWorkflowExecution({
        namespace: 'default',
        workflowId: 'w',
        requestId: 'w',
        workflowType: { name: 'any' },
        taskQueue: { name: 'q' },
        workflowTaskTimeout: second,
      });
      // Nobody answers the first two tasks.
      await poll();
      await poll();
      const { taskToken, attempt } = await poll();
      assert.equal(attempt, 3);
      let refusals = 0;
      const update = () => client.workflow.getHandle('w').executeUpdate('any', { updateId: 'u' });
      const insisted = insist(async () => {
        try {
          return await update();
        } catch (error) {
          if (refusals++ === 0) await workflowService.respondWorkflowTaskCompleted({ namespace: 'default', taskToken });
          throw error;
        }
      });
      const refused = assert.rejects(insisted, ({ cause }: Error) => /wasn't processed/.test((cause as Error).message));
      // Left out of the answer, which is what a worker does that knows nothing of updates.
      const task = await poll();
      await workflowService.respondWorkflowTaskCompleted({ namespace: 'default', taskToken: task.taskToken });
      await refused;
      assert.ok(refusals > 1);
    } finally {
      await connection.close();
      await server.close();
    }
  });
});
