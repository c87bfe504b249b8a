import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { WorkflowUpdateFailedError } from '@perdure/client';
import { ApplicationFailure } from '@perdure/common';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@perdure/worker';
import type { Activities } from './activities.ts';
import { cancel, changePlan, newCard, standing } from './messages.ts';
import { subscription } from './workflows.ts';

const basic = { name: 'basic', monthly: 10 };
const large = { name: 'large', monthly: 30 };

describe('a subscription', () => {
  let env: TestWorkflowEnvironment;
  let workflowBundle: WorkflowBundle;
  const charges: { key: string; amount: number }[] = [];
  const activities: Activities = {
    async charge(key, card, amount) {
      if (card === 'empty') throw ApplicationFailure.nonRetryable('no money left', 'CardDeclined');
      if (!charges.some((known) => known.key === key)) charges.push({ key, amount });
    },
    async tell() {},
  };
  before(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
    workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'workflows.ts') });
  });
  beforeEach(() => {
    charges.length = 0;
  });
  after(() => env?.teardown());

  async function working(workflowId: string, use: () => Promise<void>): Promise<void> {
    const connection = env.nativeConnection;
    const worker = await Worker.create({ connection, taskQueue: workflowId, workflowBundle, activities });
    await worker.runUntil(use());
  }

  const begin = (workflowId: string, card = 'good') =>
    env.client.workflow.start(subscription, {
      taskQueue: workflowId,
      workflowId,
      args: [{ customer: 'Ada', card, plan: basic, paidMonths: 0 }],
    });

  test('is charged each month over years, though its run is a new one each year', () =>
    working('years', async () => {
      const handle = await begin('years');
      await env.sleep('820 days');
      await env.client.workflow.getHandle('years').signal(cancel);
      assert.equal(await handle.result(), charges.length);
      assert.ok(charges.length >= 26 && charges.length <= 28, `${charges.length} charges`);
    }));

  test('costs nothing when it is cancelled in the trial', () =>
    working('trial', async () => {
      const handle = await begin('trial');
      await env.sleep('10 days');
      assert.equal((await handle.query(standing)).stage, 'trial');
      await handle.signal(cancel);
      assert.equal(await handle.result(), 0);
      assert.deepEqual(charges, []);
    }));

  test('goes on with another plan from the next month', () =>
    working('plans', async () => {
      const handle = await begin('plans');
      await env.sleep('20 days');
      assert.deepEqual(await handle.executeUpdate(changePlan, { args: [large] }), basic);
      await assert.rejects(
        handle.executeUpdate(changePlan, { args: [{ name: 'free', monthly: 0 }] }),
        WorkflowUpdateFailedError,
      );
      await env.sleep('30 days');
      await handle.signal(cancel);
      await handle.result();
      assert.deepEqual(
        charges.map(({ amount }) => amount),
        [10, 30],
      );
    }));

  test('is past due with an empty card, active with another one, and ends without', () =>
    working('cards', async () => {
      const handle = await begin('cards', 'empty');
      await env.sleep('16 days');
      assert.equal((await handle.query(standing)).stage, 'past-due');
      await handle.signal(newCard, 'good');
      await env.sleep('1 day');
      assert.equal((await handle.query(standing)).stage, 'active');
      await handle.signal(newCard, 'empty');
      assert.equal(await handle.result(), 1);
    }));
});
