import type { Init } from '@perdure/api';
import { EventType, UpdateAdmittedEventOrigin } from '@perdure/api/enums';
import { WorkflowExecutionOptionsUpdatedEventAttributes } from '@perdure/api/history';
import type { Request as UpdateRequest } from '@perdure/api/update';
import { addEvent, signalKey } from '../events.ts';
import { addCallbacks } from '../machines/callback.ts';
import type { EventAttributes } from '../state.ts';
import { configureTimeSkipping } from '../time-skipping.ts';
import { put, remove, type Transition } from '../transition.ts';
import { applyOptions } from './update-run-options.ts';

/** An event as it is in history, or as it is held back. */
export type Reappliable = { readonly eventType: EventType } & EventAttributes;

/** What a reset is not to carry over. */
export interface Exclusions {
  readonly signals: boolean;
  readonly updates: boolean;
  /** Of whatever kind. */
  readonly everything: boolean;
}

/**
 * Lets an event of the run that was reset happen to the new run as well, if it came from outside: a signal, an update,
 * a client that attached itself, news of a child that the new run has. Requests to cancel, and terminations, are not
 * repeated.
 */
export function reapply(t: Transition, event: Reappliable, exclude: Exclusions): void {
  if (exclude.everything) return;
  switch (event.eventType) {
    case EventType.WORKFLOW_EXECUTION_SIGNALED:
      return exclude.signals ? undefined : signal(t, event);
    case EventType.WORKFLOW_EXECUTION_UPDATE_ADMITTED: {
      const { request, origin } = event.workflowExecutionUpdateAdmittedEventAttributes ?? {};
      return exclude.updates ? undefined : admit(t, request, origin ?? UpdateAdmittedEventOrigin.UNSPECIFIED);
    }
    case EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED: {
      // One that was admitted by an event has no request of its own.
      const request = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
      return exclude.updates ? undefined : admit(t, request, UpdateAdmittedEventOrigin.REAPPLY);
    }
    case EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED:
      return attach(t, event);
    default:
      return childNews(t, event);
  }
}

function signal(t: Transition, { workflowExecutionSignaledEventAttributes: given, links }: Reappliable): void {
  if (!given) return;
  const { signalName, input, identity, header, requestId } = given;
  const eventType = EventType.WORKFLOW_EXECUTION_SIGNALED;
  t.run.head.signalCount++;
  if (requestId) put(t, 'requests', signalKey(requestId), { requestId, eventType, eventId: 0 });
  addEvent(t, eventType, {
    workflowExecutionSignaledEventAttributes: { signalName, input, identity, header, requestId },
    ...(links?.length && { links }),
  });
}

function admit(t: Transition, request: Init<UpdateRequest> | null | undefined, origin: UpdateAdmittedEventOrigin) {
  const updateId = request?.meta?.updateId;
  if (!updateId || t.run.updates.has(updateId)) return;
  put(t, 'updates', updateId, { updateId, admittedEventId: 0, acceptedEventId: 0, completedEventId: 0 });
  addEvent(t, EventType.WORKFLOW_EXECUTION_UPDATE_ADMITTED, {
    workflowExecutionUpdateAdmittedEventAttributes: { request, origin },
  });
}

function attach(t: Transition, event: Reappliable): void {
  const { eventType, workflowExecutionOptionsUpdatedEventAttributes, links } = event;
  const codec = WorkflowExecutionOptionsUpdatedEventAttributes;
  const attributes = codec.decode(codec.encode(workflowExecutionOptionsUpdatedEventAttributes ?? {}));
  const { attachedRequestId: requestId, attachedCompletionCallbacks } = attributes;
  if (requestId !== '') {
    if (t.run.requests.has(requestId)) return;
    put(t, 'requests', requestId, { requestId, eventType, eventId: 0 });
    addCallbacks(t, requestId, attachedCompletionCallbacks);
  } else applyOptions(t, attributes);
  if (attributes.timeSkippingConfigUpdated) configureTimeSkipping(t, attributes.timeSkippingConfig);
  addEvent(t, eventType, {
    workerMayIgnore: true,
    workflowExecutionOptionsUpdatedEventAttributes,
    ...(links?.length && { links }),
  });
}

/** The children that were asked for before the cut: what the old run heard of them, the new one hears, too. */
function childNews(t: Transition, event: Reappliable): void {
  const { children } = t.run;
  const { childWorkflowExecutionStartedEventAttributes: started } = event;
  if (started) {
    const child = children.get(started.initiatedEventId ?? 0);
    if (child?.state !== 'initiated') return;
    const runId = started.workflowExecution?.runId ?? '';
    put(t, 'children', child.initiatedEventId, { ...child, runId, state: 'started' });
    addEvent(t, event.eventType, { childWorkflowExecutionStartedEventAttributes: started });
    return;
  }
  const closing = childClosing(event);
  if (!closing || !children.has(closing.initiatedEventId)) return;
  remove(t, 'children', closing.initiatedEventId);
  addEvent(t, event.eventType, closing.fields);
}

const CHILD_CLOSINGS = [
  'startChildWorkflowExecutionFailedEventAttributes',
  'childWorkflowExecutionCompletedEventAttributes',
  'childWorkflowExecutionFailedEventAttributes',
  'childWorkflowExecutionTimedOutEventAttributes',
  'childWorkflowExecutionCanceledEventAttributes',
  'childWorkflowExecutionTerminatedEventAttributes',
] as const;

function childClosing(
  event: Reappliable,
): { readonly initiatedEventId: number; readonly fields: EventAttributes } | null {
  for (const name of CHILD_CLOSINGS) {
    const attributes = event[name];
    if (attributes) return { initiatedEventId: attributes.initiatedEventId ?? 0, fields: { [name]: attributes } };
  }
  return null;
}
