import type { Init } from '@perdure/api';
import type { PollWorkflowTaskQueueResponse } from '@perdure/api/workflowservice';
import type { Task } from '../host/task.ts';
import type { ServerContext } from './context.ts';

/** A query on its own, for a worker to answer from history; null when nobody waits for the answer any more. */
export async function answerQueryTask(
  _server: ServerContext,
  _task: Extract<Task, { kind: 'query' }>,
  _sticky: boolean,
): Promise<Init<PollWorkflowTaskQueueResponse> | null> {
  return null;
}
