import { HandlerUnfinishedPolicy } from '@perdure/common';
import type { ActivatorState, MessageHandlerExecution } from './activator-state.ts';
import { log } from './logs.ts';

/** To be called when the run has ended: warns of handlers that it cut off, unless they were set not to mind. */
export function warnIfUnfinishedHandlers(activator: ActivatorState): void {
  if (activator.workflowTaskError) return;
  const updates = [...activator.inProgressUpdates.values()].filter(isToBeWarnedOf);
  if (updates.length > 0) log.warn(updateWarning(updates));
  const signals = [...activator.inProgressSignals.values()].filter(isToBeWarnedOf);
  if (signals.length > 0) log.warn(signalWarning(signals));
}

const isToBeWarnedOf = ({ unfinishedPolicy }: MessageHandlerExecution): boolean =>
  unfinishedPolicy === HandlerUnfinishedPolicy.WARN_AND_ABANDON;

// Those who search logs for these texts know them from the official SDK.

function updateWarning(updates: readonly MessageHandlerExecution[]): string {
  const unfinished = updates.map(({ name, id }) => ({ name, id }));
  return [
    '[TMPRL1102] Workflow finished while an update handler was still running. This may have interrupted work that the',
    "update handler was doing, and the client that sent the update will receive a 'workflow execution",
    "already completed' RPCError instead of the update result. You can wait for all update and signal",
    'handlers to complete by using `await workflow.condition(workflow.allHandlersFinished)`.',
    'Alternatively, if both you and the clients sending the update are okay with interrupting running handlers',
    'when the workflow finishes, and causing clients to receive errors, then you can disable this warning by',
    'passing an option when setting the handler:',
    '`workflow.setHandler(myUpdate, myUpdateHandler, {unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON});`.',
    'The following updates were unfinished (and warnings were not disabled for their handler):',
    JSON.stringify(unfinished),
  ].join(' ');
}

function signalWarning(signals: readonly MessageHandlerExecution[]): string {
  const counts = new Map<string, number>();
  for (const { name } of signals) counts.set(name, (counts.get(name) ?? 0) + 1);
  const unfinished = Array.from(counts, ([name, count]) => ({ name, count }));
  return [
    '[TMPRL1102] Workflow finished while a signal handler was still running. This may have interrupted work that the',
    'signal handler was doing. You can wait for all update and signal handlers to complete by using',
    '`await workflow.condition(workflow.allHandlersFinished)`. Alternatively, if both you and the',
    'clients sending the update are okay with interrupting running handlers when the workflow finishes,',
    'then you can disable this warning by passing an option when setting the handler:',
    '`workflow.setHandler(mySignal, mySignalHandler, {unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON});`.',
    'The following signals were unfinished (and warnings were not disabled for their handler):',
    JSON.stringify(unfinished),
  ].join(' ');
}
