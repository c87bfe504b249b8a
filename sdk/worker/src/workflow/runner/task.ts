/** A workflow task as it came, read as far as it is needed. */
import { temporal } from '@perdure/proto';
import { toMilliseconds, toNumber } from '../../replay/time.ts';
import { cutOut, type HistoryEvent, readHistory } from './read-history.ts';

const { PollWorkflowTaskQueueResponse, GetWorkflowExecutionHistoryResponse } = temporal.api.workflowservice.v1;

export type WorkflowTask = {
  readonly taskToken: Uint8Array;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly events: readonly HistoryEvent[];
  readonly nextPageToken: Uint8Array;
  readonly previousStartedEventId: number;
  readonly attempt: number;
  readonly messages: readonly temporal.api.protocol.v1.IMessage[];
  /** A question that is a task of its own. */
  readonly query: temporal.api.query.v1.IWorkflowQuery | null;
  /** Questions that come with the task, by the ids that their answers need. */
  readonly queries: Readonly<Record<string, temporal.api.query.v1.IWorkflowQuery>>;
  readonly receivedAt: number;
};

/** The field numbers of the history in the two messages that have one. */
const historyField = { task: 8, page: 1 };

export function readTask(bytes: Uint8Array): WorkflowTask {
  const { field: history, rest } = cutOut(bytes, historyField.task);
  const task = PollWorkflowTaskQueueResponse.decode(rest);
  return {
    taskToken: task.taskToken,
    workflowId: task.workflowExecution?.workflowId ?? '',
    runId: task.workflowExecution?.runId ?? '',
    workflowType: task.workflowType?.name ?? '',
    events: readHistory(history),
    nextPageToken: task.nextPageToken,
    previousStartedEventId: toNumber(task.previousStartedEventId),
    attempt: task.attempt,
    messages: task.messages,
    query: task.query ?? null,
    queries: task.queries,
    receivedAt: performance.now() - onItsWay(task.startedTime),
  };
}

/**
 * How long ago the task was handed out: on a busy machine it waits on its way. The clocks are not the same ones, so
 * that not much is made of it.
 */
function onItsWay(startedTime: temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse['startedTime']): number {
  if (!startedTime) return 0;
  const ms = Date.now() - toMilliseconds(startedTime);
  return ms > 0 && ms < 2_000 ? ms : 0;
}

export type HistoryPage = { readonly events: readonly HistoryEvent[]; readonly nextPageToken: Uint8Array };

export function readPage(bytes: Uint8Array): HistoryPage {
  const { field: history, rest } = cutOut(bytes, historyField.page);
  const { nextPageToken } = GetWorkflowExecutionHistoryResponse.decode(rest);
  return { events: readHistory(history), nextPageToken };
}

export function eventId(event: HistoryEvent | undefined): number {
  return toNumber(event?.eventId);
}
