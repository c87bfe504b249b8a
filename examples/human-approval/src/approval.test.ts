import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { WorkflowUpdateFailedError } from '@perdure/client';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@perdure/worker';
import { createActivities } from './activities.ts';
import { decide, state } from './messages.ts';
import { type Expense, expense } from './workflows.ts';

const request: Expense = { id: 'e-1', who: 'Ada', amount: 120, approver: 'Grace' };

describe('an expense', () => {
  let env: TestWorkflowEnvironment;
  let workflowBundle: WorkflowBundle;
  const outbox: string[] = [];
  const payments = new Map<string, number>();
  before(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
    workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'workflows.ts') });
  });
  beforeEach(() => {
    outbox.length = 0;
    payments.clear();
  });
  after(() => env?.teardown());

  async function working<T>(workflowId: string, use: () => Promise<T>): Promise<T> {
    const connection = env.nativeConnection;
    const activities = createActivities(outbox, payments);
    const worker = await Worker.create({ connection, taskQueue: workflowId, workflowBundle, activities });
    return worker.runUntil(use());
  }

  const begin = (workflowId: string) =>
    env.client.workflow.start(expense, { taskQueue: workflowId, workflowId, args: [request] });

  test('is paid once it is approved, after a reminder', () =>
    working('approved', async () => {
      const handle = await begin('approved');
      await env.sleep('3 days');
      assert.equal(await handle.query(state), 'waiting');
      assert.equal(await handle.executeUpdate(decide, { args: [{ approved: true, by: 'Grace' }] }), 'approved');
      assert.equal(await handle.result(), 'approved');
      assert.deepEqual(outbox, ['Grace: e-1 waits for you (1)', 'Ada: Your expense e-1 is approved.']);
      assert.deepEqual([...payments], [['e-1', 120]]);
    }));

  test('is not approved by whoever made it', () =>
    working('own', async () => {
      const handle = await begin('own');
      await assert.rejects(
        handle.executeUpdate(decide, { args: [{ approved: true, by: 'Ada' }] }),
        (error) => error instanceof WorkflowUpdateFailedError && /own expenses/.test(error.cause?.message ?? ''),
      );
      assert.equal(await handle.executeUpdate(decide, { args: [{ approved: false, by: 'Grace' }] }), 'refused');
      assert.equal(await handle.result(), 'refused');
      assert.equal(payments.size, 0);
    }));

  test('expires after a week without a decision', () =>
    working('expired', async () => {
      const before = await env.currentTimeMs();
      const handle = await begin('expired');
      assert.equal(await handle.result(), 'expired');
      assert.equal(Math.round(((await env.currentTimeMs()) - before) / 86_400_000), 7);
      assert.equal(outbox.filter((line) => line.includes('waits for you')).length, 3);
    }));
});
