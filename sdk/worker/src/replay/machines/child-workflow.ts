import { coresdk, temporal } from '@perdure/proto';
import Long from 'long';
import { fatal, nondeterminism } from '../errors.ts';
import { canceledBecause, newFailure } from '../failures.ts';
import { CoreFlag, mayUse } from '../flags.ts';
import { type Event, EventType } from '../history.ts';
import { onlyPayload } from '../payloads.ts';
import type { ChildWorkflowMachine, Run } from '../state.ts';
import { cancelExternal } from './cancel-external.ts';
import { compareNames } from './compare.ts';
import { unexpected } from './unexpected.ts';

const { ChildWorkflowCancellationType } = coresdk.child_workflow;
const { RetryState, TimeoutType } = temporal.api.enums.v1;

/*
 * A child workflow, from its command to its end.
 *
 *   Created ──INITIATED──▶ Initiated ──STARTED──▶ Started ──▶ Completed | Failed | TimedOut | Terminated | Canceled
 *      │ cancel              │   └─START_FAILED─▶ StartFailed    │
 *      ▼ (withdrawn)         │ cancel                            │ cancel
 *   Canceled ◀── ABANDON, TRY_CANCEL ────────────────────────────┘
 *
 * A cancellation of a child that was asked for is a request of its own to the child. WAIT_CANCELLATION_* stay where
 * they are until the child ends.
 */

export function startChildWorkflow(
  run: Run,
  start: coresdk.workflow_commands.IStartChildWorkflowExecution,
): ChildWorkflowMachine {
  const machine: ChildWorkflowMachine = {
    kind: 'child-workflow',
    seq: start.seq ?? 0,
    start,
    state: 'Created',
    initiatedEventId: 0,
    startedEventId: 0,
    runId: '',
    isWithdrawn: false,
    sawCanceledEvent: false,
  };
  run.byId.set(`child ${machine.seq}`, machine);
  return machine;
}

export function cancelChildWorkflow(run: Run, machine: ChildWorkflowMachine, reason: string): void {
  if (machine.state === 'Created') {
    machine.isWithdrawn = true;
    machine.state = 'Canceled';
    const failure = childFailure(
      machine,
      `Child Workflow Execution cancelled before scheduled: ${reason}`,
      RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE,
      canceledBecause(),
    );
    run.jobs.push({ resolveChildWorkflowExecutionStart: { seq: machine.seq, cancelled: { failure } } });
    return;
  }
  if (machine.state !== 'Initiated' && machine.state !== 'Started') return;
  const type = machine.start.cancellationType ?? ChildWorkflowCancellationType.ABANDON;
  if (type !== ChildWorkflowCancellationType.ABANDON) {
    const target = {
      namespace: machine.start.namespace ?? '',
      workflowId: machine.start.workflowId ?? '',
      runId: machine.runId,
    };
    run.fresh.push(cancelExternal(null, target, { isChildOnly: true, reason }));
  }
  if (type === ChildWorkflowCancellationType.ABANDON || type === ChildWorkflowCancellationType.TRY_CANCEL) {
    machine.state = 'Canceled';
    tellCanceled(run, machine);
  }
}

export function childWorkflowMeets(run: Run, machine: ChildWorkflowMachine, met: Event): void {
  const { event } = met;
  if (met.type === EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED && machine.state === 'Created') {
    compare(run, machine, event.startChildWorkflowExecutionInitiatedEventAttributes);
    machine.state = 'Initiated';
    machine.initiatedEventId = met.id;
    return;
  }
  if (machine.state === 'Canceled') return meetsWhenCanceled(machine, met);
  if (met.type === EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED && machine.state === 'Initiated') {
    machine.state = 'Started';
    machine.startedEventId = met.id;
    machine.runId = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.runId ?? '';
    run.jobs.push({ resolveChildWorkflowExecutionStart: { seq: machine.seq, succeeded: { runId: machine.runId } } });
    return;
  }
  if (met.type === EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED && machine.state === 'Initiated') {
    machine.state = 'StartFailed';
    const failed = {
      workflowId: machine.start.workflowId ?? '',
      workflowType: machine.start.workflowType ?? '',
      cause: startFailedCause(event.startChildWorkflowExecutionFailedEventAttributes?.cause),
    };
    run.jobs.push({ resolveChildWorkflowExecutionStart: { seq: machine.seq, failed } });
    return;
  }
  if (machine.state !== 'Started') throw unexpected(machine, met);
  meetsItsEnd(run, machine, met);
}

function meetsItsEnd(run: Run, machine: ChildWorkflowMachine, met: Event): void {
  const { event } = met;
  const resolve = (result: coresdk.child_workflow.IChildWorkflowResult) =>
    run.jobs.push({ resolveChildWorkflowExecution: { seq: machine.seq, result } });
  switch (met.type) {
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED: {
      machine.state = 'Completed';
      const { result } = event.childWorkflowExecutionCompletedEventAttributes ?? {};
      resolve({ completed: { result: onlyPayload(result) } });
      return;
    }
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED: {
      machine.state = 'Failed';
      const { failure, retryState } = event.childWorkflowExecutionFailedEventAttributes ?? {};
      resolve({ failed: { failure: childFailure(machine, 'Child Workflow execution failed', retryState, failure) } });
      return;
    }
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT: {
      machine.state = 'TimedOut';
      const { retryState } = event.childWorkflowExecutionTimedOutEventAttributes ?? {};
      const cause = newFailure({
        message: 'Timed out',
        timeoutFailureInfo: { timeoutType: TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE },
      });
      resolve({ failed: { failure: childFailure(machine, 'Child Workflow execution timed out', retryState, cause) } });
      return;
    }
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED: {
      machine.state = 'Terminated';
      const retryState = RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE;
      const cause = newFailure({ message: 'Terminated', terminatedFailureInfo: {} });
      resolve({ failed: { failure: childFailure(machine, 'Child Workflow execution terminated', retryState, cause) } });
      return;
    }
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED:
      machine.state = 'Canceled';
      tellCanceled(run, machine);
      return;
    default:
      throw unexpected(machine, met);
  }
}

/** After code was told of its cancellation a child may only end as canceled, unless it was abandoned. */
function meetsWhenCanceled(machine: ChildWorkflowMachine, met: Event): void {
  switch (met.type) {
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED:
    case EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED:
      return;
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED:
      if (machine.sawCanceledEvent) throw fatal('the history says twice that a child workflow was canceled');
      machine.sawCanceledEvent = true;
      return;
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED:
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED:
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT:
    case EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED:
      if ((machine.start.cancellationType ?? 0) === ChildWorkflowCancellationType.ABANDON) return;
      throw nondeterminism(
        "Child workflows which don't have the ABANDON cancellation type cannot complete after being cancelled.",
      );
    default:
      throw unexpected(machine, met);
  }
}

function tellCanceled(run: Run, machine: ChildWorkflowMachine): void {
  const failure = childFailure(
    machine,
    'Child Workflow execution cancelled',
    RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE,
    canceledBecause(),
  );
  run.jobs.push({ resolveChildWorkflowExecution: { seq: machine.seq, result: { cancelled: { failure } } } });
}

function childFailure(
  { start, runId, initiatedEventId, startedEventId }: ChildWorkflowMachine,
  message: string,
  retryState: temporal.api.enums.v1.RetryState | null | undefined,
  cause: temporal.api.failure.v1.IFailure | null | undefined,
): temporal.api.failure.v1.IFailure {
  return newFailure({
    message,
    ...(cause ? { cause } : {}),
    childWorkflowExecutionFailureInfo: {
      namespace: start.namespace ?? '',
      workflowType: { name: start.workflowType ?? '' },
      workflowExecution: { workflowId: start.workflowId ?? '', runId },
      initiatedEventId: Long.fromNumber(initiatedEventId),
      startedEventId: Long.fromNumber(startedEventId),
      retryState: retryState ?? RetryState.RETRY_STATE_UNSPECIFIED,
    },
  });
}

const causes = temporal.api.enums.v1.StartChildWorkflowExecutionFailedCause;

/** The two enums number the causes alike. */
function startFailedCause(
  cause: temporal.api.enums.v1.StartChildWorkflowExecutionFailedCause | null | undefined,
): coresdk.child_workflow.StartChildWorkflowExecutionFailedCause {
  const theirs = coresdk.child_workflow.StartChildWorkflowExecutionFailedCause;
  return cause === causes.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS
    ? theirs.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS
    : theirs.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_UNSPECIFIED;
}

function compare(
  run: Run,
  { start }: ChildWorkflowMachine,
  event: temporal.api.history.v1.IStartChildWorkflowExecutionInitiatedEventAttributes | null | undefined,
): void {
  if (!mayUse(run.flags, CoreFlag.CompareIdAndType, run.isAtLastTask)) return;
  compareNames(
    { what: 'child workflow', event: 'scheduled event', command: 'command' },
    { id: event?.workflowId, type: event?.workflowType?.name },
    { id: start.workflowId, type: start.workflowType },
  );
}
