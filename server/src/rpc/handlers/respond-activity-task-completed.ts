import { completeActivityTask } from '../../engine/workflow/requests/complete-activity-task.ts';
import { changeById, changeByToken } from '../change-activity.ts';
import type { Handler } from '../context.ts';

/** A worker has the result of its activity. */
export const respondActivityTaskCompleted: Handler<'RespondActivityTaskCompleted'> = async (request, _call, server) => {
  await changeByToken(server, request, (t, reference) => completeActivityTask(t, reference, request));
  return {};
};

/** Somebody has the result of an activity that was left to be completed from outside. */
export const respondActivityTaskCompletedById: Handler<'RespondActivityTaskCompletedById'> = async (
  request,
  _call,
  server,
) => {
  await changeById(server, request, (t, reference) => completeActivityTask(t, reference, request));
  return {};
};
