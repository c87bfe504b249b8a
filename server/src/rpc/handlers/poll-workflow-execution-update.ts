import { UpdateWorkflowExecutionLifecycleStage as Stage } from '@perdure/api/enums';
import { progressOf, type WantedStage, waitForUpdate } from '../../host/updates.ts';
import { invalidArgument, notFound } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/ids.ts';
import type { Handler } from '../context.ts';
import { findRun } from '../find-run.ts';
import { namespaceView } from '../namespace.ts';
import { reached, updateRef, waitUntil } from '../update.ts';

/** Says how far an update has come, at once or when it has reached a stage. */
export const pollWorkflowExecutionUpdate: Handler<'PollWorkflowExecutionUpdate'> = async (request, call, server) => {
  const namespace = namespaceView(server, request.namespace);
  const reference = request.updateRef;
  if (!reference) throw invalidArgument('UpdateRef is not set on request.');
  const execution = reference.workflowExecution ?? { workflowId: '', runId: '' };
  if (execution.workflowId === '') throw invalidArgument("Can't load workflow execution.  WorkflowId not set.");
  if (execution.runId !== '' && !isUuid(execution.runId)) throw invalidArgument('RunId is not valid UUID.');
  const { updateId } = reference;
  const until = waitUntil(server, call);
  const wanted = wantedStage(request.waitPolicy?.lifecycleStage ?? Stage.UNSPECIFIED);
  for (;;) {
    const loaded = await findRun(server, namespace.id, execution);
    // Nothing is told to who holds on to a copy that was evicted.
    if (server.host.cached(loaded.run.key.runId) !== loaded) continue;
    if (progressOf(loaded, updateId).kind === 'unknown') throw notFound(`update ${JSON.stringify(updateId)} not found`);
    const progress = await waitForUpdate(server.wall, loaded, updateId, wanted, until);
    if (progress.kind === 'lost') continue;
    const { stage, outcome } = await reached(server, loaded, progress);
    return { updateRef: updateRef(loaded, updateId), stage, outcome };
  }
};

function wantedStage(stage: Stage): WantedStage {
  switch (stage) {
    case Stage.ACCEPTED:
      return 'accepted';
    case Stage.COMPLETED:
      return 'completed';
    default:
      return 'admitted';
  }
}
