import { failActivityTask } from '../../engine/workflow/requests/fail-activity-task.ts';
import { checkApplicationFailure, checkNextRetryDelays } from '../../validation/activity.ts';
import { changeById, changeByToken } from '../change-activity.ts';
import type { Handler } from '../context.ts';

/** An attempt failed; the server decides whether another one follows. */
export const respondActivityTaskFailed: Handler<'RespondActivityTaskFailed'> = async (request, _call, server) => {
  const fail = changeByToken(
    server,
    request,
    (t, reference) => failActivityTask(t, reference, request),
    () => {
      checkApplicationFailure(request.failure);
      checkNextRetryDelays(request.failure);
    },
  );
  return { failures: await fail };
};

/** The same for an activity that was left to be completed from outside; its failure may be of any kind. */
export const respondActivityTaskFailedById: Handler<'RespondActivityTaskFailedById'> = async (
  request,
  _call,
  server,
) => {
  const fail = changeById(
    server,
    request,
    (t, reference) => failActivityTask(t, reference, request),
    () => checkNextRetryDelays(request.failure),
  );
  return { failures: await fail };
};
