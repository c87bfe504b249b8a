/** Replays what a test file left behind: every behaviour is run step by step, and again from its history. */
import assert from 'node:assert/strict';
import type { Client } from '@temporalio/client';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { type History, typesOf } from './histories.ts';

/** The histories of all runs of the namespace, with the ids of their workflows. */
export async function allHistories(client: Client): Promise<{ workflowId: string; history: History }[]> {
  const histories: { workflowId: string; history: History }[] = [];
  for await (const { workflowId, runId } of client.workflow.list())
    histories.push({ workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() });
  return histories;
}

/**
 * Replays histories with the code that they come from.
 *
 * A run with a failed task is left out: its code failed on purpose, or was another at the time.
 */
export async function assertAllReplay(
  all: readonly { workflowId: string; history: History }[],
  options: ReplayWorkerOptions,
): Promise<void> {
  const histories = all.filter(({ history }) => wasWorkedOn(history));
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
