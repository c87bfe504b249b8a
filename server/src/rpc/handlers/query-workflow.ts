import { checkQuery } from '../../validation/query.ts';
import type { Handler } from '../context.ts';
import { checkExecution } from '../find-run.ts';
import { namespaceView } from '../namespace.ts';
import { query } from '../query.ts';

/** Asks a workflow, through a worker, about its state. */
export const queryWorkflow: Handler<'QueryWorkflow'> = (request, call, server) => {
  const namespace = namespaceView(server, request.namespace);
  const { execution } = request;
  checkExecution(execution);
  checkQuery(request.query, server.limits);
  return query(
    server,
    namespace.id,
    { execution, query: request.query, rejectCondition: request.queryRejectCondition },
    call,
  );
};
