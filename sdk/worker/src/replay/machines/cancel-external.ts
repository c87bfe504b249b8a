import { temporal } from '@perdure/proto';
import { newFailure } from '../failures.ts';
import { type Event, EventType } from '../history.ts';
import type { CancelExternalMachine, Pending, Run } from '../state.ts';
import { unexpected } from './unexpected.ts';

const { CancelExternalWorkflowExecutionFailedCause: Cause, CommandType } = temporal.api.enums.v1;

/*
 * A request to cancel another workflow: Created ──INITIATED──▶ Recorded ──▶ Requested | Failed.
 *
 * One without a number was made for the cancellation of a child; code did not ask for it and is not told of it.
 */

export function cancelExternal(
  seq: number | null,
  target: { readonly namespace: string; readonly workflowId: string; readonly runId: string },
  { isChildOnly, reason }: { readonly isChildOnly: boolean; readonly reason: string },
): Pending {
  return {
    machine: { kind: 'cancel-external', seq, state: 'Created' },
    command: {
      commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION,
      requestCancelExternalWorkflowExecutionCommandAttributes: { ...target, childWorkflowOnly: isChildOnly, reason },
    },
  };
}

export function cancelExternalMeets(run: Run, machine: CancelExternalMachine, met: Event): void {
  if (
    met.type === EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED &&
    machine.state === 'Created'
  ) {
    machine.state = 'Recorded';
    return;
  }
  if (machine.state !== 'Recorded') throw unexpected(machine, met);
  const tell = (failure: temporal.api.failure.v1.IFailure | null) => {
    if (machine.seq !== null)
      run.jobs.push({ resolveRequestCancelExternalWorkflow: { seq: machine.seq, ...(failure ? { failure } : {}) } });
  };
  switch (met.type) {
    case EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
      machine.state = 'Requested';
      return tell(null);
    case EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED: {
      machine.state = 'Failed';
      const { cause } = met.event.requestCancelExternalWorkflowExecutionFailedEventAttributes ?? {};
      return tell(
        newFailure({
          message: `Unable to cancel external workflow because ${reasons[cause ?? 0] ?? 'unknown'}`,
          applicationFailureInfo: { type: causeName(cause) },
        }),
      );
    }
    default:
      throw unexpected(machine, met);
  }
}

const reasons: Partial<Record<temporal.api.enums.v1.CancelExternalWorkflowExecutionFailedCause, string>> = {
  [Cause.CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND]: 'not found',
  [Cause.CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_NAMESPACE_NOT_FOUND]: 'not found',
};

function causeName(cause: temporal.api.enums.v1.CancelExternalWorkflowExecutionFailedCause | null | undefined): string {
  return typeName(Cause[cause ?? 0] ?? '', 'CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_');
}

/** `…_CAUSE_NAMESPACE_NOT_FOUND` as the type of a failure: `NamespaceNotFound`. */
export function typeName(name: string, prefix: string): string {
  return name
    .slice(prefix.length)
    .toLowerCase()
    .replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
