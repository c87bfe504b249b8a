import { updateRunPriority } from '../../engine/workflow/requests/update-run-options.ts';
import { invalidArgument, unimplemented } from '../../kernel/errors.ts';
import { checkNamedRun } from '../../validation/control-activity.ts';
import { checkedWorkflowOptions } from '../../validation/workflow-options.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';

/** Changes options of a running workflow: its priority. */
export const updateWorkflowExecutionOptions: Handler<'UpdateWorkflowExecutionOptions'> = async (
  request,
  _call,
  server,
) => {
  const { id } = server.namespaces.byName(request.namespace);
  const { workflowExecution, identity } = request;
  if (!workflowExecution?.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  const { options, fields } = checkedWorkflowOptions(request.workflowExecutionOptions, request.updateMask);
  checkNamedRun(workflowExecution);
  for (const field of fields)
    if (!field.startsWith('priority')) throw unimplemented(`Changing ${field} is not implemented by this server yet.`);
  const priority = await changeRun(server, id, workflowExecution, (t) =>
    updateRunPriority(t, options.priority, fields, identity),
  );
  return { workflowExecutionOptions: { priority } };
};
