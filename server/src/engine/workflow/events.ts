import type { Init } from '@perdure/api';
import { EventType } from '@perdure/api/enums';
import { HistoryEvent } from '@perdure/api/history';
import { toTimestamp } from '../../kernel/time.ts';
import type { BufferedEvent, EventAttributes } from './state.ts';
import type { Transition } from './transition.ts';
import { put, remove } from './transition.ts';

/**
 * Events and when they get their ids.
 *
 * While a workflow task is with a worker the history that it saw must stay the end of the history, so whatever happens
 * meanwhile is held back and gets its id after the task's closing event. Within a transition the same rule puts events
 * that others cause behind those that commands cause. Reference: history/historybuilder (event store).
 */
const neverBuffered: ReadonlySet<EventType> = new Set([
  EventType.WORKFLOW_EXECUTION_STARTED,
  EventType.WORKFLOW_EXECUTION_COMPLETED,
  EventType.WORKFLOW_EXECUTION_FAILED,
  EventType.WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.WORKFLOW_EXECUTION_TERMINATED,
  EventType.WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
  EventType.WORKFLOW_EXECUTION_CANCELED,
  EventType.WORKFLOW_TASK_SCHEDULED,
  EventType.WORKFLOW_TASK_STARTED,
  EventType.WORKFLOW_TASK_COMPLETED,
  EventType.WORKFLOW_TASK_FAILED,
  EventType.WORKFLOW_TASK_TIMED_OUT,
  EventType.ACTIVITY_TASK_SCHEDULED,
  EventType.ACTIVITY_TASK_CANCEL_REQUESTED,
  EventType.TIMER_STARTED,
  EventType.TIMER_CANCELED,
  EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
  EventType.MARKER_RECORDED,
  EventType.START_CHILD_WORKFLOW_EXECUTION_INITIATED,
  EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
  EventType.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.WORKFLOW_PROPERTIES_MODIFIED,
  EventType.NEXUS_OPERATION_SCHEDULED,
  EventType.NEXUS_OPERATION_CANCEL_REQUESTED,
  EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.WORKFLOW_EXECUTION_UPDATE_COMPLETED,
]);

/** Results move behind everything else in a flush, so that a STARTED event precedes the event that closes it. */
const closing: ReadonlySet<EventType> = new Set([
  EventType.ACTIVITY_TASK_COMPLETED,
  EventType.ACTIVITY_TASK_FAILED,
  EventType.ACTIVITY_TASK_TIMED_OUT,
  EventType.ACTIVITY_TASK_CANCELED,
  EventType.CHILD_WORKFLOW_EXECUTION_COMPLETED,
  EventType.CHILD_WORKFLOW_EXECUTION_FAILED,
  EventType.CHILD_WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.CHILD_WORKFLOW_EXECUTION_CANCELED,
  EventType.CHILD_WORKFLOW_EXECUTION_TERMINATED,
  EventType.NEXUS_OPERATION_COMPLETED,
  EventType.NEXUS_OPERATION_FAILED,
  EventType.NEXUS_OPERATION_CANCELED,
  EventType.NEXUS_OPERATION_TIMED_OUT,
]);

/**
 * Adds an event. Returns its id, or 0 when it is held back: its id is known only after the flush.
 * `fields` holds the attributes under their own name, and optionally `userMetadata` and `links`.
 */
export function addEvent(t: Transition, eventType: EventType, fields: EventAttributes, eventTime = t.now): number {
  if (neverBuffered.has(eventType)) return append(t, eventType, fields, eventTime);
  const { head } = t.run;
  const sequence = head.nextBufferSequence++;
  const size = isTaskWithWorker(t) ? HistoryEvent.encode({ eventType, ...fields }).length : 0;
  head.bufferedBytes += size;
  put(t, 'buffered', sequence, { eventType, eventTime, fields, size });
  return 0;
}

/** The id that the next event written will get. */
export const nextEventId = (t: Transition): number => t.run.head.nextEventId;

/** True while a worker has the run's workflow task: others' events are held back. */
export function isTaskWithWorker(t: Transition): boolean {
  const task = t.run.head.workflowTask;
  return task !== null && task.startedEventId !== 0;
}

export const hasBufferedEvents = (t: Transition): boolean => t.run.buffered.size > 0;

function append(t: Transition, eventType: EventType, fields: EventAttributes, eventTime: number): number {
  const { head } = t.run;
  const eventId = head.nextEventId++;
  // One that was held back came earlier than those before it; in history, time does not go back.
  head.lastEventTime = Math.max(head.lastEventTime, eventTime);
  const event: Init<HistoryEvent> = {
    eventId,
    eventTime: toTimestamp(head.lastEventTime),
    eventType,
    taskId: eventId,
    ...fields,
  };
  const latest = t.batches.at(-1);
  if (latest) latest.push(event);
  else t.batches.push([event]);
  return eventId;
}

/** Closes the current batch: readers get pages that end where a batch ends. */
export function endBatch(t: Transition): void {
  if (t.batches.at(-1)?.length) t.batches.push([]);
}

/** Gives the held back events their ids. Their order is that of arrival, with results last. */
export function flushBuffered(t: Transition): void {
  if (t.run.buffered.size === 0) return;
  const held = [...t.run.buffered.entries()].sort(([a], [b]) => a - b);
  for (const [sequence] of held) remove(t, 'buffered', sequence);
  t.run.head.bufferedBytes = 0;
  if (t.run.head.closeEventId !== 0) return;
  const startedIds = new Map<number, number>();
  const isClosing = ([, event]: [number, BufferedEvent]) => closing.has(event.eventType);
  for (const [, event] of [...held.filter((entry) => !isClosing(entry)), ...held.filter(isClosing)]) {
    const eventId = append(t, event.eventType, withStartedId(event, startedIds), event.eventTime);
    noteId(t, event, eventId, startedIds);
  }
}

/** Drops the first held back event that matches; true if there was one. */
export function dropBuffered(t: Transition, matches: (event: BufferedEvent) => boolean): boolean {
  let first: [number, BufferedEvent] | null = null;
  for (const entry of t.run.buffered) if (matches(entry[1]) && (first === null || entry[0] < first[0])) first = entry;
  if (first === null) return false;
  const [sequence, { size }] = first;
  t.run.head.bufferedBytes -= size;
  remove(t, 'buffered', sequence);
  return true;
}

function noteId(t: Transition, event: BufferedEvent, eventId: number, startedIds: Map<number, number>): void {
  const { fields } = event;
  switch (event.eventType) {
    case EventType.ACTIVITY_TASK_STARTED:
      startedIds.set(fields.activityTaskStartedEventAttributes?.scheduledEventId ?? 0, eventId);
      return;
    case EventType.CHILD_WORKFLOW_EXECUTION_STARTED: {
      const initiated = fields.childWorkflowExecutionStartedEventAttributes?.initiatedEventId ?? 0;
      startedIds.set(initiated, eventId);
      const child = t.run.children.get(initiated);
      if (child) put(t, 'children', initiated, { ...child, startedEventId: eventId });
      return;
    }
    case EventType.WORKFLOW_EXECUTION_SIGNALED:
      return noteRequest(t, signalKey(fields.workflowExecutionSignaledEventAttributes?.requestId ?? ''), eventId);
    case EventType.WORKFLOW_EXECUTION_UPDATE_ADMITTED: {
      const updateId = fields.workflowExecutionUpdateAdmittedEventAttributes?.request?.meta?.updateId ?? '';
      const update = t.run.updates.get(updateId);
      if (update) put(t, 'updates', updateId, { ...update, admittedEventId: eventId });
      return;
    }
    case EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED:
      return noteRequest(t, fields.workflowExecutionOptionsUpdatedEventAttributes?.attachedRequestId ?? '', eventId);
    default:
  }
}

/** The key of a signal among a run's requests: a start and the signal that comes with it share a request id. */
export const signalKey = (requestId: string): string => `signal/${requestId}`;

function noteRequest(t: Transition, key: string, eventId: number): void {
  const seen = t.run.requests.get(key);
  if (seen) put(t, 'requests', key, { ...seen, eventId });
}

/** A result held back together with its STARTED event learns that event's id only now. */
function withStartedId({ eventType, fields }: BufferedEvent, startedIds: ReadonlyMap<number, number>): EventAttributes {
  if (startedIds.size === 0 || !closing.has(eventType)) return fields;
  const name = Object.keys(fields).find((key) => key.endsWith('EventAttributes')) as keyof EventAttributes;
  const attributes = fields[name] as { scheduledEventId?: number; initiatedEventId?: number };
  const startedEventId = startedIds.get(attributes.initiatedEventId || attributes.scheduledEventId || 0);
  return startedEventId === undefined ? fields : { ...fields, [name]: { ...attributes, startedEventId } };
}
