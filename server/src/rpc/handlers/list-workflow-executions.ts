import { parseQuery } from '../../visibility/check.ts';
import { unsupported } from '../../visibility/errors.ts';
import type { Query } from '../../visibility/tree.ts';
import type { Handler, ServerContext } from '../context.ts';
import { listRuns } from '../list-runs.ts';
import { namespaceView } from '../namespace.ts';

/** The executions that a query finds, running ones first, then the newest. */
export const listWorkflowExecutions: Handler<'ListWorkflowExecutions'> = (request, _call, server) => {
  const { namespace, pageSize: size, nextPageToken: token } = request;
  return listRuns(server, namespace, listQuery(server, namespace, request.query), { size, token });
};

/** Once without an order, now the same as a list. */
export const scanWorkflowExecutions: Handler<'ScanWorkflowExecutions'> = (request, _call, server) => {
  const { namespace, pageSize: size, nextPageToken: token } = request;
  return listRuns(server, namespace, listQuery(server, namespace, request.query), { size, token });
};

function listQuery(server: ServerContext, namespace: string, text: string): Query {
  const query = parseQuery(text, namespaceView(server, namespace).searchAttributes);
  if (query.groupBy) throw unsupported("'GROUP BY' clause in a list", null);
  return query;
}
