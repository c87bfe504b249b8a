import type { coresdk, temporal } from '@perdure/proto';
import { fatal, nondeterminism } from './errors.ts';
import { CoreFlag, mayUse } from './flags.ts';
import { cancelActivity, scheduleActivity } from './machines/activity.ts';
import { cancelExternal } from './machines/cancel-external.ts';
import { cancelChildWorkflow, startChildWorkflow } from './machines/child-workflow.ts';
import { cancelLocalActivity, scheduleLocalActivity } from './machines/local-activity.ts';
import { isWithdrawn, sent } from './machines/machine.ts';
import { note } from './machines/note.ts';
import { cancelSignalExternal, signalExternal } from './machines/signal-external.ts';
import { cancelTimer, startTimer } from './machines/timer.ts';
import { answerUpdate } from './machines/update.ts';
import { changeVersionAttribute, setPatch } from './patches.ts';
import {
  cancelCommand,
  completeCommand,
  continueAsNewCommand,
  failCommand,
  modifyPropertiesCommand,
  scheduleActivityCommand,
  startChildCommand,
  startTimerCommand,
  upsertSearchAttributesCommand,
} from './server-commands.ts';
import type { Command, Machine, Pending, Run } from './state.ts';
import type { Timestamp } from './time.ts';

type WorkflowCommand = coresdk.workflow_commands.IWorkflowCommand;

/** Takes in what code asked for in an activation: machines come to life, and their commands wait to be sent. */
export function applyCommands(run: Run, commands: readonly WorkflowCommand[], now: Timestamp): void {
  for (const command of inOrder(run, commands)) {
    const from = run.fresh.length;
    applyCommand(run, command, now);
    for (let at = from; at < run.fresh.length; at++) markAsked(run.fresh[at], command);
  }
  run.sent = run.sent.filter(({ machine }) => !isWithdrawn(machine));
  const fresh = run.fresh;
  run.fresh = [];
  for (const pending of fresh) {
    if (isWithdrawn(pending.machine)) continue;
    sent(pending.machine, pending.command.commandType);
    run.sent.push(pending);
  }
}

/**
 * The command that closes the run goes last, and only the first such counts. Where the history was made by an SDK that
 * did not know better, what came after it is dropped.
 */
function inOrder(run: Run, commands: readonly WorkflowCommand[]): readonly WorkflowCommand[] {
  const isTerminal = (command: WorkflowCommand) =>
    Boolean(
      command.completeWorkflowExecution ??
        command.failWorkflowExecution ??
        command.cancelWorkflowExecution ??
        command.continueAsNewWorkflowExecution,
    );
  const first = commands.findIndex(isTerminal);
  if (first === -1) return commands;
  const moves = !run.isReplaying || mayUse(run.flags, CoreFlag.MoveTerminalCommands, false);
  if (!moves) return commands.slice(0, first + 1);
  return [...commands.filter((command) => !isTerminal(command)), ...commands.slice(first, first + 1)];
}

function applyCommand(run: Run, asked: WorkflowCommand, now: Timestamp): void {
  const give = (machine: Machine, command: Command) => run.fresh.push(withMetadata({ machine, command }, asked));
  if (asked.startTimer) give(startTimer(run, asked.startTimer), startTimerCommand(asked.startTimer));
  else if (asked.scheduleActivity)
    give(scheduleActivity(run, asked.scheduleActivity), scheduleActivityCommand(run, asked.scheduleActivity));
  else if (asked.scheduleLocalActivity)
    scheduleLocalActivity(run, asked.scheduleLocalActivity, asked.userMetadata ?? null, now);
  else if (asked.startChildWorkflowExecution) {
    const { startChildWorkflowExecution: start } = asked;
    give(startChildWorkflow(run, start), startChildCommand(run, start));
  } else if (asked.signalExternalWorkflowExecution)
    run.fresh.push(withMetadata(signalExternal(run, asked.signalExternalWorkflowExecution), asked));
  else if (asked.requestCancelExternalWorkflowExecution)
    run.fresh.push(withMetadata(requestCancel(run, asked.requestCancelExternalWorkflowExecution), asked));
  else if (asked.setPatchMarker) setPatch(run, asked.setPatchMarker);
  else if (asked.updateResponse) answerUpdate(run, asked.updateResponse);
  else if (asked.upsertWorkflowSearchAttributes)
    run.fresh.push(withMetadata(upsert(run, asked.upsertWorkflowSearchAttributes.searchAttributes), asked));
  else if (asked.modifyWorkflowProperties)
    run.fresh.push(note('modifyProperties', modifyPropertiesCommand(asked.modifyWorkflowProperties)));
  else if (asked.scheduleNexusOperation || asked.requestCancelNexusOperation)
    throw fatal('Nexus operations are not supported by this worker yet');
  else if (!applyCancellation(run, asked)) applyClose(run, asked);
}

function applyCancellation(run: Run, asked: WorkflowCommand): boolean {
  if (asked.cancelTimer) cancelTimer(run, find(run, 'timer', asked.cancelTimer.seq));
  else if (asked.requestCancelActivity) cancelActivity(run, find(run, 'activity', asked.requestCancelActivity.seq));
  else if (asked.requestCancelLocalActivity)
    cancelLocalActivity(run, find(run, 'local-activity', asked.requestCancelLocalActivity.seq));
  else if (asked.cancelChildWorkflowExecution) {
    const { childWorkflowSeq, reason } = asked.cancelChildWorkflowExecution;
    cancelChildWorkflow(run, find(run, 'child-workflow', childWorkflowSeq), reason ?? '');
  } else if (asked.cancelSignalWorkflow)
    cancelSignalExternal(run, find(run, 'signal-external', asked.cancelSignalWorkflow.seq));
  else return false;
  return true;
}

function applyClose(run: Run, asked: WorkflowCommand): void {
  let close: Pending;
  if (asked.completeWorkflowExecution) close = note('complete', completeCommand(asked.completeWorkflowExecution));
  else if (asked.failWorkflowExecution) close = note('fail', failCommand(asked.failWorkflowExecution));
  else if (asked.cancelWorkflowExecution) close = note('cancel', cancelCommand());
  else if (asked.continueAsNewWorkflowExecution)
    close = note('continueAsNew', continueAsNewCommand(run, asked.continueAsNewWorkflowExecution));
  else throw fatal('code gave a command that this worker does not know');
  run.fresh.push(withMetadata(close, asked));
  run.isFinished = true;
  run.localActivities.isOver = true;
}

const prefixes = {
  timer: 'timer',
  activity: 'activity',
  'local-activity': 'local',
  'child-workflow': 'child',
  'signal-external': 'signal',
} as const;

function find<Kind extends keyof typeof prefixes>(
  run: Run,
  kind: Kind,
  seq: number | null | undefined,
): Extract<Machine, { kind: Kind }> {
  const machine = run.byId.get(`${prefixes[kind]} ${seq ?? 0}`);
  if (!machine || !isOf(machine, kind)) throw nondeterminism(`Missing associated machine for ${kind} ${seq ?? 0}`);
  return machine;
}

function isOf<Kind extends Machine['kind']>(machine: Machine, kind: Kind): machine is Extract<Machine, { kind: Kind }> {
  return machine.kind === kind;
}

function requestCancel(
  run: Run,
  { seq, workflowExecution: target, reason }: coresdk.workflow_commands.IRequestCancelExternalWorkflowExecution,
): Pending {
  if (!target) throw fatal('a request to cancel another workflow names no workflow');
  const { namespace, workflowId, runId } = target;
  return cancelExternal(
    seq ?? 0,
    { namespace: namespace ?? '', workflowId: workflowId ?? '', runId: runId ?? '' },
    {
      isChildOnly: false,
      reason: `Cancel requested by workflow with run id ${run.info.runId} with reason: ${reason ?? ''}`,
    },
  );
}

/** Code may not write the attribute that lists its patches: the upsert stays, because the history may have it, empty. */
function upsert(run: Run, attributes: temporal.api.common.v1.ISearchAttributes | null | undefined): Pending {
  for (const [name, value] of Object.entries(attributes?.indexedFields ?? {})) run.upserted.set(name, value);
  const isOurs = mayUse(run.flags, CoreFlag.UpsertOnPatch, !run.isReplaying);
  const isRefused = isOurs && attributes?.indexedFields?.[changeVersionAttribute] !== undefined;
  return note('upsertSearchAttributes', upsertSearchAttributesCommand(isRefused ? {} : attributes));
}

function withMetadata(pending: Pending, { userMetadata, eventGroupMarkers }: WorkflowCommand): Pending {
  const { command } = pending;
  if (userMetadata) command.userMetadata = userMetadata;
  if (eventGroupMarkers && eventGroupMarkers.length > 0) command.eventGroupMarkers = eventGroupMarkers;
  return pending;
}

function markAsked(pending: Pending | undefined, command: WorkflowCommand): void {
  if (pending) pending.asked = command;
}
