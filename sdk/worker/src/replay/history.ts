import { temporal } from '@perdure/proto';
import { toNumber } from './time.ts';

export const { EventType } = temporal.api.enums.v1;

/** An event with its id and type as plain numbers. */
export type Event = {
  readonly id: number;
  readonly type: temporal.api.enums.v1.EventType;
  readonly event: temporal.api.history.v1.IHistoryEvent;
};

/** The events that were given, of which those before `at` are applied. */
export type History = {
  readonly events: Event[];
  at: number;
  /** Whether they reach to the task that is to be answered; otherwise there are more pages. */
  isComplete: boolean;
  /** The start of the last task that was completed before the one that is to be answered; 0 for the first. */
  readonly previousStartedEventId: number;
};

export function eventsOf(events: readonly temporal.api.history.v1.IHistoryEvent[]): Event[] {
  return events.map((event) => ({
    id: toNumber(event.eventId),
    type: event.eventType ?? EventType.EVENT_TYPE_UNSPECIFIED,
    event,
  }));
}

export function describeEvent({ id, type }: Event): string {
  const name = EventType[type]?.replace(/^EVENT_TYPE_/, '') ?? String(type);
  return `HistoryEvent(id: ${id}, ${name.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())})`;
}

const commandEvents = new Set<number>([
  EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
  EventType.EVENT_TYPE_MARKER_RECORDED,
  EventType.EVENT_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
  EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
  EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
  EventType.EVENT_TYPE_TIMER_CANCELED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED,
  EventType.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED,
  EventType.EVENT_TYPE_NEXUS_OPERATION_CANCEL_REQUESTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_REJECTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED,
]);

/** Whether an event is what became of a command. */
export function isCommandEvent({ type }: Event): boolean {
  return commandEvents.has(type);
}

const closingEvents = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
]);

export function isClosingEvent({ type }: Event): boolean {
  return closingEvents.has(type);
}

/** What may follow a task's start without the task having been worked on to its end. */
const abandoning = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
]);

type End = { readonly index: number; readonly isWhole: boolean };

/**
 * Where the next task ends among the events from the index `at` on that come after the event `from`: the index of its
 * last event, which is a task's start or the run's end. A task that failed or timed out, and one that only kept a local
 * activity alive, are no ends: code never saw them apart from what followed. `isWhole` is false where the events end
 * before that can be told.
 */
export function endOfNextTask(events: readonly Event[], at: number, from: number): End {
  const seen = { command: false, any: false };
  const starts: { id: number; index: number }[] = [];
  for (let index = at; index < events.length; index++) {
    const event = events[index];
    if (event === undefined || event.id <= from) continue;
    if (isCommandEvent(event)) seen.command = true;
    if (seen.command || event.type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED) seen.any = true;
    if (isClosingEvent(event)) return { index, isWhole: true };
    if (event.type !== EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED) continue;
    const [next, second] = [events[index + 1], events[index + 2]];
    if (next !== undefined && abandoning.has(next.type)) continue;
    starts.push({ id: event.id, index });
    const isCompleted = next?.type === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED && second !== undefined;
    if (isCompleted && !seen.command && onlyKeptAlive(second)) continue;
    if (isCompleted) return { index: whereUpdateWasHandled(second, starts) ?? index, isWhole: true };
    if (seen.any) return { index, isWhole: true };
  }
  return { index: Math.max(events.length - 1, at), isWhole: false };
}

/** A task is followed at once by another one when a local activity took longer than it. */
const onlyKeptAlive = ({ type }: Event): boolean => type === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED;

/**
 * An update that was accepted after tasks that only kept something alive was handled in the last task that began
 * before the event that the update came after.
 */
function whereUpdateWasHandled(event: Event, starts: readonly { id: number; index: number }[]): number | undefined {
  const accepted = event.event.workflowExecutionUpdateAcceptedEventAttributes;
  if (!accepted) return undefined;
  const sequencingId = toNumber(accepted.acceptedRequestSequencingEventId);
  return starts.findLast(({ id }) => id < sequencingId)?.index;
}

/** How many events beyond a task tell for certain where it and the next end. */
const lookahead = 3;

/**
 * Whether the next task can be applied: it and the one after it (whose markers are needed ahead of time) are there
 * whole, or all there is has been given.
 */
export function hasNextTask({ events, at, isComplete }: History, from: number): boolean {
  if (isComplete) return true;
  const first = endOfNextTask(events, at, from);
  if (!first.isWhole) return false;
  const second = endOfNextTask(events, first.index + 1, events[first.index]?.id ?? from);
  return second.isWhole && second.index + lookahead < events.length;
}

/** Takes the events of the next task, none if all is applied. `isLast`: nothing follows them. */
export function takeNextTask(history: History, from: number): { readonly events: Event[]; readonly isLast: boolean } {
  const { events } = history;
  while (history.at < events.length && (events[history.at]?.id ?? 0) <= from) history.at++;
  const { index, isWhole } = endOfNextTask(events, history.at, from);
  if (!isWhole && index === history.at) return { events: [], isLast: true };
  const taken = events.slice(history.at, index + 1);
  history.at = index + 1;
  return { events: taken, isLast: history.isComplete && history.at === events.length };
}

/** The events of the task after that, without taking them. */
export function peekNextTask({ events, at }: History, from: number): readonly Event[] {
  return events.slice(at, endOfNextTask(events, at, from).index + 1);
}
