import { updateCommand } from '../../validation/update.ts';
import type { Handler } from '../context.ts';
import { checkExecution } from '../find-run.ts';
import { namespaceView } from '../namespace.ts';
import { updateAndWait, waitUntil } from '../update.ts';

/** Sends an update to a workflow and waits until it is accepted or completed. */
export const updateWorkflowExecution: Handler<'UpdateWorkflowExecution'> = (request, call, server) => {
  const namespace = namespaceView(server, request.namespace);
  const { workflowExecution } = request;
  checkExecution(workflowExecution);
  const command = updateCommand(request, workflowExecution, server.limits, server.random);
  return updateAndWait(server, namespace, command, waitUntil(server, call));
};
