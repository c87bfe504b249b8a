import type { Init } from '@perdure/api';
import { TaskQueueKind } from '@perdure/api/enums';
import type { PollWorkflowTaskQueueResponse } from '@perdure/api/workflowservice';
import { durableOrUnavailable } from '../host/host.ts';
import type { Task } from '../host/task.ts';
import type { ServerContext } from './context.ts';
import { historyPage } from './history-pages.ts';

/** What a query task token says: the namespace and the query. */
export interface QueryTaskToken {
  readonly n: string;
  readonly q: string;
}

/** A query on its own, for a worker to answer from history; null when nobody waits for the answer any more. */
export async function answerQueryTask(
  server: ServerContext,
  { key, queryId }: Extract<Task, { kind: 'query' }>,
  sticky: boolean,
): Promise<Init<PollWorkflowTaskQueueResponse> | null> {
  const query = server.queries.direct(queryId);
  if (!query) return null;
  const loaded = server.host.cached(key.runId) ?? (await server.host.load(key));
  if (!loaded) return null;
  const { started, head } = loaded.run;
  const token: QueryTaskToken = { n: key.namespaceId, q: queryId };
  const response: Init<PollWorkflowTaskQueueResponse> = {
    taskToken: server.tokens.seal('query-task', token),
    workflowExecution: { workflowId: key.workflowId, runId: key.runId },
    workflowType: started.workflowType,
    previousStartedEventId: head.previousStartedEventId,
    attempt: 1,
    workflowExecutionTaskQueue: { name: started.taskQueue?.name ?? '', kind: TaskQueueKind.NORMAL },
    query,
  };
  await durableOrUnavailable(loaded.settled);
  // A worker that has the run in its cache knows all that there is to know.
  if (sticky) return { ...response, history: new Uint8Array(0) };
  const { history, nextPageToken } = await historyPage(server, loaded, 1, head.nextEventId);
  return { ...response, history, nextPageToken };
}
