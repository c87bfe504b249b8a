import { isOpen } from '../../engine/workflow/close.ts';
import { requestCancel } from '../../engine/workflow/requests/request-cancel.ts';
import { notFound } from '../../kernel/errors.ts';
import { checkLinks } from '../../validation/links.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';
import { checkExecution, currentIf } from '../find-run.ts';

/** Asks a workflow to cancel itself. */
export const requestCancelWorkflowExecution: Handler<'RequestCancelWorkflowExecution'> = async (
  request,
  _call,
  server,
) => {
  const namespace = server.namespaces.byName(request.namespace);
  const { workflowExecution, firstExecutionRunId } = request;
  checkExecution(workflowExecution);
  checkLinks(request.links, server.limits);
  await changeRun(server, namespace.id, currentIf(firstExecutionRunId !== '', workflowExecution), (t) => {
    if (isOpen(t.run) && firstExecutionRunId !== '' && t.run.started.firstExecutionRunId !== firstExecutionRunId)
      throw notFound('workflow execution not found');
    requestCancel(t, request);
  });
  return {};
};
