import { invalidArgument } from '../../kernel/errors.ts';
import { checkQuery } from '../../validation/query.ts';
import type { Handler } from '../context.ts';
import { checkExecution } from '../find-run.ts';
import { namespaceView } from '../namespace.ts';
import { query } from '../query.ts';

/** Asks a workflow, through a worker, about its state. */
export const queryWorkflow: Handler<'QueryWorkflow'> = (request, call, server) => {
  const namespace = namespaceView(server, request.namespace);
  if (server.limits.disallowQuery)
    throw invalidArgument('Namespace is not allowed to query, please contact temporal team to re-enable queries.');
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
