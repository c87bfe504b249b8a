import { ensureTemporalFailure, TemporalFailure } from '@perdure/common';
import type { ActivatorState } from './activator-state.ts';
import { ContinueAsNew } from './continuation.ts';
import { isCancellation } from './errors.ts';

/**
 * Ends the run as what its code has thrown says: cancelled, continued or failed. Anything unforeseen fails the task
 * instead, which is tried again until the code is mended.
 */
export function endByError(activator: ActivatorState, error: unknown): void {
  if (activator.cancelled && isCancellation(error)) {
    activator.pushCommand({ cancelWorkflowExecution: {} }, true);
  } else if (error instanceof ContinueAsNew) {
    const { command: continueAsNewWorkflowExecution, eventGroupMarkers } = error;
    activator.pushCommand({ continueAsNewWorkflowExecution, ...(eventGroupMarkers && { eventGroupMarkers }) }, true);
  } else if (error instanceof TemporalFailure || failsWorkflow(activator, error)) {
    // Handlers that still run are no reason for a warning now.
    activator.inProgressSignals.clear();
    activator.inProgressUpdates.clear();
    const failure = activator.errorToFailure(ensureTemporalFailure(error));
    activator.pushCommand({ failWorkflowExecution: { failure } }, true);
  } else activator.recordWorkflowTaskError(error);
}

/** Whether worker or workflow say of this error that it fails the workflow. `Error` stands for whatever is thrown. */
function failsWorkflow(activator: ActivatorState, error: unknown): boolean {
  const classes = activator.workflowDefinitionFailureExceptionTypes ?? [];
  if (classes.includes(Error) || classes.some((one) => error instanceof one)) return true;
  const names = activator.failureExceptionTypeNames;
  if (names.length === 0) return false;
  return names.includes('Error') || classNamesOf(error).some((name) => names.includes(name));
}

/** The name of an object's class and of those that it extends. */
function classNamesOf(error: unknown): string[] {
  const found: string[] = [];
  if (typeof error !== 'object' || error === null) return found;
  let one: unknown = error.constructor;
  while (typeof one === 'function' && one !== Function.prototype) {
    found.push(one.name);
    one = Object.getPrototypeOf(one);
  }
  return found;
}
