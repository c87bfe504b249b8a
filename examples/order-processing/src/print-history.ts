/** A history as a table: event id, time since the start, event type, and what is worth knowing about the event. */
import { temporal } from '@perdure/proto';

const { EventType } = temporal.api.enums.v1;

type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** Prints one line per event to standard output. */
export function printHistory(history: History): void {
  const events = history.events ?? [];
  const started = milliseconds(events[0]);
  for (const event of events) {
    const seconds = ((milliseconds(event) - started) / 1000).toFixed(3);
    const id = String(event.eventId ?? '').padStart(4);
    console.log(`${id}  ${seconds.padStart(8)} s  ${typeName(event).padEnd(36)}  ${summary(event)}`.trimEnd());
  }
}

function milliseconds(event: HistoryEvent | undefined): number {
  const time = event?.eventTime;
  return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
}

function typeName(event: HistoryEvent): string {
  const name = EventType[event.eventType ?? 0] ?? 'UNKNOWN';
  return name.replace('EVENT_TYPE_', '');
}

function summary(event: HistoryEvent): string {
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) return `${started.workflowType?.name} ${values(started.input)}`;
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) return `${scheduled.activityType?.name} ${values(scheduled.input)}`;
  const running = event.activityTaskStartedEventAttributes;
  if (running) return `of event ${running.scheduledEventId}, attempt ${running.attempt}`;
  const completed = event.activityTaskCompletedEventAttributes;
  if (completed) return `of event ${completed.scheduledEventId} ${values(completed.result)}`;
  const failure =
    event.activityTaskFailedEventAttributes?.failure ?? event.workflowExecutionFailedEventAttributes?.failure;
  if (failure) return `${failure.cause?.message ?? failure.message}`;
  const signal = event.workflowExecutionSignaledEventAttributes;
  if (signal) return `${signal.signalName} ${values(signal.input)}`;
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
  if (update) return `${update.name} ${values(update.args)}`;
  const timer = event.timerStartedEventAttributes;
  if (timer) return `timer ${timer.timerId}: ${timer.startToFireTimeout?.seconds ?? 0} s`;
  const fired = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
  if (fired) return `timer ${fired.timerId}`;
  return values(event.workflowExecutionCompletedEventAttributes?.result);
}

function values(payloads: Payloads): string {
  const texts = payloads?.payloads?.map(({ data }) => (data ? Buffer.from(data).toString('utf8') : '-')) ?? [];
  const all = texts.join(', ');
  return all.length > 90 ? `${all.slice(0, 89)}…` : all;
}
