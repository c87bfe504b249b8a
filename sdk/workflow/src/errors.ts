import { ActivityFailure, CancelledFailure, ChildWorkflowFailure, NexusOperationFailure } from '@perdure/common';
import { SymbolBasedInstanceOfError } from '@perdure/common/lib/type-helpers';
import type { coresdk } from '@perdure/proto';

/** What workflow code is told about its own wrongdoing. */
export class WorkflowError extends Error {}
SymbolBasedInstanceOfError('WorkflowError')(WorkflowError);

/** Workflow code did what cannot be repeated on replay, such as looking at what the garbage collector does. */
export class DeterminismViolationError extends WorkflowError {}
SymbolBasedInstanceOfError('DeterminismViolationError')(DeterminismViolationError);

/** Not a failure: the worker says that a local activity is to be tried again after a timer. */
export class LocalActivityDoBackoff extends Error {
  public readonly backoff: coresdk.activity_result.IDoBackoff;

  constructor(backoff: coresdk.activity_result.IDoBackoff) {
    super();
    this.backoff = backoff;
  }
}
SymbolBasedInstanceOfError('LocalActivityDoBackoff')(LocalActivityDoBackoff);

/** Whether an error says that something was cancelled: the workflow's own code, an activity, a child or a Nexus operation. */
export function isCancellation(err: unknown): boolean {
  if (err instanceof CancelledFailure) return true;
  const mayWrap =
    err instanceof ActivityFailure || err instanceof ChildWorkflowFailure || err instanceof NexusOperationFailure;
  return mayWrap && err.cause instanceof CancelledFailure;
}
