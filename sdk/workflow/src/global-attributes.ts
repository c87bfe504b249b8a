import { IllegalStateError } from '@perdure/common';
import type { ActivatorState } from './activator-state.ts';

/*
 * The run that code belongs to which runs now. Runs of a context share this module: the worker sets the activator each
 * time that it enters a run.
 */
let current: ActivatorState | undefined;

export function setActivator(activator: ActivatorState | undefined): void {
  current = activator;
}

export function maybeGetActivator(): ActivatorState | undefined {
  return current;
}

/** The current run. Throws an `IllegalStateError` with the given message where no workflow runs. */
export function assertInWorkflowContext(message: string): ActivatorState {
  if (current === undefined) throw new IllegalStateError(message);
  return current;
}

export function getActivator(): ActivatorState {
  return assertInWorkflowContext('Workflow uninitialized');
}
