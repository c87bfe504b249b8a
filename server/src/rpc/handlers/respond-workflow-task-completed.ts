import { completeWorkflowTask } from '../../engine/workflow/requests/complete-workflow-task.ts';
import type { Activity } from '../../engine/workflow/state.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Loaded } from '../../host/loaded.ts';
import { activityTaskResponse } from '../activity-task-response.ts';
import { failForBadBinary, isBadBinary } from '../bad-binary.ts';
import type { Handler, ServerContext } from '../context.ts';
import { openTaskToken } from '../task-reference.ts';
import { workflowTaskResponse } from '../workflow-task-response.ts';

/** A worker's answer to its workflow task. */
export const respondWorkflowTaskCompleted: Handler<'RespondWorkflowTaskCompleted'> = async (request, _call, server) => {
  const { loaded, reference } = await openTaskToken(server, request);
  const namespace = server.namespaces.byId(loaded.run.key.namespaceId);
  if (namespace && isBadBinary(namespace, request.binaryChecksum))
    return failForBadBinary(server, loaded, reference, request);
  const { reply, durable } = server.host.change(loaded, (t) => completeWorkflowTask(t, reference, request));
  const { newTask, messages, resetHistoryEventId, eagerActivities, error } = reply;
  const { key, head } = loaded.run;
  server.queries.taskCompleted(key.runId, request.queryResults, head.workflowTask !== null, durable);
  const workflowTask = newTask ? await workflowTaskResponse(server, loaded, newTask, true, messages) : null;
  const activityTasks =
    eagerActivities.length === 0
      ? []
      : await Promise.all(eagerActivities.map((each) => eagerTask(server, loaded, each)));
  await durableOrUnavailable(durable);
  if (error) throw error;
  return { workflowTask, resetHistoryEventId, activityTasks };
};

async function eagerTask(server: ServerContext, loaded: Loaded, activity: Activity) {
  const scheduled = await server.host.readEvent(loaded, activity.scheduledEventId);
  return activityTaskResponse(server, loaded, activity, scheduled);
}
