import { temporal } from '@perdure/proto';
import { fatal, nondeterminism, ReplayError } from './errors.ts';
import { describeEvent, type Event, EventType, isClosingEvent, isCommandEvent } from './history.ts';
import { initialization } from './initialization.ts';
import { isLocalActivityMarker, readMarker } from './local-activities.ts';
import { localActivityMeets, meetsMarkerAlone, runUnmarked } from './machines/local-activity.ts';
import { isOver, isWithdrawn, meet } from './machines/machine.ts';
import { notePartingOf } from './parting.ts';
import { isPatchUpsert, patchOf } from './patches.ts';
import { randomnessSeed } from './seed.ts';
import type { Run } from './state.ts';
import { isLater, type Timestamp, toNumber } from './time.ts';

const { WorkflowTaskFailedCause } = temporal.api.enums.v1;

/** Applies one event of the history. Returns whether the event after it belongs to it and is to be passed over. */
export function applyEvent(run: Run, event: Event, next: Event | undefined, isLast: boolean): { skipNext: boolean } {
  if (isClosingEvent(event)) run.isClosed = true;
  if (isIgnorable(event)) return { skipNext: false };
  if (endsFromOutside(event)) {
    if (next !== undefined || !isLast) throw fatal('the history goes on after the workflow was terminated');
    return { skipNext: false };
  }
  if (isCommandEvent(event)) return compared(run, event, next);
  const { event: attributes } = event;
  switch (event.type) {
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
      start(run, event);
      break;
    case EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
      break;
    case EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED:
      takeFacts(run, event);
      break;
    case EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
      taskStarted(run, run.taskStarted.id, run.taskStarted.time);
      break;
    case EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
      reseed(run, event);
      break;
    case EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
      break;
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: {
      const signaled = attributes.workflowExecutionSignaledEventAttributes;
      run.jobs.push({
        signalWorkflow: {
          signalName: signaled?.signalName ?? '',
          input: signaled?.input?.payloads ?? [],
          identity: signaled?.identity ?? '',
          headers: signaled?.header?.fields ?? {},
        },
      });
      break;
    }
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
      run.jobs.push({
        cancelWorkflow: { reason: attributes.workflowExecutionCancelRequestedEventAttributes?.cause ?? '' },
      });
      break;
    default:
      meetInitiator(run, event);
  }
  return { skipNext: false };
}

/** New kinds of events say themselves whether a worker that does not know them may pass them over. */
function isIgnorable({ event, type }: Event): boolean {
  return Boolean(event.workerMayIgnore) && !(type in known);
}

const known: Partial<Record<Event['type'], true>> = Object.fromEntries(
  Object.values(EventType)
    .filter(
      (type) => typeof type === 'number' && type > 0 && type <= EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED,
    )
    .map((type) => [type, true]),
);

function endsFromOutside({ type }: Event): boolean {
  return (
    type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED ||
    type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT
  );
}

/** Lets an error say where code and history part. */
function compared(run: Run, event: Event, next: Event | undefined): { skipNext: boolean } {
  const pending = run.sent[0] ?? null;
  try {
    return applyCommandEvent(run, event, next);
  } catch (error) {
    if (error instanceof ReplayError) notePartingOf(error, { event, pending });
    throw error;
  }
}

/**
 * An event that a command became: it must be the next one that code gave. Commands that were withdrawn do not count;
 * patches that the history does not have are passed over, and so are deprecated patches that code does not ask for.
 */
function applyCommandEvent(run: Run, event: Event, next: Event | undefined): { skipNext: boolean } {
  if (isLocalActivityMarker(event)) {
    const machine = run.byId.get(`local ${readMarker(event).seq}`);
    if (machine?.kind !== 'local-activity')
      throw nondeterminism(`Missing associated machine for local activity marker ${describeEvent(event)}`);
    if (meetsMarkerAlone(machine)) {
      localActivityMeets(run, machine, event);
      return { skipNext: false };
    }
  }
  const patch = patchOf(event);
  for (;;) {
    const machine = run.sent[0]?.machine;
    if (patch && (machine?.kind !== 'patch' || (machine.patchId !== patch.patchId && patch.isDeprecated))) {
      if (patch.isDeprecated) return { skipNext: isPatchUpsert(next) };
      throw nondeterminism(
        `Non-deprecated patch marker encountered for change ${patch.patchId}, but there is no corresponding change command!`,
      );
    }
    run.sent.shift();
    if (machine === undefined) throw nondeterminism(`No command scheduled for event ${describeEvent(event)}`);
    if ((machine.kind === 'patch' && !patch) || isWithdrawn(machine)) continue;
    meet(run, machine, event);
    if (!isOver(machine)) run.byEvent.set(event.id, machine);
    return { skipNext: false };
  }
}

/** An event about something that a command began: who that is stands in the event. */
function meetInitiator(run: Run, event: Event): void {
  const initiator = initiatorOf(event);
  if (initiator === null) throw fatal(`a worker cannot understand the event ${describeEvent(event)}`);
  const machine = run.byEvent.get(initiator);
  if (!machine) {
    throw nondeterminism(
      `During event handling, this event had an initial command ID but we could not find a matching command for it: ${describeEvent(event)}`,
    );
  }
  meet(run, machine, event);
}

function initiatorOf({ event }: Event): number | null {
  const scheduled =
    event.activityTaskStartedEventAttributes ??
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes;
  if (scheduled) return toNumber(scheduled.scheduledEventId);
  if (event.timerFiredEventAttributes) return toNumber(event.timerFiredEventAttributes.startedEventId);
  const initiated =
    event.startChildWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionStartedEventAttributes ??
    event.childWorkflowExecutionCompletedEventAttributes ??
    event.childWorkflowExecutionFailedEventAttributes ??
    event.childWorkflowExecutionCanceledEventAttributes ??
    event.childWorkflowExecutionTimedOutEventAttributes ??
    event.childWorkflowExecutionTerminatedEventAttributes ??
    event.requestCancelExternalWorkflowExecutionFailedEventAttributes ??
    event.externalWorkflowExecutionCancelRequestedEventAttributes ??
    event.signalExternalWorkflowExecutionFailedEventAttributes ??
    event.externalWorkflowExecutionSignaledEventAttributes;
  return initiated ? toNumber(initiated.initiatedEventId) : null;
}

function start(run: Run, { event }: Event): void {
  const started = event.workflowExecutionStartedEventAttributes;
  if (!started) throw fatal('the first event of the history is empty');
  run.started = started;
  if (event.eventTime) setTime(run, event.eventTime);
  const { initializeWorkflow } = initialization(run.info.workflowId, started);
  run.jobs.push({ initializeWorkflow: { ...initializeWorkflow, startTime: event.eventTime ?? null } });
}

function takeFacts(run: Run, event: Event): void {
  const started = event.event.workflowTaskStartedEventAttributes;
  run.facts.historySizeBytes = started?.historySizeBytes ?? 0;
  run.facts.continueAsNewSuggested = started?.suggestContinueAsNew ?? false;
  run.facts.suggestContinueAsNewReasons = started?.suggestContinueAsNewReasons ?? [];
  run.facts.targetWorkerDeploymentVersionChanged = started?.targetWorkerDeploymentVersionChanged ?? false;
  if (!event.event.eventTime) throw fatal(`${describeEvent(event)} has no time`);
  run.taskStarted = { id: event.id, time: event.event.eventTime };
  if (event.id >= run.nextStartedEventId) taskStarted(run, run.nextStartedEventId, event.event.eventTime);
}

/** A task begins whose end is reached: time goes on, and with new work what has no marker runs. */
function taskStarted(run: Run, eventId: number, time: Timestamp | null): void {
  run.startedEventId = eventId;
  if (time) setTime(run, time);
  if (run.isReplaying) return;
  for (const machine of run.byId.values()) if (machine.kind === 'local-activity') runUnmarked(run, machine);
}

/** A reset gives the run that it makes new random numbers. */
function reseed(run: Run, { event }: Event): void {
  const failed = event.workflowTaskFailedEventAttributes;
  if (failed?.cause !== WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW) return;
  run.jobs.push({ updateRandomSeed: { randomnessSeed: randomnessSeed(failed.newRunId ?? '') } });
}

function setTime(run: Run, time: Timestamp): void {
  if (run.time === null || isLater(time, run.time)) run.time = time;
}
