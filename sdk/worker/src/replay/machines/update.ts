import type { coresdk } from '@perdure/proto';
import { temporal } from '@perdure/proto';
import Long from 'long';
import { fatal, nondeterminism } from '../errors.ts';
import { type Event, EventType } from '../history.ts';
import type { IncomingMessage } from '../messages.ts';
import type { Run, UpdateMachine } from '../state.ts';
import { unexpected } from './unexpected.ts';

const { CommandType } = temporal.api.enums.v1;
const { Acceptance, Rejection, Response } = temporal.api.update.v1;

/*
 * An update, from its request to the event of its completion.
 *
 *   Requested ──reject──▶ Rejected
 *      │ accept
 *      ▼
 *   Accepted ──sent──▶ AcceptanceSent ──ACCEPTED──▶ AcceptanceRecorded ──complete──▶ Completed ──sent──▶ CompletionSent
 *      │ complete            │ complete                                                                     ▲   │
 *      ▼                     ▼                                                                              │   ▼
 *   AcceptedCompleted ─sent─▶ AcceptanceSentCompleted ─sent─▶ BothSent ──────────────ACCEPTED───────────────┘ CompletionRecorded
 *
 * An update that is completed in the task that accepts it sends both at once. Each is a message, and a command that
 * says where among the other commands the message stands.
 */

/** Hands the request to the code. While replaying its validator does not run: the history says that it passed. */
export function requestUpdate(run: Run, message: IncomingMessage): void {
  const { request, protocolInstanceId } = message;
  if (message.sequencingEventId === null)
    throw fatal(`the request of update ${protocolInstanceId} does not say after which event it came`);
  if (!request.input || !request.meta) throw fatal(`the request of update ${protocolInstanceId} has no input or meta`);
  run.updates.set(protocolInstanceId, { kind: 'update', message, state: 'Requested' });
  run.jobs.push({
    doUpdate: {
      id: request.meta.updateId ?? '',
      protocolInstanceId,
      name: request.input.name ?? '',
      input: request.input.args?.payloads ?? [],
      headers: request.input.header?.fields ?? {},
      meta: request.meta,
      runValidator: !run.isReplaying,
    },
  });
}

export function answerUpdate(run: Run, answer: coresdk.workflow_commands.IUpdateResponse): void {
  const id = answer.protocolInstanceId ?? '';
  const machine = run.updates.get(id);
  if (!machine) throw fatal(`code answers an update ${id} that nobody asked for`);
  if (answer.accepted) return accept(run, machine);
  if (answer.rejected) {
    if (machine.state === 'Requested') return reject(run, machine, answer.rejected);
    return complete(run, machine, { failure: answer.rejected });
  }
  if (answer.completed) return complete(run, machine, { success: { payloads: [answer.completed] } });
  throw fatal(`code answers the update ${id} with nothing`);
}

export function updateSent(machine: UpdateMachine): void {
  if (machine.state === 'Accepted') machine.state = 'AcceptanceSent';
  else if (machine.state === 'AcceptedCompleted') machine.state = 'AcceptanceSentCompleted';
  else if (machine.state === 'AcceptanceSentCompleted') machine.state = 'BothSent';
  else if (machine.state === 'Completed') machine.state = 'CompletionSent';
}

export function updateMeets(machine: UpdateMachine, event: Event): void {
  const isAccepted = event.type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED;
  const isCompleted = event.type === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED;
  if (isAccepted && machine.state === 'AcceptanceSent') machine.state = 'AcceptanceRecorded';
  else if (isAccepted && machine.state === 'BothSent') machine.state = 'CompletionSent';
  else if (isCompleted && machine.state === 'CompletionSent') machine.state = 'CompletionRecorded';
  else throw unexpected(machine, event);
}

function accept(run: Run, machine: UpdateMachine): void {
  if (machine.state !== 'Requested') throw outOfTurn(machine);
  machine.state = 'Accepted';
  const { message } = machine;
  const value = Acceptance.encode({
    acceptedRequestMessageId: message.id,
    acceptedRequestSequencingEventId: Long.fromNumber(message.sequencingEventId ?? 0),
    acceptedRequest: message.request,
  }).finish();
  post(run, machine, 'accept', 'Acceptance', value);
}

function reject(run: Run, machine: UpdateMachine, failure: temporal.api.failure.v1.IFailure): void {
  machine.state = 'Rejected';
  const { message } = machine;
  const value = Rejection.encode({
    rejectedRequestMessageId: message.id,
    rejectedRequestSequencingEventId: Long.fromNumber(message.sequencingEventId ?? 0),
    rejectedRequest: message.request,
    failure,
  }).finish();
  say(run, machine, 'reject', 'Rejection', value);
}

function complete(run: Run, machine: UpdateMachine, outcome: temporal.api.update.v1.IOutcome): void {
  if (machine.state === 'Accepted') machine.state = 'AcceptedCompleted';
  else if (machine.state === 'AcceptanceSent') machine.state = 'AcceptanceSentCompleted';
  else if (machine.state === 'AcceptanceRecorded') machine.state = 'Completed';
  else throw outOfTurn(machine);
  const { meta } = machine.message.request;
  post(run, machine, 'complete', 'Response', Response.encode({ ...(meta ? { meta } : {}), outcome }).finish());
}

/** A message, and the command that marks its place. */
function post(run: Run, machine: UpdateMachine, what: string, type: string, value: Uint8Array): void {
  const messageId = say(run, machine, what, type, value);
  run.fresh.push({
    machine,
    command: {
      commandType: CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE,
      protocolMessageCommandAttributes: { messageId },
    },
  });
}

function say(run: Run, { message }: UpdateMachine, what: string, type: string, value: Uint8Array): string {
  const id = `${message.id}/${what}`;
  if (!run.isReplaying) {
    run.outbox.push({
      id,
      protocolInstanceId: message.protocolInstanceId,
      body: { type_url: `type.googleapis.com/temporal.api.update.v1.${type}`, value },
    });
  }
  return id;
}

function outOfTurn({ message, state }: UpdateMachine): Error {
  return nondeterminism(
    `Invalid transition while handling update response (id ${message.request.meta?.updateId}) in state ${state}`,
  );
}
