/**
 * What tests with skipped time take: how long until an environment is ready, and a year of a cron workflow whose activity
 * is retried every day. Everything is in this process: server, client and worker.
 */
import path from 'node:path';
import { activityInfo } from '@perdure/activity';
import { ApplicationFailure } from '@perdure/common';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@perdure/worker';
import type { daily } from './daily.ts';
import type { Suite } from './suite.ts';
import { type Cell, printTable } from './table.ts';

const DAYS = 365;

export const timeSkipping: Suite = async (bench) => {
  if (!bench.owned) return console.log('time-skipping: skipped, because the server is not started here');
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'daily.ts') });
  const rows: Record<string, Cell>[] = [];
  const rounds = bench.quick ? 3 : 6;
  for (let round = 1; round <= rounds; round++) rows.push(await measured(`environment ${round}`, ready));
  for (let round = 1; round <= rounds; round++)
    rows.push(await measured(`${DAYS} days of cron, ${round}`, () => year(workflowBundle)));
  printTable(rows, { ms: 0, 'CPU ms': 0 });
};

/** Runs what gives the time (ms) that counts. */
async function measured(what: string, run: () => Promise<number>): Promise<Record<string, Cell>> {
  const before = process.cpuUsage();
  const ms = await run();
  const { user, system } = process.cpuUsage(before);
  return { what, ms, 'CPU ms': (user + system) / 1000 };
}

async function ready(): Promise<number> {
  const began = performance.now();
  const env = await TestWorkflowEnvironment.createTimeSkipping();
  const took = performance.now() - began;
  await env.teardown();
  return took;
}

async function year(workflowBundle: WorkflowBundle): Promise<number> {
  const env = await TestWorkflowEnvironment.createTimeSkipping();
  let reports = 0;
  const activities = {
    async report() {
      if (activityInfo().attempt === 1) throw ApplicationFailure.retryable('not yet');
      reports++;
    },
  };
  const taskQueue = 'reports';
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue, workflowBundle, activities });
  const began = performance.now();
  await worker.runUntil(async () => {
    const start = { taskQueue, workflowId: 'daily', cronSchedule: '0 12 * * *' };
    await env.client.workflow.start<typeof daily>('daily', start);
    await env.sleep(`${DAYS} days`);
  });
  const took = performance.now() - began;
  await env.teardown();
  if (reports !== DAYS) throw new Error(`${reports} reports in ${DAYS} days`);
  return took;
}
