import { IllegalStateError } from '@perdure/common';
import type { Activator } from './activator.ts';

/*
 * The run that code belongs to which runs now. Runs of a context share this module: the worker sets the activator each
 * time that it enters a run.
 */
let current: Activator | undefined;

export function setActivator(activator: Activator | undefined): void {
  current = activator;
}

export function maybeGetActivator(): Activator | undefined {
  return current;
}

/** The current run. Throws an `IllegalStateError` with the given message where no workflow runs. */
export function assertInWorkflowContext(message: string): Activator {
  if (current === undefined) throw new IllegalStateError(message);
  return current;
}

export function getActivator(): Activator {
  return assertInWorkflowContext('Workflow uninitialized');
}
