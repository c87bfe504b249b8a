import { invalidArgument } from '../../kernel/errors.ts';
import { camelCased } from '../../kernel/field-mask.ts';
import { checkNamedRun, isUpdatable } from '../../validation/control-activity.ts';
import { checkPriority } from '../../validation/start-workflow.ts';
import type { Handler } from '../context.ts';
import { changeOptions, namedActivity, optionsUpdate, targetOf } from '../control-activity.ts';

/** Changes how pending activities are run: of this id, of this type, or all. */
export const updateActivityOptions: Handler<'UpdateActivityOptions'> = (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const { execution, id, type, matchAll, activityOptions } = request;
  checkNamedRun(execution);
  const target = targetOf({ id, type, all: matchAll });
  checkPriority(activityOptions?.priority ?? null);
  return changeOptions(server, namespaceId, { execution, target }, optionsUpdate(request));
};

/** Changes how one pending activity is run. */
export const updateActivityExecutionOptions: Handler<'UpdateActivityExecutionOptions'> = (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  const activity = namedActivity(request, server);
  const update = optionsUpdate(request);
  if (update) {
    const paths = request.updateMask?.paths ?? [];
    if (paths.length === 0) throw invalidArgument('UpdateMask must specify at least one path');
    const unknown = paths.find((path) => !isUpdatable(camelCased(path)));
    if (unknown !== undefined) throw invalidArgument(`unsupported update_mask path: ${JSON.stringify(unknown)}`);
    checkPriority(update.options.priority);
  }
  return changeOptions(server, namespaceId, activity, update);
};
