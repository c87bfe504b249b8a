import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { Worker } from '@perdure/worker';
import type { Activities, Sale } from './activities.ts';
import { report } from './workflows.ts';

const HOUR = 3_600_000;

describe('the nightly report', () => {
  let env: TestWorkflowEnvironment;
  before(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
  });
  after(() => env?.teardown());

  test('tells each sale once in a month of nights, though every third attempt fails', async () => {
    const begin = await env.currentTimeMs();
    const sales: Sale[] = Array.from({ length: 24 * 31 }, (_, hour) => ({ at: begin + hour * HOUR, amount: 1 }));
    const told: Sale[] = [];
    const sent: string[] = [];
    let attempts = 0;
    const activities: Activities = {
      async salesBetween(from, to) {
        if (++attempts % 3 === 0) throw new Error('the database is being backed up');
        const found = sales.filter(({ at }) => at >= from && at < to);
        told.push(...found);
        return found;
      },
      async send(text) {
        sent.push(text);
      },
    };
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: 'reports',
      workflowsPath: path.join(import.meta.dirname, 'workflows.ts'),
      activities,
    });
    await worker.runUntil(async () => {
      const handle = await env.client.workflow.start(report, {
        taskQueue: 'reports',
        workflowId: 'nightly',
        cronSchedule: '0 2 * * *',
        args: [begin],
      });
      await env.sleep('30 days');
      await handle.terminate();
    });
    assert.equal(sent.length, 30);
    assert.equal(new Set(told.map(({ at }) => at)).size, told.length);
    assert.ok(told.length >= 29 * 24, `${told.length} sales`);
  });
});
