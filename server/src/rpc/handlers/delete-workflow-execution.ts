import { requestDelete } from '../../engine/workflow/requests/delete.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';

/** Deletes a run and its history; one that is open is terminated first. */
export const deleteWorkflowExecution: Handler<'DeleteWorkflowExecution'> = async (request, _call, server) => {
  const { id } = server.namespaces.byName(request.namespace);
  await changeRun(server, id, request.workflowExecution, requestDelete);
  return {};
};
