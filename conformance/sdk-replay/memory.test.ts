/** Runs come and go through a small cache and leave nothing behind. `RUNS=10000` is the long form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { temporal } from '@perdure/proto';
import type { WorkflowHost } from '@perdure/worker/lib/workflow/host';
import { createHost, openWorld, resultOf, start, startWorker } from './world.ts';

const { PollWorkflowTaskQueueResponse } = temporal.api.workflowservice.v1;

const runs = Number(process.env['RUNS'] ?? 1_500);
const cache = 100;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heap(): number {
  for (let round = 0; round < 5; round++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The two tasks of a workflow with one activity, as a server made them. */
async function recordTasks(): Promise<Uint8Array[]> {
  const tasks: Uint8Array[] = [];
  const world = await openWorld();
  const worker = await startWorker(world, {
    activities: { greet: (name: string) => `hello ${name}` },
    onTask: (task) => tasks.push(task),
  });
  await start(world, 'one', 'one', 'you');
  await resultOf(world, 'one');
  await worker.stop();
  const decoded = tasks.map((task) => PollWorkflowTaskQueueResponse.decode(task));
  const second = decoded[1]?.history;
  assert.ok(second?.events);
  // What is new since the first.
  second.events.splice(0, 3);
  return decoded.map((task) => PollWorkflowTaskQueueResponse.encode(task).finish());
}

/** Every other run is left open, for the cache to forget. */
async function play(host: WorkflowHost, name: string, tasks: readonly Uint8Array[], count: number) {
  for (let at = 0; at < count; at++) {
    for (const bytes of tasks.slice(0, (at % 2) + 1)) {
      const task = PollWorkflowTaskQueueResponse.decode(bytes);
      task.workflowExecution = { workflowId: 'one', runId: `${name}-${at}` };
      const answer = await host.handleTask(PollWorkflowTaskQueueResponse.encode(task).finish());
      assert.equal(answer.kind, 'completed');
      host.taskAnswered(answer.runId, {});
    }
  }
}

test(`${runs} workflows through a cache of ${cache} leave the heap as it was, within a tenth`, async () => {
  const tasks = await recordTasks();
  const host = await createHost({ maxCachedWorkflows: cache });
  await play(host, 'warm', tasks, 500);
  assert.ok(host.cachedRuns() > cache - 2 && host.cachedRuns() <= cache);
  const before = heap();
  await play(host, 'run', tasks, runs);
  const after = heap();
  await host.shutdown();
  assert.ok(after < before * 1.1, `${before} bytes became ${after}`);
});
