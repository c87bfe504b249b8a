import { temporal } from '@perdure/proto';
import { fatal } from './errors.ts';
import type { Event } from './history.ts';
import { toNumber } from './time.ts';

/** An update that a client asks for, as it came with a task or as the history tells it. */
export type IncomingMessage = {
  readonly id: string;
  /** The update's id. */
  readonly protocolInstanceId: string;
  /** The event after which it is to be handled; null for none. */
  readonly afterEventId: number | null;
  readonly sequencingEventId: number | null;
  readonly request: temporal.api.update.v1.IRequest;
};

const { Request } = temporal.api.update.v1;

/** Reads the messages of a task. Throws at a body that is no update's request: nothing else is ever sent. */
export function readMessages(messages: readonly temporal.api.protocol.v1.IMessage[]): IncomingMessage[] {
  return messages.map(({ id, protocolInstanceId, eventId, commandIndex, body }) => {
    if (!body?.value || !body.type_url?.endsWith('/temporal.api.update.v1.Request'))
      throw fatal(`the message ${id} is no request of an update`);
    const sequencingEventId = eventId === null || eventId === undefined ? null : toNumber(eventId);
    const hasCommandIndex = commandIndex !== null && commandIndex !== undefined && sequencingEventId === null;
    return {
      id: id ?? '',
      protocolInstanceId: protocolInstanceId ?? '',
      afterEventId: hasCommandIndex ? null : (sequencingEventId ?? 0),
      sequencingEventId,
      request: Request.decode(body.value),
    };
  });
}

/** The request that stands in a WORKFLOW_EXECUTION_UPDATE_ADMITTED event. */
export function admittedMessage({ id, event }: Event): IncomingMessage {
  const { request } = event.workflowExecutionUpdateAdmittedEventAttributes ?? {};
  const updateId = request?.meta?.updateId;
  if (!request || !updateId) throw fatal(`event ${id} admits an update without saying which`);
  return {
    id: `${updateId}/request`,
    protocolInstanceId: updateId,
    afterEventId: id,
    sequencingEventId: id,
    request,
  };
}

/** The request that must have been there, told from its acceptance. */
export function acceptedMessage({ id, event }: Event): IncomingMessage {
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
  if (!accepted?.acceptedRequest) throw fatal(`event ${id} accepts an update without saying which`);
  const sequencingEventId = toNumber(accepted.acceptedRequestSequencingEventId);
  return {
    id: accepted.acceptedRequestMessageId ?? '',
    protocolInstanceId: accepted.protocolInstanceId ?? '',
    afterEventId: sequencingEventId,
    sequencingEventId,
    request: accepted.acceptedRequest,
  };
}
