import type { temporal } from '@perdure/proto';
import { applyEvent } from './apply-event.ts';
import { fatal } from './errors.ts';
import { learn } from './flags.ts';
import { type Event, EventType, hasNextTask, isCommandEvent, peekNextTask, takeNextTask } from './history.ts';
import { isLocalActivityMarker, readMarker } from './local-activities.ts';
import { markerSeen } from './machines/local-activity.ts';
import { requestUpdate } from './machines/update.ts';
import { acceptedMessage, admittedMessage, type IncomingMessage } from './messages.ts';
import { patchOf } from './patches.ts';
import type { Run } from './state.ts';

/** Whether the next task's events are there; if not, another page of the history is needed first. */
export function isReady(run: Run): boolean {
  return run.isClosed || hasNextTask(run.history, run.startedEventId);
}

/**
 * Applies the next task of the history to the run: its events, the messages that belong before them, and ahead of time
 * what the end of the task will say of patches, local activities and updates, which code must find as it did when the
 * task was new. Returns how many events there were; none means that the history is used up.
 */
export function applyNextTask(run: Run): number {
  if (run.isClosed) {
    run.isReplaying = false;
    return 0;
  }
  if (!isReady(run)) throw fatal('a task was to be applied before its history was there');
  const from = run.startedEventId;
  const { events: taken, isLast } = takeNextTask(run.history, from);
  const events = taken.filter(({ id }) => id > run.lastEventId);
  for (const event of events) learnFromCompletion(run, event);
  const last = events.at(-1);
  if (last) {
    const completion = nextCompletion(run.history);
    if (completion) learnFromCompletion(run, completion);
    if (last.type === EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED) run.nextStartedEventId = last.id;
  } else {
    run.isReplaying = false;
  }
  run.isAtLastTask = isLast;
  const admitted = applyEvents(run, events, isLast);
  lookAhead(run, from, admitted);
  return events.length;
}

function applyEvents(run: Run, events: readonly Event[], isLast: boolean): Map<string, IncomingMessage> {
  const admitted = new Map<string, IncomingMessage>();
  let skip = false;
  for (const [index, event] of events.entries()) {
    if (event.id !== run.lastEventId + 1)
      throw fatal(`the history is out of order: event ${event.id} after event ${run.lastEventId}`);
    if (isLast && isNews(run, event)) run.isReplaying = false;
    const isAdmission = event.type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED;
    if (isAdmission) {
      const message = admittedMessage(event);
      if (run.isReplaying) admitted.set(message.protocolInstanceId, message);
      else run.messages.push(message);
    }
    handleMessagesBefore(run, event.id);
    skip = !skip && !isAdmission && applyEvent(run, event, events[index + 1], isLast).skipNext;
    run.lastEventId = event.id;
  }
  return admitted;
}

/** Whether an event tells something new: one after the last completed task that no command of that task became. */
function isNews(run: Run, event: Event): boolean {
  return (
    event.id > run.history.previousStartedEventId &&
    event.type !== EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED &&
    !isCommandEvent(event)
  );
}

function handleMessagesBefore(run: Run, eventId: number): void {
  if (run.messages.length === 0) return;
  const isDue = ({ afterEventId }: IncomingMessage) => afterEventId !== null && afterEventId <= eventId - 1;
  const due = run.messages.filter(isDue);
  run.messages = run.messages.filter((message) => !isDue(message));
  for (const message of due) requestUpdate(run, message);
}

function lookAhead(run: Run, from: number, admitted: Map<string, IncomingMessage>): void {
  const later: (() => void)[] = [];
  for (const event of peekNextTask(run.history, from)) {
    const patch = patchOf(event);
    if (patch) {
      run.patches.set(patch.patchId, { hasCommand: false });
      run.jobs.push({ notifyHasPatch: { patchId: patch.patchId } });
    } else if (isLocalActivityMarker(event)) {
      const marker = readMarker(event);
      if (run.byId.has(`local ${marker.seq}`)) later.push(() => markerSeen(run, marker));
      else run.localActivities.known.set(marker.seq, marker);
    } else if (event.type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED) {
      const accepted = acceptedMessage(event);
      const message = admitted.get(accepted.protocolInstanceId) ?? accepted;
      later.push(() => requestUpdate(run, message));
    }
  }
  for (const act of later) act();
}

function nextCompletion({ events, at }: Run['history']): Event | undefined {
  for (let index = at; index < events.length; index++)
    if (events[index]?.type === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) return events[index];
  return undefined;
}

/** Flags and version of a completed task hold for the code that runs in it, so they are learnt ahead of it. */
function learnFromCompletion(run: Run, { event }: Event): void {
  const completed = event.workflowTaskCompletedEventAttributes;
  if (!completed) return;
  learn(run.flags, completed.sdkMetadata);
  const version = versionOf(completed);
  if (version) run.facts.deploymentVersion = version;
}

function versionOf(
  completed: temporal.api.history.v1.IWorkflowTaskCompletedEventAttributes,
): { deploymentName: string; buildId: string } | null {
  const { deploymentVersion, workerDeploymentVersion, workerDeploymentName, workerVersion } = completed;
  if (deploymentVersion)
    return { deploymentName: deploymentVersion.deploymentName ?? '', buildId: deploymentVersion.buildId ?? '' };
  if (workerDeploymentVersion?.includes('.')) {
    const dot = workerDeploymentVersion.indexOf('.');
    return {
      deploymentName: workerDeploymentVersion.slice(0, dot),
      buildId: workerDeploymentVersion.slice(dot + 1),
    };
  }
  if (!workerDeploymentName && !workerVersion?.buildId) return null;
  return { deploymentName: workerDeploymentName ?? '', buildId: workerVersion?.buildId ?? '' };
}
