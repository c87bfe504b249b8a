import { Payload, Payloads } from '@perdure/api/common';
import { EventType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { closeRun, endTaskForClosing } from '../close.ts';
import type { Excess } from '../hard-limits.ts';
import type { EventAttributes } from '../state.ts';
import type { Transition } from '../transition.ts';

export interface Termination {
  readonly reason: string;
  readonly details: Uint8Array | null;
  readonly identity: string;
  readonly links?: EventAttributes['links'];
}

/** Closes the run at once, whatever it is doing. The caller has seen to it that it is open. */
export function terminateRun(t: Transition, { reason, details, identity, links }: Termination): void {
  endTaskForClosing(t);
  closeRun(t, {
    status: WorkflowExecutionStatus.TERMINATED,
    eventType: EventType.WORKFLOW_EXECUTION_TERMINATED,
    fields: { workflowExecutionTerminatedEventAttributes: { reason, details, identity }, ...(links && { links }) },
  });
}

/** How an open run ends whose workflow id is started again with the policy to terminate it. */
export const replacedByStart = (newRunId: string): Termination => ({
  reason: 'TerminateIfRunning WorkflowIdReusePolicy',
  details: Payloads.encode({ payloads: [jsonPayload(`terminated by new runID: ${newRunId}`)] }),
  identity: 'history-service',
});

/** How an open run ends that has become too large. */
export const overLimit = ({ reason, details }: Excess): Termination => ({
  reason,
  details: details === '' ? null : Payloads.encode({ payloads: [jsonPayload(details)] }),
  identity: 'history-service',
});

const jsonPayload = (value: string): Uint8Array =>
  Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) });
