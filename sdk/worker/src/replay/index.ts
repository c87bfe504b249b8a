/**
 * Replay: what a worker knows of a run, and what follows from it. Pure: events go in and activations come out,
 * completions go in and commands come out. `README.md` tells how a task flows.
 */
import type { coresdk, temporal } from '@perdure/proto';
import Long from 'long';
import { applyCommands } from './apply-completion.ts';
import { applyNextTask, isReady } from './apply-task.ts';
import { fatal } from './errors.ts';
import { metadataForCompletion } from './flags.ts';
import { eventsOf } from './history.ts';
import { type LocalActivityResult, outstanding } from './local-activities.ts';
import { localActivityEnded } from './machines/local-activity.ts';
import { isOver } from './machines/machine.ts';
import { readMessages } from './messages.ts';
import type { Run } from './state.ts';
import { after, type Timestamp, timestampOf, toNumber } from './time.ts';

export { ReplayError } from './errors.ts';
export { explain } from './explain.ts';
export type { LocalActivityResult } from './local-activities.ts';
export { createRun, type DeploymentVersion, type Run, type RunInfo } from './state.ts';
export { timestampOf, toNumber } from './time.ts';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** A workflow task as the server hands it out: `PollWorkflowTaskQueueResponse` without what replay has no use for. */
export type Task = {
  /** Whole from the first event, or for a run that is known the events that are new. */
  readonly events: readonly HistoryEvent[];
  /** Whether `events` reach to the task's start; if not, more pages follow with `addPage`. */
  readonly isComplete: boolean;
  readonly previousStartedEventId: number;
  readonly messages: readonly temporal.api.protocol.v1.IMessage[];
};

/**
 * Takes in a task and applies as much of it as the code is to see first. `isReady` must hold for a fresh run after the
 * pages that were given; it throws a `ReplayError` if the history cannot be replayed.
 */
export function feedTask(run: Run, { events, isComplete, previousStartedEventId, messages }: Task): void {
  run.history = { events: eventsOf(events), at: 0, isComplete, previousStartedEventId };
  run.messages = readMessages(messages);
  run.isReplaying = previousStartedEventId > 0;
  if (isReady(run)) advance(run);
}

/** Applies tasks until there is something to tell the code, or the history is used up, or a page is missing. */
function advance(run: Run): void {
  while (run.jobs.length === 0 && isReady(run)) if (applyNextTask(run) === 0 || !run.isReplaying) return;
}

/** Another page of the history, when `needsPage` said that one is needed. */
export function addPage(run: Run, events: readonly HistoryEvent[], isComplete: boolean): void {
  run.history.events.push(...eventsOf(events));
  run.history.isComplete = isComplete;
}

/** Whether another page must be added before the run can go on. */
export function needsPage(run: Run): boolean {
  return !isReady(run);
}

export function hasJobs(run: Run): boolean {
  return run.jobs.length > 0;
}

/**
 * What the code is to be told next, or null if there is nothing. Taking it does not change the run, apart from that its
 * jobs are handed out. `needsPage` must be false.
 */
export function nextActivation(run: Run): Activation | null {
  advance(run);
  if (run.jobs.length === 0) return null;
  const jobs = run.jobs;
  run.jobs = [];
  return activationOf(run, jobs.sort(byTurn), run.isReplaying);
}

/** The questions of clients, which are asked when the code has been told everything else. Nothing may come of them. */
export function queryActivation(run: Run, queries: readonly coresdk.workflow_activation.IQueryWorkflow[]): Activation {
  return activationOf(
    run,
    queries.map((queryWorkflow) => ({ queryWorkflow })),
    true,
  );
}

/** Tells the code that the run leaves this worker's memory. */
export function evictionOf(
  run: Run,
  message: string,
  reason: coresdk.workflow_activation.RemoveFromCache.EvictionReason,
): Activation {
  return activationOf(run, [{ removeFromCache: { message, reason } }], run.isReplaying);
}

function activationOf(run: Run, jobs: Activation['jobs'], isReplaying: boolean): Activation {
  const { facts, info, flags } = run;
  if (!isReplaying) facts.deploymentVersion = info.deploymentVersion;
  return {
    runId: info.runId,
    timestamp: run.time,
    isReplaying,
    historyLength: run.lastEventId,
    jobs: jobs ?? [],
    availableInternalFlags: [...flags.lang],
    historySizeBytes: sizeOf(facts.historySizeBytes),
    continueAsNewSuggested: facts.continueAsNewSuggested,
    suggestContinueAsNewReasons: facts.suggestContinueAsNewReasons,
    targetWorkerDeploymentVersionChanged: facts.targetWorkerDeploymentVersionChanged,
    deploymentVersionForCurrentTask: facts.deploymentVersion,
    lastSdkVersion: flags.lastSdkVersion,
  };
}

/** Within an activation: the start, patches, the seed, signals and updates, what ended, local activities last. */
function byTurn(a: coresdk.workflow_activation.IWorkflowActivationJob, b: typeof a): number {
  return turnOf(a) - turnOf(b);
}

function turnOf(job: coresdk.workflow_activation.IWorkflowActivationJob): number {
  if (job.initializeWorkflow) return 0;
  if (job.notifyHasPatch) return 1;
  if (job.updateRandomSeed) return 2;
  if (job.signalWorkflow || job.doUpdate) return 3;
  if (job.resolveActivity?.isLocal) return 5;
  return 4;
}

/**
 * Takes in what the code did in an activation and goes on with the history as far as the code has nothing to be told.
 * Returns the answers to queries, which concern nobody here. Throws a `ReplayError` where code and history part.
 */
export function applyCompletion(
  run: Run,
  { commands, usedInternalFlags }: coresdk.workflow_completion.ISuccess,
  nowMs: number,
): { readonly queryResults: coresdk.workflow_commands.IQueryResult[] } {
  for (const flag of usedInternalFlags ?? []) run.flags.newLang.add(flag);
  const queryResults = (commands ?? []).flatMap(({ respondToQuery }) => (respondToQuery ? [respondToQuery] : []));
  const others = (commands ?? []).filter(({ respondToQuery }) => !respondToQuery);
  applyCommands(run, others, timestampOf(nowMs));
  advance(run);
  return { queryResults };
}

/** The local activities that are to be started and stopped now. Whoever takes them must do it. */
export function takeLocalActivityRequests(run: Run): {
  readonly toStart: coresdk.workflow_commands.IScheduleLocalActivity[];
  readonly toCancel: number[];
  readonly cancelAll: boolean;
} {
  const local = run.localActivities;
  if (local.isOver) return { toStart: [], toCancel: [], cancelAll: true };
  const { toStart, toCancel } = local;
  local.toStart = [];
  local.toCancel = [];
  for (const { seq } of toStart) local.running.add(seq ?? 0);
  return { toStart, toCancel, cancelAll: false };
}

/** How many local activities a completion has to wait for. */
export function outstandingLocalActivities(run: Run): number {
  return outstanding(run.localActivities);
}

/** A local activity that was started has ended, after `runtimeMs`. */
export function resolveLocalActivity(
  run: Run,
  seq: number,
  ended: {
    readonly result: LocalActivityResult;
    readonly runtimeMs: number;
    readonly attempt: number;
    readonly backoff: temporal.api.workflowservice.v1.IPollActivityTaskQueueResponse['startToCloseTimeout'];
    readonly originalScheduleTime: Timestamp | null;
  },
): void {
  const machine = run.byId.get(`local ${seq}`);
  if (machine?.kind !== 'local-activity') throw fatal(`there is no local activity ${seq}`);
  const { result, runtimeMs, attempt, backoff, originalScheduleTime } = ended;
  const completeTime = machine.askedAt && after(machine.askedAt, runtimeMs);
  localActivityEnded(run, machine, { result, completeTime, attempt, backoff: backoff ?? null, originalScheduleTime });
  run.localActivities.running.delete(seq);
  applyCommands(run, [], timestampOf(0));
}

/**
 * Whether the task can be answered: the code has been told everything, and what it did is new work. A run whose end the
 * history has is never answered.
 */
export function canAnswer(run: Run): boolean {
  return run.jobs.length === 0 && !run.isReplaying && !run.isClosed && isReady(run);
}

/** The answer to the task: what is to be sent and was not met as an event. The messages are handed out once. */
export function takeAnswer(run: Run): {
  readonly commands: temporal.api.command.v1.ICommand[];
  readonly messages: temporal.api.protocol.v1.IMessage[];
  readonly sdkMetadata: temporal.api.sdk.v1.IWorkflowTaskCompletedMetadata;
} {
  run.facts.deploymentVersion = run.info.deploymentVersion;
  const commands = run.sent.filter(({ machine }) => !isOver(machine)).map(({ command }) => command);
  const messages = run.outbox;
  run.outbox = [];
  return { commands, messages, sdkMetadata: metadataForCompletion(run.flags, run.info.sdk) };
}

/** The server dropped the task that was just answered: it was made for an update that code rejected. */
export function forgetLastTask(run: Run, resetHistoryEventId: number): void {
  run.startedEventId = resetHistoryEventId;
  run.lastEventId -= 2;
}

function sizeOf(size: Run['facts']['historySizeBytes']): Long {
  return Long.fromNumber(toNumber(size));
}
