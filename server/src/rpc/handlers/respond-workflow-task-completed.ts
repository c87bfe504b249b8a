import { completeWorkflowTask } from '../../engine/workflow/requests/complete-workflow-task.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Handler } from '../context.ts';
import { openTaskToken } from '../task-reference.ts';
import { workflowTaskResponse } from '../workflow-task-response.ts';

/** A worker's answer to its workflow task. */
export const respondWorkflowTaskCompleted: Handler<'RespondWorkflowTaskCompleted'> = async (request, _call, server) => {
  const { loaded, reference } = await openTaskToken(server, request);
  const { reply, durable } = server.host.change(loaded, (t) => completeWorkflowTask(t, reference, request));
  const { newTask, resetHistoryEventId, error } = reply;
  const workflowTask = newTask ? await workflowTaskResponse(server, loaded, newTask, true) : null;
  await durableOrUnavailable(durable);
  if (error) throw error;
  return { workflowTask, resetHistoryEventId };
};
