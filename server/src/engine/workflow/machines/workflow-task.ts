import {
  EventType,
  SuggestContinueAsNewReason,
  TaskQueueKind,
  TimeoutType,
  WorkflowTaskFailedCause,
} from '@perdure/api/enums';
import type { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { durationMs, toDuration } from '../../../kernel/time.ts';
import { emptyWorkflowTask } from '../empty.ts';
import { addEvent, endBatch, flushBuffered, hasBufferedEvents, nextEventId } from '../events.ts';
import { clearProblem, failedBecause, reportProblem, timedOut } from '../reported-problems.ts';
import { noteResetPoint } from '../reset-points.ts';
import type { QueueRef, Run, WorkflowTask } from '../state.ts';
import type { Transition } from '../transition.ts';
import { deploymentFields } from '../worker-deployment.ts';

/**
 * The workflow task: at most one is open per run.
 *
 *             schedule            start              complete
 *   (none) ──────────▶ Scheduled ───────▶ Started ───────────────▶ (none, attempt 1)
 *      ▲                   │                 │ fail, time out
 *      │  no worker took   │                 ▼
 *      └───── it in time ──┴────────▶ (none, attempt + 1; after a sticky task: attempt stays, stickiness ends)
 *
 * The same events are written at different moments, see `WorkflowTask.recorded`:
 *   normal       SCHEDULED and STARTED at once
 *   transient    (attempt 2 and later) both together with COMPLETED; a failure writes nothing more
 *   speculative  (for an update only) both as soon as anything else is written; nothing at all if every update was rejected
 *
 * Reference: history/workflow (workflow task state machine).
 */

/** Attempts up to this one have the plain timeout. */
const UNSTRETCHED_ATTEMPTS = 3;
const STRETCH_FIRST_MS = 5_000;
const SPECULATIVE_SCHEDULE_TO_START_MS = 5_000;
/** Workflows are told to continue as new from this share of the limit of updates on. */
const TOO_MANY_UPDATES = 0.9;
/** The stretch varies by this much, so that failing runs do not retry in step. */
const STRETCH_JITTER = 0.2;

const isTransient = (t: Transition): boolean => t.run.head.workflowTaskAttempt > 1;

/** The queue of the next workflow task: the sticky one while a worker has the run in its cache. */
export function currentQueue(run: Run): QueueRef {
  const normalName = run.started.taskQueue?.name ?? '';
  const { sticky } = run.head;
  return sticky
    ? { name: sticky.queue, kind: TaskQueueKind.STICKY, normalName }
    : { name: normalName, kind: TaskQueueKind.NORMAL, normalName: '' };
}

export interface ScheduleOptions {
  readonly speculative?: boolean;
  /** Of a heartbeat: when the chain of tasks began. */
  readonly originalScheduledTime?: number;
}

/** Makes the next workflow task. The caller has seen to it that none is open. */
export function scheduleWorkflowTask(t: Transition, options: ScheduleOptions = {}): void {
  const { run } = t;
  const { head } = run;
  if (head.workflowTask) throw new Error(`a workflow task of ${run.key.runId} is open already`);
  let speculative = options.speculative ?? false;
  if (hasBufferedEvents(t)) {
    // New events end a failure streak, and what they cause cannot be left out of history.
    head.workflowTaskAttempt = 1;
    speculative = false;
    flushBuffered(t);
  }
  const attempt = head.workflowTaskAttempt;
  const recorded = attempt === 1 && !speculative;
  const queue = currentQueue(run);
  const startToCloseTimeout = taskTimeout(t, attempt);
  const task: WorkflowTask = {
    ...emptyWorkflowTask,
    speculative,
    recorded,
    scheduledEventId: nextEventId(t),
    attempt,
    stamp: ++head.workflowTaskStamp,
    queue,
    startToCloseTimeout,
    scheduleToStartDeadline: scheduleToStartDeadline(t, speculative),
    scheduledTime: t.now,
    originalScheduledTime: options.originalScheduledTime ?? t.now,
  };
  if (recorded) addScheduledEvent(t, task);
  head.workflowTask = task;
}

/** Makes a workflow task unless one is open or the run is held back (start delay, back-off, parent's word, pause). */
export function ensureWorkflowTask(t: Transition): void {
  const { head } = t.run;
  if (head.closeEventId !== 0 || head.workflowTask || head.backoffUntil !== null || head.awaitsParent) return;
  if (head.pause) return;
  scheduleWorkflowTask(t);
}

export interface StartOptions {
  readonly requestId: string;
  readonly identity: string;
}

/** A worker takes the task. */
export function startWorkflowTask(t: Transition, options: StartOptions): WorkflowTask {
  const { head } = t.run;
  let task = openTask(t);
  const historySizeBytes = head.historySize;
  const suggestContinueAsNewReasons = reasonsToContinueAsNew(t);
  if (!task.recorded && task.scheduledEventId !== nextEventId(t)) {
    // Events came since the unwritten task was made: it becomes a normal one.
    task = {
      ...task,
      attempt: 1,
      speculative: false,
      recorded: true,
      scheduledEventId: nextEventId(t),
      scheduledTime: t.now,
    };
    head.workflowTaskAttempt = 1;
    addScheduledEvent(t, task);
  }
  task = {
    ...task,
    startedEventId: task.scheduledEventId + 1,
    startedTime: t.now,
    scheduleToStartDeadline: null,
    requestId: options.requestId,
    identity: options.identity,
    suggestContinueAsNewReasons,
    historySizeBytes,
  };
  if (task.recorded) task = { ...task, startedEventId: addStartedEvent(t, task) };
  head.workflowTask = task;
  return task;
}

/**
 * The worker's answer. Returns the id of the COMPLETED event, or 0 when the task leaves no trace
 * (speculative, and every update it brought was rejected).
 */
export function completeWorkflowTask(
  t: Transition,
  request: RespondWorkflowTaskCompletedRequest,
  leavesNoTrace: boolean,
): number {
  const { head } = t.run;
  const task = openTask(t);
  head.workflowTask = null;
  head.closeAttempted = false;
  head.workflowTaskAttempt = 1;
  head.attemptsSinceLastSuccess = 0;
  if (leavesNoTrace) return 0;
  const written = task.recorded ? task : writeLate(t, task, request.identity);
  const completed = addEvent(t, EventType.WORKFLOW_TASK_COMPLETED, {
    workflowTaskCompletedEventAttributes: {
      scheduledEventId: written.scheduledEventId,
      startedEventId: written.startedEventId,
      identity: request.identity,
      binaryChecksum: request.binaryChecksum,
      workerVersion: request.workerVersionStamp,
      sdkMetadata: request.sdkMetadata,
      meteringMetadata: request.meteringMetadata,
      ...deploymentFields(request),
    },
  });
  head.previousStartedEventId = written.startedEventId;
  head.lastCompletedEventId = completed;
  clearProblem(t);
  noteResetPoint(t, completed, request.binaryChecksum, request.workerVersionStamp?.buildId ?? '');
  return completed;
}

export interface TaskFailure {
  readonly cause: WorkflowTaskFailedCause;
  readonly failure: Uint8Array | null;
  readonly identity: string;
  readonly binaryChecksum: string;
}

/** Ends the task without a result. One event per failure streak: later attempts write none. */
export function failWorkflowTask(t: Transition, { cause, failure, identity, binaryChecksum }: TaskFailure): void {
  let task = openTask(t);
  if (task.speculative) task = writeLate(t, task, identity);
  if (!isTransient(t)) {
    addEvent(t, EventType.WORKFLOW_TASK_FAILED, {
      workflowTaskFailedEventAttributes: {
        scheduledEventId: task.scheduledEventId,
        startedEventId: task.startedEventId,
        cause,
        failure,
        identity,
        binaryChecksum,
      },
    });
    t.run.head.taskProblem = failedBecause(cause);
  }
  endAttempt(t, true);
  if (cause === WorkflowTaskFailedCause.UNHANDLED_COMMAND) t.run.head.closeAttempted = true;
  if (cause === WorkflowTaskFailedCause.FAILOVER_CLOSE_COMMAND || cause === WorkflowTaskFailedCause.RESET_WORKFLOW)
    t.run.head.workflowTaskAttempt = 1;
}

/** The worker did not answer in time. */
export function timeOutWorkflowTask(t: Transition): void {
  let task = openTask(t);
  if (task.speculative) task = writeLate(t, task, '');
  if (!isTransient(t)) {
    addTimedOutEvent(t, task, TimeoutType.START_TO_CLOSE);
    t.run.head.taskProblem = timedOut;
  }
  endAttempt(t, true);
}

/** No worker took the task in time from its sticky queue (or, speculative, from any). */
export function timeOutUnstartedWorkflowTask(t: Transition): void {
  let task = openTask(t);
  if (task.speculative) {
    task = { ...task, scheduledEventId: nextEventId(t) };
    addScheduledEvent(t, task);
  }
  addTimedOutEvent(t, task, TimeoutType.SCHEDULE_TO_START);
  endAttempt(t, false);
}

/** Writes the events of an open speculative task, because something else is being written and may not overtake it. */
export function recordSpeculativeTask(t: Transition): void {
  const { head } = t.run;
  const task = head.workflowTask;
  if (!task?.speculative) return;
  // Without a task in the head its own events are not held back.
  head.workflowTask = null;
  const scheduled = { ...task, speculative: false, recorded: true, scheduledEventId: nextEventId(t) };
  addScheduledEvent(t, scheduled);
  const startedEventId = task.startedEventId === 0 ? 0 : addStartedEvent(t, { ...scheduled, identity: '' });
  head.workflowTask = { ...scheduled, startedEventId };
}

/** Takes back a task that no worker has taken yet, as the run is being paused. It counts for nothing. */
export function withdrawWorkflowTask(t: Transition): void {
  const { head } = t.run;
  const task = openTask(t);
  head.workflowTask = null;
  head.workflowTaskAttempt = 1;
  head.sticky = null;
  if (!task.recorded) return;
  addEvent(t, EventType.WORKFLOW_TASK_FAILED, {
    workflowTaskFailedEventAttributes: {
      scheduledEventId: task.scheduledEventId,
      cause: WorkflowTaskFailedCause.WORKFLOW_PAUSE_REQUESTED_BEFORE_TASK_STARTED,
      identity: 'history-service',
    },
  });
}

/** Drops the open task without a word, as a closing run does. */
export function dropWorkflowTask(t: Transition): void {
  t.run.head.workflowTask = null;
}

function openTask(t: Transition): WorkflowTask {
  const task = t.run.head.workflowTask;
  if (!task) throw new Error(`no workflow task of ${t.run.key.runId} is open`);
  return task;
}

function endAttempt(t: Transition, counts: boolean): void {
  const { head } = t.run;
  if (head.workflowTask?.startedEventId !== 0) head.closeAttempted = false;
  head.workflowTask = null;
  const wasSticky = head.sticky !== null;
  head.sticky = null;
  if (counts && !wasSticky) {
    head.workflowTaskAttempt++;
    head.attemptsSinceLastSuccess++;
    reportProblem(t);
  } else {
    head.workflowTaskAttempt = 1;
  }
}

/** Writes SCHEDULED and STARTED of a task that was kept out of history until now. */
function writeLate(t: Transition, task: WorkflowTask, identity: string): WorkflowTask {
  t.run.head.workflowTask = null;
  const scheduled = { ...task, identity, recorded: true, speculative: false, scheduledEventId: nextEventId(t) };
  addScheduledEvent(t, scheduled);
  return { ...scheduled, startedEventId: addStartedEvent(t, scheduled) };
}

function scheduleToStartDeadline(t: Transition, speculative: boolean): number | null {
  const { sticky } = t.run.head;
  if (sticky) return t.now + sticky.scheduleToStartTimeout;
  return speculative ? t.now + SPECULATIVE_SCHEDULE_TO_START_MS : null;
}

function taskTimeout(t: Transition, attempt: number): number {
  const timeout = durationMs(t.run.started.workflowTaskTimeout);
  if (attempt <= UNSTRETCHED_ATTEMPTS) return timeout;
  const stretch = Math.min(
    STRETCH_FIRST_MS * 2 ** (attempt - UNSTRETCHED_ATTEMPTS - 1),
    t.limits.workflowTaskRetryMaxInterval,
  );
  return timeout + Math.round(stretch * (1 - STRETCH_JITTER * t.random.float()));
}

function reasonsToContinueAsNew(t: Transition): SuggestContinueAsNewReason[] {
  const reasons: SuggestContinueAsNewReason[] = [];
  if (t.run.head.historySize >= t.limits.historySizeSuggestContinueAsNew)
    reasons.push(SuggestContinueAsNewReason.HISTORY_SIZE_TOO_LARGE);
  if (nextEventId(t) >= t.limits.historyCountSuggestContinueAsNew)
    reasons.push(SuggestContinueAsNewReason.TOO_MANY_HISTORY_EVENTS);
  const { updates, pendingUpdates } = t.run;
  if (updates.size + pendingUpdates.size >= Math.ceil(t.limits.maxUpdates * TOO_MANY_UPDATES))
    reasons.push(SuggestContinueAsNewReason.TOO_MANY_UPDATES);
  return reasons;
}

/** Attributes of the SCHEDULED event, also for tasks that are shown before they are written. */
export function scheduledAttributes(task: WorkflowTask) {
  return {
    taskQueue: task.queue,
    startToCloseTimeout: toDuration(task.startToCloseTimeout),
    attempt: task.attempt,
  };
}

/** Attributes of the STARTED event, likewise. */
export function startedAttributes(task: WorkflowTask) {
  return {
    scheduledEventId: task.scheduledEventId,
    identity: task.identity,
    requestId: task.requestId,
    suggestContinueAsNew: task.suggestContinueAsNewReasons.length > 0,
    suggestContinueAsNewReasons: [...task.suggestContinueAsNewReasons],
    historySizeBytes: task.historySizeBytes,
  };
}

function addScheduledEvent(t: Transition, task: WorkflowTask): void {
  // An update can make a task before the start delay or back-off is over; once that is in history, it is over.
  t.run.head.backoffUntil = null;
  addEvent(
    t,
    EventType.WORKFLOW_TASK_SCHEDULED,
    { workflowTaskScheduledEventAttributes: scheduledAttributes(task) },
    task.scheduledTime,
  );
}

function addStartedEvent(t: Transition, task: WorkflowTask): number {
  const id = addEvent(
    t,
    EventType.WORKFLOW_TASK_STARTED,
    { workflowTaskStartedEventAttributes: startedAttributes(task) },
    task.startedTime,
  );
  endBatch(t);
  return id;
}

function addTimedOutEvent(t: Transition, task: WorkflowTask, timeoutType: TimeoutType): void {
  addEvent(t, EventType.WORKFLOW_TASK_TIMED_OUT, {
    workflowTaskTimedOutEventAttributes: {
      scheduledEventId: task.scheduledEventId,
      startedEventId: task.startedEventId,
      timeoutType,
    },
  });
}
