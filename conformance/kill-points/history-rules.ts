import { EventType } from '@perdure/api/enums';
import type { HistoryEvent } from '@perdure/api/history';
import { eventName } from './client.ts';

const closing: ReadonlySet<number> = new Set([
  EventType.WORKFLOW_EXECUTION_COMPLETED,
  EventType.WORKFLOW_EXECUTION_FAILED,
  EventType.WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.WORKFLOW_EXECUTION_CANCELED,
  EventType.WORKFLOW_EXECUTION_TERMINATED,
  EventType.WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
]);

export const isClosing = ({ eventType }: HistoryEvent): boolean => closing.has(eventType);

/** What is wrong with a history, whatever the workflow; empty when nothing is. */
export function faultsOf(events: readonly HistoryEvent[]): string[] {
  const faults: string[] = [];
  events.forEach((event, index) => {
    if (event.eventId !== index + 1) faults.push(`event ${index + 1} has the id ${event.eventId}`);
    const isStart = event.eventType === EventType.WORKFLOW_EXECUTION_STARTED;
    if (isStart !== (index === 0)) faults.push(`event ${index + 1} is ${eventName(event)}`);
    if (isClosing(event) && index !== events.length - 1) faults.push(`the run goes on after ${eventName(event)}`);
  });
  for (const [name, openers, closers] of LIVES) faults.push(...lifeFaults(events, name, openers, closers));
  return faults;
}

type IdOf = (event: HistoryEvent) => number | string | undefined;

/** Things with a life: by what they are opened, and by what they are closed. Each is closed once at most. */
const LIVES: readonly (readonly [string, IdOf, IdOf])[] = [
  [
    'workflow task',
    (event) => (event.workflowTaskScheduledEventAttributes ? event.eventId : undefined),
    (event) =>
      (
        event.workflowTaskCompletedEventAttributes ??
        event.workflowTaskFailedEventAttributes ??
        event.workflowTaskTimedOutEventAttributes
      )?.scheduledEventId,
  ],
  [
    'activity',
    (event) => (event.activityTaskScheduledEventAttributes ? event.eventId : undefined),
    (event) =>
      (
        event.activityTaskCompletedEventAttributes ??
        event.activityTaskFailedEventAttributes ??
        event.activityTaskTimedOutEventAttributes ??
        event.activityTaskCanceledEventAttributes
      )?.scheduledEventId,
  ],
  [
    'timer',
    (event) => (event.timerStartedEventAttributes ? event.eventId : undefined),
    (event) => (event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes)?.startedEventId,
  ],
  [
    'child',
    (event) => (event.startChildWorkflowExecutionInitiatedEventAttributes ? event.eventId : undefined),
    (event) =>
      (
        event.startChildWorkflowExecutionFailedEventAttributes ??
        event.childWorkflowExecutionCompletedEventAttributes ??
        event.childWorkflowExecutionFailedEventAttributes ??
        event.childWorkflowExecutionCanceledEventAttributes ??
        event.childWorkflowExecutionTerminatedEventAttributes ??
        event.childWorkflowExecutionTimedOutEventAttributes
      )?.initiatedEventId,
  ],
  [
    'signal or cancel request to another workflow',
    (event) =>
      event.signalExternalWorkflowExecutionInitiatedEventAttributes ||
      event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes
        ? event.eventId
        : undefined,
    (event) =>
      (
        event.externalWorkflowExecutionSignaledEventAttributes ??
        event.signalExternalWorkflowExecutionFailedEventAttributes ??
        event.externalWorkflowExecutionCancelRequestedEventAttributes ??
        event.requestCancelExternalWorkflowExecutionFailedEventAttributes
      )?.initiatedEventId,
  ],
  [
    'update',
    (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.protocolInstanceId,
    (event) => event.workflowExecutionUpdateCompletedEventAttributes?.meta?.updateId,
  ],
];

function lifeFaults(events: readonly HistoryEvent[], name: string, openedBy: IdOf, closedBy: IdOf): string[] {
  const open = new Set<number | string>();
  const closed = new Set<number | string>();
  const faults: string[] = [];
  for (const event of events) {
    const opened = openedBy(event);
    if (opened !== undefined) {
      if (open.has(opened)) faults.push(`${name} ${opened} is opened twice`);
      open.add(opened);
    }
    const ended = closedBy(event);
    if (ended === undefined) continue;
    if (!open.has(ended)) faults.push(`${name} ${ended} is closed by event ${event.eventId} and was never opened`);
    if (closed.has(ended)) faults.push(`${name} ${ended} is closed again by event ${event.eventId}`);
    closed.add(ended);
  }
  return faults;
}
