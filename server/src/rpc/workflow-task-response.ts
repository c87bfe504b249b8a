import type { Init } from '@perdure/api';
import { EventType } from '@perdure/api/enums';
import { History, type HistoryEvent } from '@perdure/api/history';
import type { Message } from '@perdure/api/protocol';
import type { PollWorkflowTaskQueueResponse } from '@perdure/api/workflowservice';
import { currentQueue, scheduledAttributes, startedAttributes } from '../engine/workflow/machines/workflow-task.ts';
import type { Run, WorkflowTask } from '../engine/workflow/state.ts';
import type { Loaded } from '../host/loaded.ts';
import { toTimestamp } from '../kernel/time.ts';
import type { ServerContext } from './context.ts';
import { concat, historyPage } from './history-pages.ts';

/** What a workflow task token says. */
export interface WorkflowTaskToken {
  readonly n: string;
  readonly w: string;
  readonly r: string;
  readonly s: number;
  readonly e: number;
  readonly a: number;
  readonly t: number;
}

const sealTask = (server: ServerContext, { key }: Run, task: WorkflowTask): Uint8Array =>
  server.tokens.seal('workflow-task', {
    n: key.namespaceId,
    w: key.workflowId,
    r: key.runId,
    s: task.scheduledEventId,
    e: task.startedEventId,
    a: task.attempt,
    t: task.startedTime,
  } satisfies WorkflowTaskToken);

/**
 * The task as the worker gets it: all of history, or, from a sticky queue, what came since the last task it answered.
 * Called in the turn in which the task was started.
 */
export async function workflowTaskResponse(
  server: ServerContext,
  loaded: Loaded,
  task: WorkflowTask,
  partial: boolean,
  messages: readonly Init<Message>[] = [],
): Promise<Init<PollWorkflowTaskQueueResponse>> {
  const { run } = loaded;
  const { head, key, started } = run;
  const previousStartedEventId = head.previousStartedEventId;
  const first = partial ? previousStartedEventId + 1 : 1;
  const suffix = task.recorded ? null : unwrittenEvents(task);
  const response: Init<PollWorkflowTaskQueueResponse> = {
    taskToken: sealTask(server, run, task),
    workflowExecution: { workflowId: key.workflowId, runId: key.runId },
    workflowType: started.workflowType,
    previousStartedEventId,
    startedEventId: task.startedEventId,
    attempt: task.attempt,
    workflowExecutionTaskQueue: {
      ...started.taskQueue,
      kind: currentQueue({ ...run, head: { ...head, sticky: null } }).kind,
    },
    scheduledTime: toTimestamp(task.scheduledTime),
    startedTime: toTimestamp(task.startedTime),
    queries: server.queries.waiting(key.runId),
    messages: [...messages],
  };
  const page = await historyPage(server, loaded, first, head.nextEventId);
  const history = suffix && page.nextPageToken.length === 0 ? concat([page.history, suffix]) : page.history;
  return { ...response, history, nextPageToken: page.nextPageToken };
}

/** The SCHEDULED and STARTED events of a task that is not in history (yet), and so has no task ids either. */
export function unwrittenEvents(task: WorkflowTask): Uint8Array {
  const event = (
    eventId: number,
    eventType: EventType,
    time: number,
    attributes: Init<HistoryEvent>,
  ): Init<HistoryEvent> => ({
    eventId,
    eventTime: toTimestamp(time),
    eventType,
    ...attributes,
  });
  const scheduled = event(task.scheduledEventId, EventType.WORKFLOW_TASK_SCHEDULED, task.scheduledTime, {
    workflowTaskScheduledEventAttributes: scheduledAttributes(task),
  });
  if (task.startedEventId === 0) return History.encode({ events: [scheduled] });
  const start = event(task.startedEventId, EventType.WORKFLOW_TASK_STARTED, task.startedTime, {
    workflowTaskStartedEventAttributes: startedAttributes(task),
  });
  return History.encode({ events: [scheduled, start] });
}
