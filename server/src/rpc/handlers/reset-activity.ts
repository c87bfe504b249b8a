import type { Resetting } from '../../engine/workflow/machines/activity-control.ts';
import { resetActivities } from '../../engine/workflow/requests/control-activity.ts';
import { checkedJitter, checkNamedRun } from '../../validation/control-activity.ts';
import { changeRun } from '../change-run.ts';
import type { Handler, RequestOf } from '../context.ts';
import { namedActivity, targetOf } from '../control-activity.ts';

/** Lets activities begin again at attempt 1: of this id, of this type, or all. */
export const resetActivity: Handler<'ResetActivity'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, id, type, matchAll } = request;
  checkNamedRun(execution);
  const target = targetOf({ id, type, all: matchAll });
  const resetting = resettingOf(request);
  await changeRun(server, namespaceId, execution, (t) => resetActivities(t, target, resetting));
  return {};
};

/** Lets one activity begin again at attempt 1. */
export const resetActivityExecution: Handler<'ResetActivityExecution'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, target } = namedActivity(request, server);
  const resetting = resettingOf(request);
  await changeRun(server, namespaceId, execution, (t) => resetActivities(t, target, resetting));
  return {};
};

const resettingOf = ({
  resetHeartbeat,
  keepPaused,
  restoreOriginalOptions,
  jitter,
}: RequestOf<'ResetActivity'> | RequestOf<'ResetActivityExecution'>): Resetting => ({
  resetHeartbeat,
  keepPaused,
  restoreOriginalOptions,
  jitter: checkedJitter(jitter),
});
