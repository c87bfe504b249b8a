import { durableOrUnavailable } from '../../host/host.ts';
import { startRequest } from '../../validation/start-request.ts';
import type { Handler } from '../context.ts';
import { namespaceView } from '../namespace.ts';
import { startDefaults, startOrAttach, startResponse } from '../start.ts';
import { workflowTaskResponse } from '../workflow-task-response.ts';

/** Starts a workflow, or answers for the run of that id that is open already. */
export const startWorkflowExecution: Handler<'StartWorkflowExecution'> = async (request, _call, server) => {
  const namespace = namespaceView(server, request.namespace);
  const command = startRequest(request, namespace, server.limits, server.clock.now(), startDefaults);
  const outcome = await startOrAttach(server, namespace, command, {
    ...request,
    completionCallbacks: command.completionCallbacks,
    links: command.links,
    requestId: request.requestId || server.random.uuid(),
  });
  const { eagerTask, loaded, durable } = outcome;
  const eagerWorkflowTask = eagerTask ? await workflowTaskResponse(server, loaded, eagerTask, false) : null;
  const response = startResponse(namespace.name, outcome);
  await durableOrUnavailable(durable);
  return { ...response, eagerWorkflowTask };
};
