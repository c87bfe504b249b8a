import { pauseActivities } from '../../engine/workflow/requests/control-activity.ts';
import { invalidArgument } from '../../kernel/errors.ts';
import { checkNamedRun } from '../../validation/control-activity.ts';
import { changeRun } from '../change-run.ts';
import type { Handler } from '../context.ts';
import { namedActivity, targetOf } from '../control-activity.ts';

/** Holds pending activities: of this id, or of this type. */
export const pauseActivity: Handler<'PauseActivity'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, id, type } = request;
  checkNamedRun(execution);
  const target = targetOf({ id, type, all: null });
  await changeRun(server, namespaceId, execution, (t) => pauseActivities(t, target, request));
  return {};
};

/** Holds one pending activity. */
export const pauseActivityExecution: Handler<'PauseActivityExecution'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, target } = namedActivity(request, server);
  if (Buffer.byteLength(request.reason) > server.limits.blobSizeError)
    throw invalidArgument('reason exceeds length limit');
  // Without an id of its own no request is the same as another one.
  const requestId = request.requestId || server.random.uuid();
  const { identity, reason } = request;
  await changeRun(server, namespaceId, execution, (t) => pauseActivities(t, target, { identity, reason, requestId }));
  return {};
};
