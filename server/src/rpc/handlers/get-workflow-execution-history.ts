import type { Handler } from '../context.ts';
import { findRun } from '../find-run.ts';
import { historyPage } from '../history-pages.ts';

/** A run's events, in pages. */
export const getWorkflowExecutionHistory: Handler<'GetWorkflowExecutionHistory'> = async (request, _call, server) => {
  const namespace = server.namespaces.byName(request.namespace);
  const loaded = await findRun(server, namespace.id, request.execution);
  const end = loaded.durableNextEventId;
  const { history, nextPageToken } = await historyPage(server, loaded, 1, end);
  return { history, nextPageToken };
};
