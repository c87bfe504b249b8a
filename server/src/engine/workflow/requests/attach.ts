import type { Callback } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import { addEvent } from '../events.ts';
import { addCallbacks } from '../machines/callback.ts';
import type { EventAttributes, SeenRequest } from '../state.ts';
import { put, type Transition } from '../transition.ts';

/** A client that asked for a start uses this open run instead, and wants the run to know. */
export function attachRequest(
  t: Transition,
  requestId: string,
  links: EventAttributes['links'],
  callbacks: readonly Callback[] = [],
): SeenRequest {
  addCallbacks(t, requestId, callbacks);
  const attached = { requestId, eventType: EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, eventId: 0 };
  put(t, 'requests', requestId, attached);
  addEvent(t, EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, {
    workerMayIgnore: true,
    workflowExecutionOptionsUpdatedEventAttributes: {
      attachedRequestId: requestId,
      attachedCompletionCallbacks: [...callbacks],
    },
    ...(links && links.length > 0 && { links }),
  });
  return attached;
}
