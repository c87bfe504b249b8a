import type { WorkflowExecution } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import { isOpen } from '../close.ts';
import { addEvent } from '../events.ts';
import { ensureWorkflowTask } from '../machines/workflow-task.ts';
import type { EventAttributes } from '../state.ts';
import type { Transition } from '../transition.ts';

export interface CancelRequest {
  readonly reason: string;
  readonly identity: string;
  readonly requestId: string;
  readonly links?: EventAttributes['links'];
  /** The workflow that asked by command, if one did, and the event by which it did. */
  readonly sender?: { readonly execution: WorkflowExecution; readonly initiatedEventId: number };
}

/**
 * Asks the run to cancel itself. A run hears it once; on a closed run it is well too. A run that is held back (start
 * delay, back-off) gets its task at once. Reference: recorded conversations, themes `ending` and `start`.
 */
export function requestCancel(t: Transition, { reason, identity, requestId, links, sender }: CancelRequest): void {
  const { head } = t.run;
  if (!isOpen(t.run) || head.cancelRequested) return;
  head.cancelRequested = true;
  head.cancelRequestId = requestId;
  addEvent(t, EventType.WORKFLOW_EXECUTION_CANCEL_REQUESTED, {
    workflowExecutionCancelRequestedEventAttributes: {
      cause: reason,
      identity,
      ...(sender && {
        externalInitiatedEventId: sender.initiatedEventId,
        externalWorkflowExecution: sender.execution,
      }),
    },
    ...(links?.length && { links }),
  });
  head.backoffUntil = null;
  ensureWorkflowTask(t);
}
