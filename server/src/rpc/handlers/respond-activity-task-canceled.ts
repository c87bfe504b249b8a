import { cancelActivityTask } from '../../engine/workflow/requests/cancel-activity-task.ts';
import { changeById, changeByToken } from '../change-activity.ts';
import type { Handler } from '../context.ts';

/** A worker gave its activity up because it was asked to. */
export const respondActivityTaskCanceled: Handler<'RespondActivityTaskCanceled'> = async (request, _call, server) => {
  await changeByToken(server, request, (t, reference) => cancelActivityTask(t, reference, request));
  return {};
};

/** The same for an activity that was left to be completed from outside. */
export const respondActivityTaskCanceledById: Handler<'RespondActivityTaskCanceledById'> = async (
  request,
  _call,
  server,
) => {
  await changeById(server, request, (t, reference) => cancelActivityTask(t, reference, request));
  return {};
};
