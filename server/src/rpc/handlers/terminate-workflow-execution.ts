import { isOpen } from '../../engine/workflow/close.ts';
import { terminateRun } from '../../engine/workflow/requests/terminate.ts';
import { notFound } from '../../kernel/errors.ts';
import { checkLinks } from '../../validation/links.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';
import { checkExecution, currentIf } from '../find-run.ts';

/** Ends a workflow at once. */
export const terminateWorkflowExecution: Handler<'TerminateWorkflowExecution'> = async (request, _call, server) => {
  const namespace = server.namespaces.byName(request.namespace);
  const { workflowExecution, firstExecutionRunId, details, links } = request;
  checkExecution(workflowExecution);
  checkLinks(links, server.limits);
  const reason = request.reason || 'terminated by user via frontend';
  const identity = request.identity || 'frontend-service';
  await changeRun(server, namespace.id, currentIf(firstExecutionRunId !== '', workflowExecution), (t) => {
    if (!isOpen(t.run)) throw notFound('workflow execution already completed');
    if (firstExecutionRunId !== '' && t.run.started.firstExecutionRunId !== firstExecutionRunId)
      throw notFound('workflow execution not found');
    terminateRun(t, { reason, details, identity, ...(links.length > 0 && { links }) });
  });
  return {};
};
