import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { approval, approve, daily, race, retries, sleeper, sleepers } from './workflows.ts';

const manifest = createRequire(import.meta.url).resolve('perdure/package.json');
const executable = { type: 'existing-path', path: path.join(path.dirname(manifest), 'bin/perdure.js') } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let workflowBundle: WorkflowBundle;
before(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const workflowsPath = path.join(import.meta.dirname, 'workflows.ts');
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
});

/** An environment of its own for each test, so that what one skips is nothing to the others. */
async function withEnvironment(
  use: (env: TestWorkflowEnvironment, taskQueue: string) => Promise<void>,
  activities: (env: TestWorkflowEnvironment) => Record<string, (...args: never[]) => Promise<unknown>> = () => ({}),
): Promise<void> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  try {
    const taskQueue = 'queue';
    const connection = env.nativeConnection;
    const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities: activities(env) });
    await worker.runUntil(() => use(env, taskQueue));
  } finally {
    await env.teardown();
  }
}

describe('the official time-skipping environment, on the executable', () => {
  test('waits for a result without waiting', () =>
    withEnvironment(async (env, taskQueue) => {
      const before = await env.currentTimeMs();
      const slept = await env.client.workflow.execute(sleeper, { taskQueue, workflowId: 's', args: [30 * DAY] });
      assert.ok(slept >= 30 * DAY && slept < 30 * DAY + HOUR, `${slept}`);
      assert.ok((await env.currentTimeMs()) - before >= 30 * DAY);
    }));

  test('fires a hundred timers in their order', () =>
    withEnvironment(async (env, taskQueue) => {
      const woken = await env.client.workflow.execute(sleepers, { taskQueue, workflowId: 's', args: [100] });
      assert.deepEqual(
        woken,
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
    }));

  test('skips the back-offs of an activity, not its attempts', () => {
    const attempts: number[] = [];
    return withEnvironment(
      async (env, taskQueue) => {
        assert.equal(await env.client.workflow.execute(retries, { taskQueue, workflowId: 'r' }), 'at last');
        const hours = attempts.slice(1).map((at, i) => Math.round((at - (attempts[i] ?? 0)) / HOUR));
        assert.deepEqual(hours, [1, 2, 4]);
      },
      (env) => ({
        async flaky() {
          attempts.push(await env.currentTimeMs());
          if (attempts.length < 4) throw ApplicationFailure.retryable('not yet');
          return 'at last';
        },
      }),
    );
  });

  test('lets an activity sleep, whether it or a timer is over first', () =>
    withEnvironment(
      async (env, taskQueue) => {
        const run = (hours: number) =>
          env.client.workflow.execute(race, { taskQueue, workflowId: `race-${hours}`, args: [hours] });
        assert.equal(await run(23), 'timer');
        assert.equal(await run(25), 'activity');
      },
      (env) => ({ napping: (ms: number) => env.sleep(ms) }),
    ));

  test('skips up to a signal, and then to what would have come without', () =>
    withEnvironment(async (env, taskQueue) => {
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

  test('runs a month of a cron workflow', () => {
    let runs = 0;
    return withEnvironment(
      async (env, taskQueue) => {
        await env.client.workflow.start(daily, { taskQueue, workflowId: 'cron', cronSchedule: '0 12 * * *' });
        await env.sleep('30 days');
        assert.equal(runs, 30);
        await env.client.workflow.getHandle('cron').terminate();
      },
      () => ({
        async flaky() {
          runs++;
          return 'done';
        },
      }),
    );
  });
});
