import { currentCancellation } from './execution-scope.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { pushAnnotated } from './operation.ts';
import { patched } from './patches.ts';
import { signalling } from './signal-workflow.ts';
import { untrackPromise } from './stack-helpers.ts';
import type { ExternalWorkflowHandle } from './workflow-handle.ts';

/** Histories without this patch were made when cancelling another workflow did not belong to a scope. */
const cancelBelongsToScope = '__temporal_internal_connect_external_handle_cancel_to_scope';

/** A handle of another workflow: of a certain run, or of the latest. */
export function getExternalWorkflowHandle(workflowId: string, runId?: string): ExternalWorkflowHandle {
  const activator = assertInWorkflowContext(
    'Workflow.getExternalWorkflowHandle(...) may only be used from a Workflow Execution. Consider using Client.workflow.getHandle(...) instead.)',
  );
  const workflowExecution = { workflowId, runId: runId as string };
  return {
    workflowId,
    runId,
    ...signalling(activator, { type: 'external', workflowExecution }),
    cancel: () =>
      new Promise<void>((resolve, reject) => {
        if (!belongsToScope(reject)) return;
        const seq = activator.nextSeqs.cancelWorkflow++;
        pushAnnotated(activator, {
          requestCancelExternalWorkflowExecution: {
            seq,
            workflowExecution: { namespace: activator.info.namespace, workflowId, runId: runId ?? null },
          },
        });
        const context = activator.workflowSerializationContext(workflowId);
        activator.completions.cancelWorkflow.set(seq, { resolve, reject, context });
      }),
  };
}

/** Asks for the patch only where it makes a difference, so that histories are not littered with it. */
function belongsToScope(reject: (reason: unknown) => void): boolean {
  const scope = currentCancellation();
  if (scope.cancellable) {
    untrackPromise(
      scope.cancelRequested.catch((reason) => {
        if (patched(cancelBelongsToScope)) reject(reason);
      }),
    );
  }
  return !(scope.consideredCancelled && patched(cancelBelongsToScope));
}
