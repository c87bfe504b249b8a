/** What tests say about histories, and what must hold of every history. */
import assert from 'node:assert/strict';
import type { WorkflowHandle } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

export type History = temporal.api.history.v1.IHistory;
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** An event's type as the API spells it: `ActivityTaskScheduled`. */
function typeOf(event: HistoryEvent): string {
  const name = EventType[event.eventType ?? 0] ?? 'EVENT_TYPE_UNKNOWN';
  return name
    .slice('EVENT_TYPE_'.length)
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function typesOf(history: History): string[] {
  return (history.events ?? []).map(typeOf);
}

/** The history without its workflow tasks, whose number depends on timing. */
export function storyOf(history: History): string[] {
  return typesOf(history).filter((type) => !type.startsWith('WorkflowTask'));
}

/** Fetches a history, checks what must hold of every history, and compares its story with `expected`. */
export async function assertStory(handle: WorkflowHandle, expected: readonly string[]): Promise<HistoryEvent[]> {
  const history = await handle.fetchHistory();
  assertSound(history);
  assert.deepEqual(storyOf(history), expected);
  return history.events ?? [];
}

/** As `assertStory`, for scenarios in which the workflow tasks too can come in one order only. */
export async function assertHistory(handle: WorkflowHandle, expected: readonly string[]): Promise<HistoryEvent[]> {
  const history = await handle.fetchHistory();
  assertSound(history);
  assert.deepEqual(typesOf(history), expected);
  return history.events ?? [];
}

export function eventsOf(events: readonly HistoryEvent[], type: string): HistoryEvent[] {
  return events.filter((event) => typeOf(event) === type);
}

/** The only event of a type. */
export function theEvent(events: readonly HistoryEvent[], type: string): HistoryEvent {
  const [first, ...more] = eventsOf(events, type);
  assert.ok(first && more.length === 0, `${1 + more.length} events of type ${type}, not one`);
  return first;
}

const CLOSING = /^WorkflowExecution(Completed|Failed|TimedOut|Canceled|Terminated|ContinuedAsNew)$/;

/**
 * Ids without a gap from 1, one start at the head, nothing after the one close. Times may go back within a history:
 * an event that arrived during a workflow task keeps its time and is written after the task.
 */
export function assertSound(history: History): void {
  const events = history.events ?? [];
  const started = events[0] ? millisecondsOf(events[0]) : 0;
  for (const [index, event] of events.entries()) {
    const type = typeOf(event);
    assert.equal(Number(event.eventId), index + 1, `event ${index + 1} has id ${event.eventId}`);
    assert.ok(millisecondsOf(event) >= started, `event ${index + 1} (${type}) is older than the start`);
    assert.equal(type === 'WorkflowExecutionStarted', index === 0, `${type} is event ${index + 1}`);
    if (CLOSING.test(type)) assert.equal(index, events.length - 1, `${type} is not the last event`);
  }
  assertPairs(events);
}

/** An event's time in milliseconds since 1970, with fractions. */
export function millisecondsOf(event: HistoryEvent): number {
  return Number(event.eventTime?.seconds ?? 0) * 1000 + (event.eventTime?.nanos ?? 0) / 1e6;
}

/** Whatever refers back to an event refers to an earlier one of the right type, and each activity ends only once. */
function assertPairs(events: readonly HistoryEvent[]): void {
  const ended = new Set<number>();
  for (const event of events) {
    const type = typeOf(event);
    const attributes =
      event.activityTaskStartedEventAttributes ??
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    if (!attributes) continue;
    const scheduled = Number(attributes.scheduledEventId);
    const origin = events[scheduled - 1];
    assert.ok(scheduled < Number(event.eventId) && origin && typeOf(origin) === 'ActivityTaskScheduled');
    if (type === 'ActivityTaskStarted') continue;
    assert.ok(!ended.has(scheduled), `activity ${scheduled} ends twice`);
    ended.add(scheduled);
  }
}
