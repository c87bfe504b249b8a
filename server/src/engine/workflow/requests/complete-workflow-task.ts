import type { Init } from '@perdure/api';
import { WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { Message } from '@perdure/api/protocol';
import type { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { enumName } from '../../../kernel/enum-names.ts';
import type { ServiceError } from '../../../kernel/errors.ts';
import { failedPrecondition, invalidArgument, notFound } from '../../../kernel/errors.ts';
import { durationMs } from '../../../kernel/time.ts';
import { isOpen } from '../close.ts';
import type { Completion, Refused } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import { checkSequence } from '../commands/sequence.ts';
import { flushBuffered, hasBufferedEvents, nextEventId } from '../events.ts';
import {
  abortSentUpdates,
  handleMessage,
  hasUpdateToSend,
  rejectUnprocessed,
  sendUpdates,
} from '../machines/update.ts';
import {
  completeWorkflowTask as completeTask,
  ensureWorkflowTask,
  failWorkflowTask,
  scheduleWorkflowTask,
  startWorkflowTask,
  timeOutWorkflowTask,
} from '../machines/workflow-task.ts';
import type { Activity, WorkflowTask } from '../state.ts';
import type { Transition } from '../transition.ts';
import { rollBackTo, savepoint } from '../transition.ts';
import { startEagerActivities } from './start-activity-task.ts';
import { terminateRun } from './terminate.ts';

/** What a task token says of the workflow task that it stands for. */
export interface TaskReference {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly attempt: number;
  readonly startedTime: number;
}

export interface Completed {
  /** The follow-up task, already started, that goes back with the answer. */
  readonly newTask: WorkflowTask | null;
  /** The updates that go with it. */
  readonly messages: readonly Init<Message>[];
  /** Set when a speculative task left no trace: the worker goes back to this event. */
  readonly resetHistoryEventId: number;
  /** Started for the worker that completes the task. */
  readonly eagerActivities: readonly Activity[];
  /** The completion was refused; this is to be thrown once the failure of the task is durable. */
  readonly error: ServiceError | null;
}

/** A worker's answer to its workflow task. Reference: history/api/respondworkflowtaskcompleted. */
export function completeWorkflowTask(
  t: Transition,
  reference: TaskReference,
  request: RespondWorkflowTaskCompletedRequest,
): Completed {
  const task = startedTask(t, reference);
  if (request.forceCreateNewWorkflowTask && t.run.head.pause)
    throw failedPrecondition('Workflow is paused and force create new workflow task is not allowed.');
  checkSequence(request.commands);
  const point = savepoint(t);
  const heartbeat =
    request.forceCreateNewWorkflowTask && request.commands.length === 0 && request.messages.length === 0;
  if (heartbeat && t.now > task.originalScheduledTime + t.limits.workflowTaskHeartbeatTimeout)
    return heartbeatTimedOut(t);

  const noTrace = task.speculative && leavesNoTrace(t, request);
  const completedEventId = completeTask(t, request, noTrace);
  setSticky(t, request);
  const completion: Completion = {
    completedEventId,
    identity: request.identity,
    scheduledEventId: task.scheduledEventId,
    unseenEvents: hasBufferedEvents(t),
    needsTask: false,
    messages: new Map(request.messages.map((message) => [message.id, message])),
    eagerActivities: [],
  };
  const refusal = applyAll(t, request, completion);
  if (refusal) {
    rollBackTo(t, point);
    return refuse(t, task, refusal, request);
  }
  if (isOpen(t.run) && !request.forceCreateNewWorkflowTask) rejectUnprocessed(t);
  const newTask = followUp(t, request, completion, heartbeat ? task.originalScheduledTime : undefined);
  return {
    newTask,
    messages: newTask ? sendUpdates(t, newTask, !request.forceCreateNewWorkflowTask) : [],
    resetHistoryEventId: noTrace ? t.run.head.previousStartedEventId : 0,
    eagerActivities: startEagerActivities(t, completion.eagerActivities, request.identity),
    error: null,
  };
}

/** The task that a token stands for, if a worker still has it. */
export function startedTask(t: Transition, reference: TaskReference): WorkflowTask {
  const task = t.run.head.workflowTask;
  if (
    !task ||
    task.startedEventId === 0 ||
    task.scheduledEventId !== reference.scheduledEventId ||
    task.startedEventId !== reference.startedEventId ||
    task.attempt !== reference.attempt ||
    task.startedTime !== reference.startedTime
  )
    throw notFound('Workflow task not found.');
  return task;
}

function applyAll(t: Transition, request: RespondWorkflowTaskCompletedRequest, completion: Completion): Refused | null {
  for (const command of request.commands) {
    const apply = commands.get(command.commandType);
    if (!apply) throw new Error(`command ${command.commandType} was let through`);
    const refusal = apply(t, command, completion);
    if (refusal) return refusal;
  }
  for (const message of [...completion.messages.values()]) {
    const refusal = handleMessage(t, message);
    if (refusal) return refusal;
  }
  return null;
}

/** Reference: a rejection of every update is not worth history, unless many events went out with the task. */
function leavesNoTrace(t: Transition, request: RespondWorkflowTaskCompletedRequest): boolean {
  if (request.commands.length > 0 || request.forceCreateNewWorkflowTask) return false;
  const mayDropEvents = request.capabilities?.discardSpeculativeWorkflowTaskWithEvents ?? false;
  const newEvents = nextEventId(t) - t.run.head.previousStartedEventId - 2;
  if (newEvents > (mayDropEvents ? t.limits.discardSpeculativeMaxEvents : 0)) return false;
  return request.messages.every((message) => message.body?.type_url.endsWith('/temporal.api.update.v1.Rejection'));
}

function setSticky(t: Transition, { stickyAttributes }: RespondWorkflowTaskCompletedRequest): void {
  const queue = stickyAttributes?.workerTaskQueue?.name ?? '';
  const { head } = t.run;
  const scheduleToStartTimeout = durationMs(stickyAttributes?.scheduleToStartTimeout);
  if (queue === '') head.sticky = null;
  else if (head.sticky?.queue !== queue || head.sticky.scheduleToStartTimeout !== scheduleToStartTimeout)
    head.sticky = { queue, scheduleToStartTimeout };
}

function followUp(
  t: Transition,
  request: RespondWorkflowTaskCompletedRequest,
  completion: Completion,
  originalScheduledTime: number | undefined,
): WorkflowTask | null {
  if (!isOpen(t.run) || t.run.head.pause) return null;
  const normal = request.forceCreateNewWorkflowTask || hasBufferedEvents(t) || completion.needsTask;
  if (!normal && !hasUpdateToSend(t.run)) return null;
  // Without a hand-over in the answer nobody would carry a speculative task to the worker.
  const speculative = !normal && request.returnNewWorkflowTask;
  scheduleWorkflowTask(t, { speculative, ...(originalScheduledTime !== undefined && { originalScheduledTime }) });
  if (!request.returnNewWorkflowTask) return null;
  return startWorkflowTask(t, { requestId: 'request-from-RespondWorkflowTaskCompleted', identity: request.identity });
}

function heartbeatTimedOut(t: Transition): Completed {
  timeOutWorkflowTask(t);
  t.run.head.sticky = null;
  ensureWorkflowTask(t);
  return withoutTask(notFound('workflow task heartbeat timeout'));
}

/** The task fails; the run goes on with a new attempt, unless the same would only come again. */
function refuse(
  t: Transition,
  task: WorkflowTask,
  refusal: Refused,
  request: RespondWorkflowTaskCompletedRequest,
): Completed {
  const error = invalidArgument(refusalText(refusal));
  abortSentUpdates(t);
  // From the second attempt on the task is left to time out, which slows the retries.
  if (task.attempt > 1 && refusal.cause !== WorkflowTaskFailedCause.UNHANDLED_COMMAND) return withoutTask(error);
  failWorkflowTask(t, {
    cause: refusal.cause,
    failure: Failure.encode({ message: refusalText(refusal), serverFailureInfo: {} }),
    identity: request.identity,
    binaryChecksum: request.binaryChecksum,
  });
  if (refusal.terminates) {
    flushBuffered(t);
    terminateRun(t, { reason: refusalText(refusal), details: null, identity: 'history-service' });
  } else {
    ensureWorkflowTask(t);
  }
  return withoutTask(error);
}

const withoutTask = (error: ServiceError): Completed => ({
  newTask: null,
  messages: [],
  resetHistoryEventId: 0,
  eagerActivities: [],
  error,
});

function refusalText({ cause, message }: Refused): string {
  const name = enumName(WorkflowTaskFailedCause, cause);
  return message === name ? message : `${name}: ${message}`;
}
