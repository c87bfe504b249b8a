import { EventType, TaskQueueKind, TimeoutType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { durationMs } from '../../../kernel/time.ts';
import { emptyWorkflowTask } from '../empty.ts';
import { noteResetPoint } from '../reset-points.ts';
import type { WorkflowTask } from '../state.ts';
import type { Transition } from '../transition.ts';
import { type Fold, type Folds, need } from './fold.ts';

const scheduled: Fold = (t, event) => {
  const { taskQueue, startToCloseTimeout, attempt } = need(event.workflowTaskScheduledEventAttributes, event);
  const { name = '', kind = TaskQueueKind.NORMAL, normalName = '' } = taskQueue ?? {};
  const { head } = t.run;
  head.backoffUntil = null;
  head.workflowTaskAttempt = attempt;
  head.workflowTask = {
    ...emptyWorkflowTask,
    scheduledEventId: event.eventId,
    attempt,
    stamp: ++head.workflowTaskStamp,
    queue: { name, kind, normalName },
    startToCloseTimeout: durationMs(startToCloseTimeout),
    scheduledTime: t.now,
    originalScheduledTime: t.now,
  };
};

const started: Fold = (t, event) => {
  const attributes = need(event.workflowTaskStartedEventAttributes, event);
  const { requestId, identity, suggestContinueAsNewReasons, historySizeBytes } = attributes;
  t.run.head.workflowTask = {
    ...openTask(t, event.eventId),
    startedEventId: event.eventId,
    startedTime: t.now,
    requestId,
    identity,
    suggestContinueAsNewReasons,
    historySizeBytes,
  };
};

const completed: Fold = (t, event) => {
  const attributes = need(event.workflowTaskCompletedEventAttributes, event);
  const { head } = t.run;
  head.workflowTask = null;
  head.workflowTaskAttempt = 1;
  head.previousStartedEventId = attributes.startedEventId;
  head.lastCompletedEventId = event.eventId;
  noteResetPoint(t, event.eventId, attributes.binaryChecksum, attributes.workerVersion?.buildId ?? '');
};

/** What made these fail was not the task. */
const UNCOUNTED: ReadonlySet<WorkflowTaskFailedCause> = new Set([
  WorkflowTaskFailedCause.RESET_WORKFLOW,
  WorkflowTaskFailedCause.FAILOVER_CLOSE_COMMAND,
  WorkflowTaskFailedCause.WORKFLOW_PAUSE_REQUESTED_BEFORE_TASK_STARTED,
]);

const failed: Fold = (t, event) => {
  const { cause } = need(event.workflowTaskFailedEventAttributes, event);
  endAttempt(t, event.eventId, !UNCOUNTED.has(cause));
};

const timedOut: Fold = (t, event) => {
  const { timeoutType } = need(event.workflowTaskTimedOutEventAttributes, event);
  endAttempt(t, event.eventId, timeoutType !== TimeoutType.SCHEDULE_TO_START);
};

/** After a task on a sticky queue the next one is a first attempt again. */
function endAttempt(t: Transition, eventId: number, counts: boolean): void {
  const { queue } = openTask(t, eventId);
  const { head } = t.run;
  head.workflowTask = null;
  head.workflowTaskAttempt = counts && queue.kind !== TaskQueueKind.STICKY ? head.workflowTaskAttempt + 1 : 1;
}

function openTask(t: Transition, eventId: number): WorkflowTask {
  const task = t.run.head.workflowTask;
  if (!task) throw new Error(`no workflow task is open at event ${eventId} of ${t.run.key.runId}`);
  return task;
}

export const workflowTaskFolds: Folds = [
  [EventType.WORKFLOW_TASK_SCHEDULED, scheduled],
  [EventType.WORKFLOW_TASK_STARTED, started],
  [EventType.WORKFLOW_TASK_COMPLETED, completed],
  [EventType.WORKFLOW_TASK_FAILED, failed],
  [EventType.WORKFLOW_TASK_TIMED_OUT, timedOut],
];
