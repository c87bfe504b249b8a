import {
  CancelExternalWorkflowExecutionFailedCause as CancelFailedCause,
  EventType,
  SignalExternalWorkflowExecutionFailedCause as SignalFailedCause,
} from '@perdure/api/enums';
import { isOpen } from '../close.ts';
import { addEvent } from '../events.ts';
import type { EventAttributes, External } from '../state.ts';
import { remove, type Transition } from '../transition.ts';
import { ensureWorkflowTask } from './workflow-task.ts';

/**
 * A signal or a request to cancel that a workflow sends to another one by command.
 *
 *              the other run has it
 *   On its way ────────────────────▶ (gone: EXTERNAL_…_SIGNALED, EXTERNAL_…_CANCEL_REQUESTED)
 *       │ there is no such run, or it takes no more
 *       ▼
 *   (gone: …_FAILED)
 *
 * The entry stays until the outcome is written, and the other run knows the request by its id, so that delivering it
 * again is the same as delivering it once. It is delivered even when its sender has closed since; then the entry goes
 * without a word. In the task that closes the sender it is not sent at all. Reference: history (transfer queue, signal and cancel execution).
 */
export type Undelivered = 'not-found' | 'signal-limit';

/** Writes down what became of it. `control` is what the command said. */
export function recordOutcome(
  t: Transition,
  initiatedEventId: number,
  control: string,
  undelivered: Undelivered | null,
): void {
  const external = t.run.externals.get(initiatedEventId);
  if (!external) return;
  remove(t, 'externals', initiatedEventId);
  if (!isOpen(t.run)) return;
  const [eventType, fields] = outcome(t, external, control, undelivered);
  addEvent(t, eventType, fields);
  ensureWorkflowTask(t);
}

function outcome(
  t: Transition,
  { kind, initiatedEventId, namespaceId, workflowId, runId }: External,
  control: string,
  undelivered: Undelivered | null,
): [EventType, EventAttributes] {
  const common = {
    initiatedEventId,
    namespace: t.namespace.name,
    namespaceId,
    workflowExecution: { workflowId, runId },
  };
  if (kind === 'cancel') {
    if (undelivered === null)
      return [
        EventType.EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
        { externalWorkflowExecutionCancelRequestedEventAttributes: common },
      ];
    const cause = CancelFailedCause.EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
    return [
      EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
      { requestCancelExternalWorkflowExecutionFailedEventAttributes: { ...common, cause } },
    ];
  }
  if (undelivered === null)
    return [
      EventType.EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
      { externalWorkflowExecutionSignaledEventAttributes: { ...common, control } },
    ];
  const cause =
    undelivered === 'signal-limit'
      ? SignalFailedCause.SIGNAL_COUNT_LIMIT_EXCEEDED
      : SignalFailedCause.EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
  return [
    EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED,
    { signalExternalWorkflowExecutionFailedEventAttributes: { ...common, cause, control } },
  ];
}
