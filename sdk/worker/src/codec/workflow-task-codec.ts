/**
 * The user's codecs over workflow tasks, pages of history and answers. Workflow code sees what the codecs make of
 * payloads, the server what they made; codecs run here, because they may do anything, on the worker's main thread.
 *
 * Of a history only what workflow code will be told of is decoded: codecs can be slow, and what they fail on should
 * not matter to those who never see it.
 */
import type { PayloadCodec, SerializationContext } from '@perdure/common';
import { decode, encode } from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import type { WorkflowTaskAnswer } from '../workflow/host.ts';
import type { TaskSummary } from '../workflow-task-peek.ts';
import { asType, type Payload, type Walker, walk } from './payload-walk.ts';

const {
  GetWorkflowExecutionHistoryResponse,
  PollWorkflowTaskQueueResponse,
  RespondQueryTaskCompletedRequest,
  RespondWorkflowTaskCompletedRequest,
  RespondWorkflowTaskFailedRequest,
} = temporal.api.workflowservice.v1;

type RunIds = Pick<TaskSummary, 'workflowId' | 'runId'>;
type Answer = Exclude<WorkflowTaskAnswer, { kind: 'none' }>;

export interface WorkflowTaskCodec {
  decodeTask(task: Uint8Array, run: RunIds): Promise<Uint8Array>;
  decodeHistoryPage(page: Uint8Array, run: RunIds): Promise<Uint8Array>;
  encodeAnswer(answer: Answer, run: RunIds): Promise<Answer>;
}

/** Attributes of events whose payloads workflow code is told of. */
const told = new Set([
  'workflowExecutionStartedEventAttributes',
  'activityTaskCompletedEventAttributes',
  'activityTaskFailedEventAttributes',
  'activityTaskTimedOutEventAttributes',
  'activityTaskCanceledEventAttributes',
  'markerRecordedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'childWorkflowExecutionCompletedEventAttributes',
  'childWorkflowExecutionFailedEventAttributes',
  'childWorkflowExecutionCanceledEventAttributes',
  'workflowExecutionUpdateAdmittedEventAttributes',
  'workflowExecutionUpdateAcceptedEventAttributes',
  'nexusOperationStartedEventAttributes',
  'nexusOperationCompletedEventAttributes',
  'nexusOperationFailedEventAttributes',
  'nexusOperationCanceledEventAttributes',
  'nexusOperationTimedOutEventAttributes',
]);

const HISTORY_EVENT = 'temporal.api.history.v1.HistoryEvent';
const COMMAND = 'temporal.api.command.v1.Command';
/** The payloads in a map under other names than this are the SDK's own notes. */
const markerResult = 'result';

/** @param runs How many runs to remember activities of. */
export function createWorkflowTaskCodec(codecs: PayloadCodec[], namespace: string, runs: number): WorkflowTaskCodec {
  const activities = rememberActivities(runs);
  const workflow = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace, workflowId });

  const decoder = ({ workflowId, runId }: RunIds): Walker<SerializationContext> => ({
    transform: (payloads, context) => decode(codecs, payloads as never, context) as Promise<Payload[]>,
    enter: (typeName, field) => typeName !== HISTORY_EVENT || told.has(field),
    contextOf(message, typeName, context) {
      const scheduledEventId = scheduledBy(message, typeName);
      if (scheduledEventId === undefined) return context;
      const activityId = activities.of(runId, scheduledEventId);
      return activityContext(namespace, workflowId, activityId, false);
    },
  });

  const encoder = ({ workflowId }: RunIds): Walker<SerializationContext> => ({
    transform: (payloads, context) => encode(codecs, payloads as never, context) as Promise<Payload[]>,
    contextOf: (message, typeName, context) =>
      typeName === COMMAND ? commandContext(message, namespace, workflowId, context) : context,
  });

  return {
    async decodeTask(task, run) {
      const message = PollWorkflowTaskQueueResponse.decode(task);
      activities.learn(run.runId, message.history?.events ?? []);
      const notes = takeNotes(message.history?.events ?? []);
      await walk(message, asType(PollWorkflowTaskQueueResponse), decoder(run), workflow(run.workflowId));
      notes.putBack();
      return PollWorkflowTaskQueueResponse.encode(message).finish();
    },
    async decodeHistoryPage(page, run) {
      const message = GetWorkflowExecutionHistoryResponse.decode(page);
      activities.learn(run.runId, message.history?.events ?? []);
      const notes = takeNotes(message.history?.events ?? []);
      await walk(message, asType(GetWorkflowExecutionHistoryResponse), decoder(run), workflow(run.workflowId));
      notes.putBack();
      return GetWorkflowExecutionHistoryResponse.encode(message).finish();
    },
    async encodeAnswer(answer, run) {
      const type = {
        completed: RespondWorkflowTaskCompletedRequest,
        failed: RespondWorkflowTaskFailedRequest,
        query: RespondQueryTaskCompletedRequest,
      }[answer.kind];
      const message = asType(type).decode(answer.request) as object as CommandHolder;
      const notes = takeNotes(message.commands ?? []);
      await walk(message, asType(type), encoder(run), workflow(run.workflowId));
      notes.putBack();
      return { ...answer, request: asType(type).encode(message).finish() };
    },
  };
}

interface MarkerHolder {
  recordMarkerCommandAttributes?: temporal.api.command.v1.IRecordMarkerCommandAttributes | null;
  markerRecordedEventAttributes?: temporal.api.history.v1.IMarkerRecordedEventAttributes | null;
}
interface CommandHolder {
  commands?: MarkerHolder[];
}

/** Markers carry results, which are the user's, and the SDK's notes, which no codec is to see: takes those out. */
function takeNotes(holders: readonly MarkerHolder[]): { putBack(): void } {
  const taken: (() => void)[] = [];
  for (const { recordMarkerCommandAttributes, markerRecordedEventAttributes } of holders) {
    const marker = recordMarkerCommandAttributes ?? markerRecordedEventAttributes;
    if (!marker?.details) continue;
    const { [markerResult]: result, ...notes } = marker.details;
    marker.details = result ? { [markerResult]: result } : {};
    taken.push(() => {
      marker.details = { ...notes, ...marker.details };
    });
  }
  return {
    putBack() {
      for (const put of taken) put();
    },
  };
}

const activityContext = (
  namespace: string,
  workflowId: string,
  activityId: string | undefined,
  isLocal: boolean,
): SerializationContext => ({
  type: 'activity',
  namespace,
  workflowId,
  isLocal,
  ...(activityId && { activityId }),
});

/** The event with which the activity was scheduled whose end an event tells. */
function scheduledBy(message: object, typeName: string): number | undefined {
  if (!/^temporal\.api\.history\.v1\.ActivityTask\w+EventAttributes$/.test(typeName)) return undefined;
  const { scheduledEventId } = message as { scheduledEventId?: unknown };
  return scheduledEventId === undefined ? undefined : Number(scheduledEventId);
}

/** Payloads of a command are meant for whom the command is about. */
function commandContext(
  message: object,
  namespace: string,
  workflowId: string,
  context: SerializationContext,
): SerializationContext {
  const command = message as temporal.api.command.v1.ICommand;
  const activity = command.scheduleActivityTaskCommandAttributes;
  if (activity) return activityContext(namespace, workflowId, activity.activityId ?? undefined, false);
  const child = command.startChildWorkflowExecutionCommandAttributes;
  if (child) return { type: 'workflow', namespace: child.namespace || namespace, workflowId: child.workflowId ?? '' };
  const signal = command.signalExternalWorkflowExecutionCommandAttributes;
  if (signal)
    return {
      type: 'workflow',
      namespace: signal.namespace || namespace,
      workflowId: signal.execution?.workflowId ?? '',
    };
  if (command.recordMarkerCommandAttributes?.details?.[markerResult] || command.recordMarkerCommandAttributes?.failure)
    return activityContext(namespace, workflowId, undefined, true);
  return context;
}

type Events = readonly temporal.api.history.v1.IHistoryEvent[];

/**
 * Which activity an event scheduled: results only tell the event, which may have come with an earlier task. Runs that
 * were not seen for longest are forgotten; their results then come without an activity id.
 */
function rememberActivities(limit: number) {
  const runs = new Map<string, Map<number, string>>();
  return {
    learn(runId: string, events: Events): void {
      const known = runs.get(runId) ?? new Map<number, string>();
      runs.delete(runId);
      runs.set(runId, known);
      for (const { eventId, activityTaskScheduledEventAttributes: scheduled } of events)
        if (scheduled) known.set(Number(eventId), scheduled.activityId ?? '');
      if (runs.size > limit) runs.delete(runs.keys().next().value ?? '');
    },
    of: (runId: string, scheduledEventId: number) => runs.get(runId)?.get(scheduledEventId),
  };
}
