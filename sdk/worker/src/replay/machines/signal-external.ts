import type { coresdk } from '@perdure/proto';
import { temporal } from '@perdure/proto';
import { fatal } from '../errors.ts';
import { newFailure } from '../failures.ts';
import { type Event, EventType } from '../history.ts';
import { isEmpty, payloadsOf } from '../payloads.ts';
import type { Pending, Run, SignalExternalMachine } from '../state.ts';
import { typeName } from './cancel-external.ts';
import { unexpected } from './unexpected.ts';

const { CommandType, SignalExternalWorkflowExecutionFailedCause: Cause } = temporal.api.enums.v1;

/*
 * A signal to another workflow: Created ──INITIATED──▶ Recorded ──▶ Signaled | Failed; Canceled if code took it back
 * before it was sent. Once sent it cannot be taken back.
 */

export function signalExternal(run: Run, signal: coresdk.workflow_commands.ISignalExternalWorkflowExecution): Pending {
  const machine: SignalExternalMachine = {
    kind: 'signal-external',
    seq: signal.seq ?? 0,
    state: 'Created',
    isWithdrawn: false,
  };
  run.byId.set(`signal ${machine.seq}`, machine);
  const child = signal.childWorkflowId;
  const target = signal.workflowExecution;
  if (!child && !target) throw fatal('a signal to another workflow names no workflow');
  return {
    machine,
    command: {
      commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
      signalExternalWorkflowExecutionCommandAttributes: {
        namespace: child ? run.info.namespace : (target?.namespace ?? ''),
        execution: { workflowId: child || target?.workflowId || '', runId: child ? '' : (target?.runId ?? '') },
        signalName: signal.signalName ?? '',
        input: payloadsOf(signal.args),
        childWorkflowOnly: Boolean(child),
        ...(isEmpty(signal.headers) ? {} : { header: { fields: signal.headers ?? {} } }),
      },
    },
  };
}

export function cancelSignalExternal(run: Run, machine: SignalExternalMachine): void {
  if (machine.state !== 'Created') return;
  machine.state = 'Canceled';
  machine.isWithdrawn = true;
  const failure = newFailure({ message: 'Signal was cancelled before being sent', canceledFailureInfo: {} });
  run.jobs.push({ resolveSignalExternalWorkflow: { seq: machine.seq, failure } });
}

export function signalExternalMeets(run: Run, machine: SignalExternalMachine, met: Event): void {
  if (met.type === EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED && machine.state === 'Created') {
    machine.state = 'Recorded';
    return;
  }
  if (machine.state !== 'Recorded') throw unexpected(machine, met);
  switch (met.type) {
    case EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED:
      machine.state = 'Signaled';
      run.jobs.push({ resolveSignalExternalWorkflow: { seq: machine.seq } });
      return;
    case EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED: {
      machine.state = 'Failed';
      const cause = met.event.signalExternalWorkflowExecutionFailedEventAttributes?.cause ?? 0;
      const failure = newFailure({
        message: `Unable to signal external workflow because ${reasons[cause] ?? 'unknown'}`,
        applicationFailureInfo: {
          type: typeName(Cause[cause] ?? '', 'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_'),
        },
      });
      run.jobs.push({ resolveSignalExternalWorkflow: { seq: machine.seq, failure } });
      return;
    }
    default:
      throw unexpected(machine, met);
  }
}

const reasons: Partial<Record<temporal.api.enums.v1.SignalExternalWorkflowExecutionFailedCause, string>> = {
  [Cause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND]: 'it was not found',
  [Cause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_NAMESPACE_NOT_FOUND]: 'it was not found',
  [Cause.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_SIGNAL_COUNT_LIMIT_EXCEEDED]:
    'The per-workflow signal limit was exceeded',
};
