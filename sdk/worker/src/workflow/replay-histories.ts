/** Replaying histories: a host is given each as a task whose end it is not to answer. */
import { randomUUID } from 'node:crypto';
import type { HistoryAndWorkflowId } from '@perdure/client';
import { historyFromJSON } from '@perdure/common/lib/proto-utils';
import { temporal } from '@perdure/proto';
import Long from 'long';
import { EvictionReason, evictionReasonToReplayError, type ReplayResult } from '../replay.ts';
import { createWorkflowHost } from './create-host.ts';
import type { HostServices, WorkflowHost, WorkflowHostOptions, WorkflowTaskAnswer } from './host.ts';

type History = temporal.api.history.v1.IHistory;

const { PollWorkflowTaskQueueResponse, RespondWorkflowTaskFailedRequest } = temporal.api.workflowservice.v1;
const { EVENT_TYPE_WORKFLOW_TASK_COMPLETED } = temporal.api.enums.v1.EventType;
const { WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR } = temporal.api.enums.v1.WorkflowTaskFailedCause;

export type ReplayOptions = Omit<WorkflowHostOptions, 'maxCachedWorkflows' | 'maxEagerActivities' | 'isReplay'> & {
  /** Called with what the replayed code tells sinks. */
  readonly sinkCalls?: HostServices['sinkCalls'];
  /** Undoes what codecs did to the payloads of an encoded `PollWorkflowTaskQueueResponse`. */
  readonly decodeTask?: (
    task: Uint8Array,
    run: { readonly workflowId: string; readonly runId: string; readonly workflowType: string },
  ) => Promise<Uint8Array>;
  /** Awaited before code is told something, with the last event that it knows then. */
  readonly beforeActivation?: (eventId: number) => Promise<void>;
};

/**
 * Replays one history after another and yields how each went. Ends the host when all are replayed, or nobody asks for
 * more. Throws what the iterable throws, and if the bundle cannot be evaluated.
 */
export async function* replayHistories(
  options: ReplayOptions,
  histories: AsyncIterable<HistoryAndWorkflowId> | Iterable<HistoryAndWorkflowId>,
): AsyncGenerator<ReplayResult, void, undefined> {
  const { sinkCalls = () => undefined, beforeActivation, decodeTask, ...rest } = options;
  const host = await createWorkflowHost(
    { ...rest, maxCachedWorkflows: 0, maxEagerActivities: 0, isReplay: true },
    {
      ...nothing(sinkCalls),
      ...(beforeActivation && { beforeActivation }),
    },
  );
  try {
    for await (const { history, workflowId } of histories)
      yield await replayHistory(host, workflowId, readHistory(history), decodeTask);
  } finally {
    await host.shutdown();
  }
}

/** A history comes whole, and what it says of local activities is all that they will ever come to. */
const nothing = (sinkCalls: HostServices['sinkCalls']): HostServices => ({
  historyPage: () => Promise.reject(new Error('the history is all there is')),
  runLocalActivity: () => new Promise(() => undefined),
  cancelLocalActivities: () => undefined,
  sinkCalls,
});

/** A history as the client fetches it, or as JSON, in which 64-bit numbers are text. */
function readHistory(given: unknown): History {
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`Expected a non-null history object, got ${given === null ? 'null' : typeof given}`);
  const history = given as History;
  const eventId: unknown = history.events?.[0]?.eventId;
  return typeof eventId === 'string' ? historyFromJSON(given) : history;
}

async function replayHistory(
  host: WorkflowHost,
  workflowId: string,
  history: History,
  decodeTask: ReplayOptions['decodeTask'],
): Promise<ReplayResult> {
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  if (!started) throw new TypeError('The first event of a history to be replayed must be WORKFLOW_EXECUTION_STARTED');
  const runId = started.originalExecutionRunId || randomUUID();
  const task = PollWorkflowTaskQueueResponse.encode({
    taskToken: new Uint8Array([1]),
    workflowExecution: { workflowId, runId },
    workflowType: started.workflowType ?? null,
    attempt: 1,
    history,
    previousStartedEventId: lastCompletedTask(history),
  }).finish();
  const workflowType = started.workflowType?.name ?? '';
  const decoded = decodeTask ? await decodeTask(task, { workflowId, runId, workflowType }) : task;
  const answer = await host.handleTask(decoded);
  await host.evictAll();
  const error = errorOf(answer);
  return error ? { workflowId, runId, error } : { workflowId, runId };
}

/** The start of the last task that was completed: what comes after is news to the code, as it would be to a worker. */
function lastCompletedTask({ events }: History): Long {
  const completed = events?.findLastIndex(({ eventType }) => eventType === EVENT_TYPE_WORKFLOW_TASK_COMPLETED) ?? -1;
  const eventId = events?.[completed]?.workflowTaskCompletedEventAttributes?.startedEventId;
  return Long.fromValue(eventId ?? 0);
}

function errorOf(answer: WorkflowTaskAnswer): ReplayResult['error'] {
  switch (answer.kind) {
    case 'failed': {
      const { cause } = RespondWorkflowTaskFailedRequest.decode(answer.request);
      const isNondeterminism = cause === WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR;
      const reason = isNondeterminism ? EvictionReason.NONDETERMINISM : EvictionReason.LANG_FAIL;
      return evictionReasonToReplayError({ reason, message: answer.message });
    }
    case 'none':
      if (answer.isOfReplay) return undefined;
      return evictionReasonToReplayError({
        reason: EvictionReason.PAGINATION_OR_HISTORY_FETCH,
        message: answer.message,
      });
    default:
      return undefined;
  }
}
