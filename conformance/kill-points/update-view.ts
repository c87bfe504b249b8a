import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { HistoryEvent } from '@perdure/api/history';
import type { Message } from '@perdure/api/protocol';
import { Acceptance, Rejection, Request, Response } from '@perdure/api/update';
import { fromPayloads, toPayloads } from './payload.ts';

/** A command, with the message that it stands for if it does. */
export interface Asked {
  readonly command: Init<Command> | null;
  readonly message?: Init<Message>;
}

/** An update that was asked for or is under way. */
export interface UpdateView {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  readonly state: 'requested' | 'accepted' | 'completed';
  accept(): void;
  reject(why: string): void;
  /** Accepts it first if need be. */
  complete(value: unknown): void;
}

/** The updates of a run: those in history, then those that came with the task. */
export const updatesOf =
  (events: readonly HistoryEvent[], messages: readonly Message[]) =>
  (asked: Asked[]): UpdateView[] => [...recordedUpdates(events, asked), ...requestedUpdates(messages, asked)];

function recordedUpdates(events: readonly HistoryEvent[], asked: Asked[]): UpdateView[] {
  return events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }): UpdateView[] => {
    const { protocolInstanceId: id = '', acceptedRequest = null } = accepted ?? {};
    if (!acceptedRequest) return [];
    const completed = events.some(
      (event) => event.workflowExecutionUpdateCompletedEventAttributes?.meta?.updateId === id,
    );
    return [
      {
        id,
        ...inputOf(acceptedRequest),
        state: completed ? 'completed' : 'accepted',
        accept() {},
        reject() {},
        complete: (value) => void asked.push(completion(id, value)),
      },
    ];
  });
}

function requestedUpdates(messages: readonly Message[], asked: Asked[]): UpdateView[] {
  return messages.map((message): UpdateView => {
    const { id: messageId, protocolInstanceId: id, body } = message;
    const request = Request.decode(body?.value ?? new Uint8Array(0));
    const acceptedRequestSequencingEventId = Number(message.eventId ?? 0);
    let accepted = false;
    const accept = (): void => {
      if (accepted) return;
      accepted = true;
      const acceptance = { acceptedRequestMessageId: messageId, acceptedRequestSequencingEventId };
      const value = Acceptance.encode({ ...acceptance, acceptedRequest: request });
      asked.push(protocolMessage(`${id}/accept`, id, 'Acceptance', value));
    };
    return {
      id,
      ...inputOf(request),
      state: 'requested',
      accept,
      reject(why) {
        const value = Rejection.encode({
          rejectedRequestMessageId: messageId,
          rejectedRequestSequencingEventId: acceptedRequestSequencingEventId,
          rejectedRequest: request,
          failure: Failure.encode({ message: why, applicationFailureInfo: { type: 'Rejected' } }),
        });
        asked.push({ command: null, message: messageOf(`${id}/reject`, id, 'Rejection', value) });
      },
      complete(value) {
        accept();
        asked.push(completion(id, value));
      },
    };
  });
}

const inputOf = ({ input }: Request) => ({ name: input?.name ?? '', input: fromPayloads(input?.args ?? null) });

const completion = (id: string, value: unknown): Asked =>
  protocolMessage(
    `${id}/complete`,
    id,
    'Response',
    Response.encode({ meta: { updateId: id, identity: 'worker' }, outcome: { success: toPayloads(value) } }),
  );

const messageOf = (id: string, protocolInstanceId: string, type: string, value: Uint8Array): Init<Message> => ({
  id,
  protocolInstanceId,
  body: { type_url: `type.googleapis.com/temporal.api.update.v1.${type}`, value },
});

function protocolMessage(messageId: string, instance: string, type: string, value: Uint8Array): Asked {
  return {
    command: { commandType: CommandType.PROTOCOL_MESSAGE, protocolMessageCommandAttributes: { messageId } },
    message: messageOf(messageId, instance, type, value),
  };
}
