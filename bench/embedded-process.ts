/** Server, client and worker in one process, without a socket: `node embedded-process.ts PLAN`. */
import { fileURLToPath } from 'node:url';
import { embedded } from '@perdure/embedded';
import type { Client } from '@temporalio/client';
import { measureSubjects, type Plan } from './measure-subjects.ts';

const plan: Plan & { readonly filename: string } = JSON.parse(process.argv[2] ?? '');
const perdure = await embedded({ filename: plan.filename });
const worker = await perdure.createWorker({
  taskQueue: plan.taskQueue,
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  activities: { noop: async () => undefined },
  maxConcurrentActivityTaskExecutions: 1_000,
  maxConcurrentWorkflowTaskExecutions: 1_000,
  maxCachedWorkflows: 2_000,
});
// The load is typed with the official client, which ours stands in for.
await worker.runUntil(measureSubjects(perdure.client as unknown as Client, plan));
await perdure.close();
