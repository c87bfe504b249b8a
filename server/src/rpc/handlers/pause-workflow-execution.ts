import { pauseRun, unpauseRun } from '../../engine/workflow/requests/pause-run.ts';
import { invalidArgument, unimplemented } from '../../kernel/errors.ts';
import { checkNamedRun, checkPause } from '../../validation/control-activity.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';

/** Holds a workflow: nothing of it is handed to workers any more. Only where that is switched on. */
export const pauseWorkflowExecution: Handler<'PauseWorkflowExecution'> = async (request, _call, server) => {
  const { namespace, workflowId, runId } = request;
  if (!server.limits.workflowPause) throw unimplemented(`workflow pause is not enabled for namespace: ${namespace}`);
  const { id } = server.namespaces.byName(namespace);
  checkPause(request, server.limits);
  const execution = named({ workflowId, runId });
  await changeRun(server, id, execution, (t) => pauseRun(t, request));
  return {};
};

/** Lets a paused workflow go on. */
export const unpauseWorkflowExecution: Handler<'UnpauseWorkflowExecution'> = async (request, _call, server) => {
  const { namespace, workflowId, runId } = request;
  const { id } = server.namespaces.byName(namespace);
  checkPause(request, server.limits);
  const execution = named({ workflowId, runId });
  await changeRun(server, id, execution, (t) => unpauseRun(t, request));
  return {};
};

function named(execution: { workflowId: string; runId: string }): { workflowId: string; runId: string } {
  if (execution.workflowId === '') throw invalidArgument("Can't load workflow execution.  WorkflowId not set.");
  checkNamedRun(execution);
  return execution;
}
