import { heartbeatActivityTask } from '../../engine/workflow/requests/heartbeat-activity-task.ts';
import { changeById, changeByToken } from '../change-activity.ts';
import type { Handler } from '../context.ts';

/** A worker says that its activity is alive, and is told whether it is still wanted. */
export const recordActivityTaskHeartbeat: Handler<'RecordActivityTaskHeartbeat'> = (request, _call, server) =>
  changeByToken(server, request, (t, reference) => heartbeatActivityTask(t, reference, request));

/** The same for an activity that was left to be completed from outside. */
export const recordActivityTaskHeartbeatById: Handler<'RecordActivityTaskHeartbeatById'> = (request, _call, server) =>
  changeById(server, request, (t, reference) => heartbeatActivityTask(t, reference, request));
