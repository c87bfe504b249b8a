import { updateRunOptions } from '../../engine/workflow/requests/update-run-options.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import { resetWorkflow } from '../../host/reset.ts';
import { checkResetPoint, checkResetRequest, exclusions, optionUpdates } from '../../validation/reset-workflow.ts';
import { checkVersioningOverride } from '../../validation/versioning-override.ts';
import type { Handler } from '../context.ts';
import { checkExecution, findRun } from '../find-run.ts';

/** Lets a workflow go on from an earlier point, in a new run. */
export const resetWorkflowExecution: Handler<'ResetWorkflowExecution'> = async (request, _call, server) => {
  checkResetRequest(request, server.limits);
  checkExecution(request.workflowExecution);
  const { id } = server.namespaces.byName(request.namespace);
  const base = await findRun(server, id, request.workflowExecution);
  const { workflowTaskFinishEventId: finishEventId, requestId, postResetOperations } = request;
  checkResetPoint(finishEventId, base.run.head.nextEventId);
  const updates = optionUpdates(postResetOperations, server.limits);
  for (const { options } of updates)
    checkVersioningOverride(options.versioningOverride, base.run.started.taskQueue?.name ?? '');
  const { reply: runId, durable } = await resetWorkflow(server.host, base, {
    finishEventId,
    requestId,
    reason: request.reason,
    exclude: exclusions(request),
    alongWith(t) {
      for (const { options, fields } of updates) updateRunOptions(t, options, fields, '');
    },
  });
  await durableOrUnavailable(durable);
  return { runId };
};
