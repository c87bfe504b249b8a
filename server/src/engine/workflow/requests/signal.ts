import type { WorkflowExecution } from '@perdure/api/common';
import { EventType, ResourceExhaustedCause, ResourceExhaustedScope } from '@perdure/api/enums';
import { invalidArgument, notFound, resourceExhausted } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { addEvent, isTaskWithWorker, signalKey } from '../events.ts';
import { ensureWorkflowTask } from '../machines/workflow-task.ts';
import type { EventAttributes } from '../state.ts';
import type { Transition } from '../transition.ts';
import { put } from '../transition.ts';

export interface Signal {
  readonly signalName: string;
  /** Encoded payloads. */
  readonly input: Uint8Array | null;
  readonly header: Uint8Array | null;
  readonly identity: string;
  /** Two signals with the same one are one; '' is never the same. */
  readonly requestId: string;
  readonly links?: EventAttributes['links'];
  /** The workflow that sent it by command, if one did. */
  readonly sender?: WorkflowExecution | null;
}

/**
 * Signals the run. It is remembered with the request id, so that a repetition is answered like the first, also once the
 * run has closed. A run that is held back (start delay, cron or retry back-off) stays so. Reference: recorded
 * conversations, theme `messages`; start delay: theme `start`.
 *
 * Throws NOT_FOUND when the run is closed, INVALID_ARGUMENT above the limits, RESOURCE_EXHAUSTED while the run, having
 * been kept from closing by an event it had not seen, gets its next chance.
 */
export function signalRun(t: Transition, signal: Signal): void {
  const { run, limits } = t;
  const { head } = run;
  const { requestId, links, sender } = signal;
  if (requestId !== '' && run.requests.has(signalKey(requestId))) return;
  if (!isOpen(run)) throw notFound('workflow execution already completed');
  if ((signal.input?.length ?? 0) > limits.blobSizeError) throw invalidArgument('Blob data size exceeds limit.');
  if (head.signalCount >= limits.maxSignals)
    throw invalidArgument('exceeded workflow execution limit for signal events');
  if (head.closeAttempted && isTaskWithWorker(t))
    throw resourceExhausted(
      ResourceExhaustedCause.BUSY_WORKFLOW,
      ResourceExhaustedScope.NAMESPACE,
      'workflow operation can not be applied because workflow is closing',
    );
  const eventType = EventType.WORKFLOW_EXECUTION_SIGNALED;
  // Its event has an id only once it is flushed, which enters it here.
  if (requestId !== '') put(t, 'requests', signalKey(requestId), { requestId, eventType, eventId: 0 });
  head.signalCount++;
  addEvent(t, eventType, {
    workflowExecutionSignaledEventAttributes: {
      signalName: signal.signalName,
      input: signal.input,
      header: signal.header,
      identity: signal.identity,
      requestId,
      externalWorkflowExecution: sender ?? null,
    },
    ...(links?.length && { links }),
  });
  ensureWorkflowTask(t);
}
