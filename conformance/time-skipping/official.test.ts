import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { approval, approve, daily, race, retries, sleeper, sleepers } from './workflows.ts';

const manifest = createRequire(import.meta.url).resolve('perdure/package.json');
const executable = { type: 'existing-path', path: path.join(path.dirname(manifest), 'bin/perdure.js') } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Attempts of `flaky`, by the server's time. */
const attempts: number[] = [];
let failsBefore = 0;
let env: TestWorkflowEnvironment;
let workflowBundle: WorkflowBundle;

before(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const workflowsPath = path.join(import.meta.dirname, 'workflows.ts');
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
});
after(() => env?.teardown());

const activities = {
  async flaky(): Promise<string> {
    attempts.push(await env.currentTimeMs());
    if (attempts.length <= failsBefore) throw ApplicationFailure.retryable('not yet');
    return 'at last';
  },
  napping: (ms: number): Promise<void> => env.sleep(ms),
};

/** Runs a test with a worker on a queue of its own. */
async function working(use: (taskQueue: string) => Promise<void>): Promise<void> {
  const taskQueue = randomUUID();
  const connection = env.nativeConnection;
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities });
  await worker.runUntil(() => use(taskQueue));
}

describe('the official time-skipping environment, on the executable', () => {
  test('waits for a result without waiting', () =>
    working(async (taskQueue) => {
      const before = await env.currentTimeMs();
      const slept = await env.client.workflow.execute(sleeper, { taskQueue, workflowId: 's', args: [30 * DAY] });
      assert.ok(slept >= 30 * DAY && slept < 30 * DAY + HOUR, `${slept}`);
      assert.ok((await env.currentTimeMs()) - before >= 30 * DAY);
    }));

  test('fires a hundred timers in their order', () =>
    working(async (taskQueue) => {
      const woken = await env.client.workflow.execute(sleepers, { taskQueue, workflowId: 's', args: [100] });
      assert.deepEqual(
        woken,
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
    }));

  test('skips the back-offs of an activity, not its attempts', () =>
    working(async (taskQueue) => {
      attempts.length = 0;
      failsBefore = 3;
      assert.equal(await env.client.workflow.execute(retries, { taskQueue, workflowId: 'r' }), 'at last');
      const hours = attempts.slice(1).map((at, i) => Math.round((at - (attempts[i] ?? 0)) / HOUR));
      assert.deepEqual(hours, [1, 2, 4]);
    }));

  test('lets an activity sleep, whether it or a timer is over first', () =>
    working(async (taskQueue) => {
      const run = (hours: number) =>
        env.client.workflow.execute(race, { taskQueue, workflowId: `race-${hours}`, args: [hours] });
      assert.equal(await run(25), 'activity');
      assert.equal(await run(23), 'timer');
    }));

  test('skips up to a signal, and then to what would have come without', () =>
    working(async (taskQueue) => {
      const start = (workflowId: string) => env.client.workflow.start(approval, { taskQueue, workflowId });
      const approved = await start('approved');
      await env.sleep('29 days');
      await approved.signal(approve);
      assert.equal(await approved.result(), 'approved');
      const expired = await start('expired');
      await assert.rejects(expired.result(), (error: unknown) => {
        assert.ok(error instanceof WorkflowFailedError);
        assert.equal((error.cause as ApplicationFailure).type, 'Expired');
        return true;
      });
    }));

  test('runs a month of a cron workflow', () =>
    working(async (taskQueue) => {
      attempts.length = 0;
      failsBefore = 0;
      await env.client.workflow.start(daily, { taskQueue, workflowId: 'cron', cronSchedule: '0 12 * * *' });
      await env.sleep('30 days');
      assert.equal(attempts.length, 30);
      await env.client.workflow.getHandle('cron').terminate();
    }));
});
