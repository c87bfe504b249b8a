import { failWorkflowTask } from '../../engine/workflow/requests/fail-workflow-task.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Handler } from '../context.ts';
import { openTaskToken } from '../task-reference.ts';

/** A worker could not process its workflow task. */
export const respondWorkflowTaskFailed: Handler<'RespondWorkflowTaskFailed'> = async (request, _call, server) => {
  const { loaded, reference } = await openTaskToken(server, request);
  const { durable } = server.host.change(loaded, (t) => failWorkflowTask(t, reference, request));
  await durableOrUnavailable(durable);
  return {};
};
