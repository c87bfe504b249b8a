import { Payload, Payloads } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { HistoryEvent } from '@perdure/api/history';
import type { CompletionCallback, Run } from '../../engine/workflow/state.ts';
import { nexusFailure } from './nexus-failure.ts';

/** What is sent to a callback's address. */
export interface CallbackRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const USER_AGENT = 'temporalio/server';

/**
 * The outcome of a closed run as a completion of Nexus over HTTP: the first payload of the result, or the failure; of a
 * termination no more than that there was one, since the receiver may be anybody. Headers of the callback go along, and
 * go before ours. Reference: history/workflow (GetNexusCompletion); common/nexus/nexusrpc (completion).
 */
export function callbackRequest(
  namespaceName: string,
  { key, startTime, head, requests }: Run,
  { callback, requestId }: CompletionCallback,
  closing: HistoryEvent,
): CallbackRequest {
  const { url = '', header = {} } = callback.nexus ?? {};
  const { headers, body } = outcome(closing);
  const attachedBy = requests.get(requestId)?.eventType === EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED;
  const reference = attachedBy
    ? { referenceType: 'RequestIdReference', requestID: requestId, eventType: 'WorkflowExecutionOptionsUpdated' }
    : { referenceType: 'EventReference', eventID: '1', eventType: 'WorkflowExecutionStarted' };
  return {
    url,
    body,
    headers: {
      'user-agent': USER_AGENT,
      'nexus-operation-start-time': new Date(startTime).toUTCString(),
      'nexus-operation-close-time': new Date(head.closeTime ?? 0).toISOString(),
      'nexus-link': eventLink([namespaceName, key.workflowId, key.runId], reference),
      ...headers,
      ...header,
    },
  };
}

interface Outcome {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

function outcome(closing: HistoryEvent): Outcome {
  switch (closing.eventType) {
    case EventType.WORKFLOW_EXECUTION_COMPLETED:
      return succeeded(closing.workflowExecutionCompletedEventAttributes?.result ?? null);
    case EventType.WORKFLOW_EXECUTION_FAILED:
      return unsuccessful('failed', closing.workflowExecutionFailedEventAttributes?.failure ?? new Uint8Array(0));
    case EventType.WORKFLOW_EXECUTION_CANCELED: {
      const details = closing.workflowExecutionCanceledEventAttributes?.details ?? null;
      const failure = Failure.encode({ message: 'operation canceled', canceledFailureInfo: { details } });
      return unsuccessful('canceled', failure);
    }
    case EventType.WORKFLOW_EXECUTION_TERMINATED:
      return unsuccessful('failed', Failure.encode({ message: 'operation terminated', terminatedFailureInfo: {} }));
    case EventType.WORKFLOW_EXECUTION_TIMED_OUT:
      return unsuccessful(
        'failed',
        Failure.encode({ message: 'operation exceeded internal timeout', timeoutFailureInfo: {} }),
      );
    default:
      throw new Error(`event ${closing.eventId} of type ${closing.eventType} is not how a run ends that is told of`);
  }
}

const unsuccessful = (state: 'failed' | 'canceled', failure: Uint8Array): Outcome => ({
  headers: { 'nexus-operation-state': state, 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(nexusFailure(failure))),
});

function succeeded(result: Uint8Array | null): Outcome {
  const [first] = result ? Payloads.decode(result).payloads : [];
  const { type, data } = first ? contentOf(first) : { type: '', data: new Uint8Array(0) };
  const headers = { 'nexus-operation-state': 'succeeded', ...(type && { 'content-type': type }) };
  return { headers, body: data };
}

/** A payload as others know such content, where they do; else as a whole, in its wire form. */
function contentOf(bytes: Uint8Array): { readonly type: string; readonly data: Uint8Array } {
  const { metadata, data } = Payload.decode(bytes);
  const text = (name: string): string => Buffer.from(metadata[name] ?? []).toString();
  const names = Object.keys(metadata).length;
  const messageType = text('messageType');
  switch (text('encoding')) {
    case 'json/plain':
      if (names === 1) return { type: 'application/json', data };
      break;
    case 'binary/plain':
      if (names === 1) return { type: 'application/octet-stream', data };
      break;
    case 'binary/null':
      if (names === 1) return { type: '', data };
      break;
    case 'json/protobuf':
      if (names === 2 && messageType)
        return { type: `application/json; format=protobuf; message-type=${JSON.stringify(messageType)}`, data };
      break;
    case 'binary/protobuf':
      if (names === 2 && messageType)
        return { type: `application/x-protobuf; message-type=${JSON.stringify(messageType)}`, data };
      break;
  }
  return { type: 'application/x-temporal-payload', data: bytes };
}

/** A link to an event, as a header has it. */
function eventLink(path: readonly [string, string, string], reference: Record<string, string>): string {
  const [namespace, workflowId, runId] = path.map((part) => encodeURIComponent(part));
  const query = new URLSearchParams(reference);
  query.sort();
  const url = `temporal:///namespaces/${namespace}/workflows/${workflowId}/${runId}/history?${query}`;
  return `<${url}>; type="temporal.api.common.v1.Link.WorkflowEvent"`;
}
