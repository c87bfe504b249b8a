/** Replays what a test file left behind: every behaviour is run step by step, and again from its history. */
import assert from 'node:assert/strict';
import type { Client } from '@temporalio/client';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { type History, typesOf } from './histories.ts';

/**
 * Replays every run of the namespace with the code that it ran with.
 *
 * A run with a failed task is left out: its code failed on purpose, or was another at the time.
 */
export async function assertAllReplay(client: Client, options: ReplayWorkerOptions): Promise<void> {
  const histories: { workflowId: string; history: History }[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    if (wasWorkedOn(history)) histories.push({ workflowId, history });
  }
  if (histories.length === 0) return;
  const faults: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories))
    if (error !== undefined) faults.push(`${workflowId}: ${error.message}`);
  assert.deepEqual(faults, []);
}

function wasWorkedOn(history: History): boolean {
  const types = typesOf(history);
  return types.includes('WorkflowTaskCompleted') && !types.includes('WorkflowTaskFailed');
}
