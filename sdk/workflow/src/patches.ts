import { IllegalStateError } from '@perdure/common/lib/errors';
import type { ActivatorState } from './activator-state.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { pushAnnotated } from './operation.ts';

const outsideMessage = 'Workflow.patch(...) and Workflow.deprecatePatch may only be used from a Workflow Execution.';

/**
 * Whether to run the new code of a change. True in executions that get to the call for the first time, which the history
 * then records, and false on replay of those that got past it without. All calls with one id answer alike.
 */
export function patched(patchId: string): boolean {
  return decide(assertInWorkflowContext(outsideMessage), patchId, false);
}

/**
 * Says that all executions run the new code of a change. Replaces `patched` once no execution without the patch is left,
 * and can itself be removed once none with it is.
 */
export function deprecatePatch(patchId: string): void {
  decide(assertInWorkflowContext(outsideMessage), patchId, true);
}

function decide(activator: ActivatorState, patchId: string, deprecated: boolean): boolean {
  const { patchDecisions, info } = activator;
  if (activator.workflow === undefined) throw new IllegalStateError('Patches cannot be used before Workflow starts');
  const decided = patchDecisions.get(patchId);
  if (decided !== undefined) return decided;
  const isKnown = activator.knownPresentPatches.has(patchId);
  // Not for good: once the replay is over, the run may get to the call for the first time.
  if (info.unsafe.isReplaying && !isKnown) return false;
  const isUsed = isKnown || deprecated || (activator.patchActivationCallback?.(info, patchId) ?? true);
  patchDecisions.set(patchId, isUsed);
  if (isUsed && !activator.sentPatches.has(patchId)) {
    pushAnnotated(activator, { setPatchMarker: { patchId, deprecated } });
    activator.sentPatches.add(patchId);
  }
  return isUsed;
}
