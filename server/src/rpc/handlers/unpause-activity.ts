import { unpauseActivities } from '../../engine/workflow/requests/control-activity.ts';
import { checkedJitter, checkNamedRun } from '../../validation/control-activity.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';
import { namedActivity, targetOf } from '../control-activity.ts';

/** Lets paused activities go on: of this id, of this type, or all. */
export const unpauseActivity: Handler<'UnpauseActivity'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, id, type, unpauseAll, resetAttempts, resetHeartbeat } = request;
  checkNamedRun(execution);
  const target = targetOf({ id, type, all: unpauseAll });
  const unpausing = { resetAttempts, resetHeartbeat, jitter: checkedJitter(request.jitter) };
  await changeRun(server, namespaceId, execution, (t) => unpauseActivities(t, target, unpausing));
  return {};
};

/** Lets one paused activity go on. */
export const unpauseActivityExecution: Handler<'UnpauseActivityExecution'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, target } = namedActivity(request, server);
  const unpausing = { resetAttempts: false, resetHeartbeat: false, jitter: checkedJitter(request.jitter) };
  await changeRun(server, namespaceId, execution, (t) => unpauseActivities(t, target, unpausing));
  return {};
};
