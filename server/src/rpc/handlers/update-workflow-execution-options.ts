import { updateRunOptions } from '../../engine/workflow/requests/update-run-options.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import { checkNamedRun } from '../../validation/control-activity.ts';
import { checkedTimeSkipping } from '../../validation/time-skipping.ts';
import { checkVersioningOverride } from '../../validation/versioning-override.ts';
import { checkedWorkflowOptions } from '../../validation/workflow-options.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';

/** Changes options of a running workflow: its priority, and which workers it goes to. */
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
  const timeSkippingConfig = checkedTimeSkipping(options.timeSkippingConfig, server.limits);
  const workflowExecutionOptions = await changeRun(server, id, workflowExecution, (t) => {
    checkVersioningOverride(options.versioningOverride, t.run.started.taskQueue?.name ?? '');
    return updateRunOptions(t, { ...options, timeSkippingConfig }, fields, identity);
  });
  return { workflowExecutionOptions };
};
