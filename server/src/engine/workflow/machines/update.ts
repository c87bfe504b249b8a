import { type Codec, DecodeError, type Init } from '@perdure/api';
import { EventType, WorkflowTaskFailedCause } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { Message } from '@perdure/api/protocol';
import { Acceptance, type Outcome, Rejection, Response, Request as UpdateRequest } from '@perdure/api/update';
import { invalidArgument } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { type Refused, refused, terminating } from '../commands/command.ts';
import { addEvent } from '../events.ts';
import type { Run, WorkflowTask } from '../state.ts';
import type { Transition } from '../transition.ts';
import { put, remove } from '../transition.ts';

/**
 * An update, from its request to its outcome.
 *
 *             handed out with a task          Acceptance              Response
 *   Admitted ────────────────────────▶ Sent ─────────────▶ Accepted ───────────▶ Completed
 *      │                               │ ▲ │
 *      │                 task lost, sent └─┘
 *      │                    with the next  │ Rejection; or the task was completed without a word about it
 *      └───────────────────────────────────┴─▶ (gone)
 *
 *   The run closes     Admitted, Sent ─▶ (gone): tried again on the run that carries on, or else refused
 *                      Accepted stays; what its callers get is a failure
 *   A task is refused  Sent ─▶ (gone): to send it again could break the task again; Admitted waits for the next
 *
 * Admitted and Sent (`PendingUpdate`) are in memory only, so that an update that is rejected writes nothing; a worker
 * that answers one which a crash wiped out is believed (its Acceptance carries the request). From Accepted on an update
 * is in history. One that a reset carries over is in history before it is accepted, and reaches the worker as that event.
 *
 * Callers wait outside (host/updates.ts) and hear of it by notices. Reference: history/workflow/update; theme `messages`.
 */

const CAUSE = WorkflowTaskFailedCause.BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE;
const BODY = 'temporal.api.update.v1.';

/** Its worker is from before updates, or left the update out. */
const unprocessedFailure = Failure.encode({
  message:
    "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
  source: 'Server',
  applicationFailureInfo: { type: 'UnprocessedUpdate', nonRetryable: true },
});

/** What becomes of an update that was accepted when the run closes before it was completed. */
export const closedBeforeCompletion: Outcome = {
  success: null,
  failure: Failure.encode({
    message: 'Workflow Update failed because the Workflow completed before the Update completed.',
    source: 'Server',
    applicationFailureInfo: { type: 'AcceptedUpdateCompletedWorkflow', nonRetryable: true },
  }),
};

/** All updates that count against the limit of the run. */
export const totalUpdates = ({ updates, pendingUpdates }: Run): number => updates.size + pendingUpdates.size;

/** Updates without an outcome. */
export const updatesInFlight = (run: Run): number => totalUpdates(run) - run.head.completedUpdates;

/** True while an update waits for a worker's answer: it wants a workflow task to go with. */
export const hasUpdateToSend = ({ pendingUpdates }: Run): boolean => pendingUpdates.size > 0;

/**
 * The messages that go out with a task that was just started. `again`: also those that went out before and came to
 * nothing; not so in a chain of heartbeats, where the worker still has them.
 */
export function sendUpdates(t: Transition, task: WorkflowTask, again: boolean): Init<Message>[] {
  const messages: Init<Message>[] = [];
  for (const [updateId, pending] of t.run.pendingUpdates) {
    if (pending.sent && !again) continue;
    if (!pending.sent) put(t, 'pendingUpdates', updateId, { ...pending, sent: true });
    messages.push({
      id: requestMessageId(updateId),
      protocolInstanceId: updateId,
      // Workers process a message once they have seen this event: everything before the task's start.
      eventId: task.startedEventId - 1,
      body: { type_url: `type.googleapis.com/${BODY}Request`, value: UpdateRequest.encode(pending.request) },
    });
  }
  return messages;
}

const requestMessageId = (updateId: string): string => `${updateId}/request`;

/** Takes an Acceptance, Rejection or Response that a worker sent. */
export function handleMessage(t: Transition, message: Message): Refused | null {
  const { body, protocolInstanceId: updateId } = message;
  if (!body) throw invalidArgument('nil message body');
  const bodyType = body.type_url.slice(body.type_url.lastIndexOf('/') + 1);
  if (!bodyType.startsWith(BODY))
    return refused(CAUSE, `unsupported protocol type ${bodyType.slice(0, bodyType.lastIndexOf('.'))}`);
  if (body.value.length > t.limits.blobSizeError)
    return terminating(CAUSE, `Message type ${bodyType} exceeds size limit.`);
  switch (bodyType.slice(BODY.length)) {
    case 'Acceptance':
      return withBody(Acceptance, body.value, (acceptance) => accept(t, updateId, acceptance));
    case 'Rejection':
      return withBody(Rejection, body.value, (rejection) => reject(t, updateId, rejection));
    case 'Response':
      return withBody(Response, body.value, (response) => respond(t, updateId, response));
    default:
      return refused(CAUSE, `Message type ${bodyType} not supported`);
  }
}

function withBody<T>(codec: Codec<T>, bytes: Uint8Array, take: (body: T) => Refused | null): Refused | null {
  let body: T;
  try {
    body = codec.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return refused(CAUSE, `unable to unmarshal request: ${error.message}`);
    throw error;
  }
  return take(body);
}

function accept(t: Transition, updateId: string, acceptance: Acceptance): Refused | null {
  const { run } = t;
  const { acceptedRequestSequencingEventId, acceptedRequest } = acceptance;
  // The command that closed the run came first: what is not accepted by then is aborted.
  if (!isOpen(run)) return null;
  const known = run.updates.get(updateId);
  if (known && known.acceptedEventId !== 0) return wrongState(run, updateId, 'Acceptance');
  const request = known ? null : (run.pendingUpdates.get(updateId)?.request ?? acceptedRequest);
  if (!known) {
    const refusal = run.pendingUpdates.has(updateId) ? null : refuseUnknown(t, updateId, request);
    if (refusal) return refusal;
  }
  if (acceptedRequestSequencingEventId === 0)
    return invalid('Acceptance', 'accepted_request_sequencing_event_id is not set');
  if (acceptance.acceptedRequestMessageId === '')
    return invalid('Acceptance', 'accepted_request_message_id is not set');
  const acceptedEventId = addEvent(t, EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED, {
    workflowExecutionUpdateAcceptedEventAttributes: {
      protocolInstanceId: updateId,
      acceptedRequestMessageId: requestMessageId(updateId),
      acceptedRequestSequencingEventId,
      acceptedRequest: request,
    },
  });
  remove(t, 'pendingUpdates', updateId);
  const admittedEventId = known?.admittedEventId ?? 0;
  put(t, 'updates', updateId, { updateId, admittedEventId, acceptedEventId, completedEventId: 0 });
  return null;
}

function reject(t: Transition, updateId: string, { rejectedRequest, failure }: Rejection): Refused | null {
  const { run } = t;
  const known = run.updates.get(updateId);
  if (known && known.acceptedEventId !== 0) return wrongState(run, updateId, 'Rejection');
  if (!known && !run.pendingUpdates.has(updateId)) {
    const refusal = refuseUnknown(t, updateId, rejectedRequest);
    if (refusal) return refusal;
  }
  rejectUpdate(t, updateId, failure ?? new Uint8Array(0));
  return null;
}

function respond(t: Transition, updateId: string, { meta, outcome }: Response): Refused | null {
  const { run } = t;
  if (!isOpen(run)) return null;
  const update = run.updates.get(updateId);
  if (!update)
    return run.pendingUpdates.has(updateId) ? wrongState(run, updateId, 'Response') : refuseUnknown(t, updateId, null);
  const { acceptedEventId, completedEventId } = update;
  if (acceptedEventId === 0 || completedEventId !== 0) return wrongState(run, updateId, 'Response');
  if (!meta) return invalid('Response', 'meta is not set');
  if (meta.updateId === '') return invalid('Response', 'meta.update_id is not set');
  if (meta.updateId !== updateId) return invalid('Response', `meta.update_id != ${updateId}`);
  if (!outcome) return invalid('Response', 'outcome is not set');
  const eventId = addEvent(t, EventType.WORKFLOW_EXECUTION_UPDATE_COMPLETED, {
    workflowExecutionUpdateCompletedEventAttributes: { meta, acceptedEventId, outcome },
  });
  put(t, 'updates', updateId, { ...update, completedEventId: eventId });
  run.head.completedUpdates++;
  t.notices.push({ kind: 'update-answered', updateId, outcome });
  return null;
}

/** A worker may answer an update that the server forgot in a crash, if it says what the update was. */
function refuseUnknown(t: Transition, updateId: string, request: UpdateRequest | null): Refused | null {
  if (!request)
    return refused(
      CAUSE,
      `update ${updateId} wasn't found on the server. This is most likely a transient error which will be resolved automatically by retries`,
    );
  const { maxUpdates } = t.limits;
  return totalUpdates(t.run) >= maxUpdates ? refused(CAUSE, tooManyUpdates(maxUpdates)) : null;
}

export const tooManyUpdates = (maximum: number): string =>
  `The limit on the total number of distinct updates in this workflow has been reached (${maximum}). ` +
  'Make sure any duplicate updates share an Update ID so the server can deduplicate them, and consider rejecting ' +
  "updates that you aren't going to process. You can also Continue-as-New to avoid this; we recommend you check " +
  'Continue-as-New Suggested in your Workflow.';

function wrongState(run: Run, updateId: string, message: string): Refused {
  const update = run.updates.get(updateId);
  const pending = run.pendingUpdates.get(updateId);
  const state = update
    ? update.completedEventId !== 0
      ? 'Completed'
      : update.acceptedEventId !== 0
        ? 'Accepted'
        : 'Admitted'
    : pending?.sent
      ? 'Sent'
      : 'Admitted';
  return refused(
    CAUSE,
    `invalid state transition attempted for Update ${updateId}: received *update.${message} message while in state ${state}`,
  );
}

const invalid = (message: string, what: string): Refused => refused(CAUSE, `invalid *update.${message}: ${what}`);

function rejectUpdate(t: Transition, updateId: string, failure: Uint8Array): void {
  remove(t, 'pendingUpdates', updateId);
  remove(t, 'updates', updateId);
  t.notices.push({ kind: 'update-answered', updateId, outcome: { success: null, failure } });
}

/** A worker that completes a task answers every update that came with it; one it leaves out is rejected. */
export function rejectUnprocessed(t: Transition): void {
  const { updates, pendingUpdates } = t.run;
  for (const [updateId, { sent }] of pendingUpdates) if (sent) rejectUpdate(t, updateId, unprocessedFailure);
  if (updatesInFlight(t.run) === pendingUpdates.size) return;
  for (const [updateId, { acceptedEventId }] of updates)
    if (acceptedEventId === 0) rejectUpdate(t, updateId, unprocessedFailure);
}

/** The task's completion was refused. What was sent with it may be why, and is not sent again. */
export function abortSentUpdates(t: Transition): void {
  for (const [updateId, { sent }] of t.run.pendingUpdates) {
    if (!sent) continue;
    remove(t, 'pendingUpdates', updateId);
    t.notices.push({ kind: 'update-aborted', updateId, reason: 'workflow-task-failed' });
  }
}

/** Tells those who wait for updates what closing the run makes of them. */
export function abortUpdatesOfClosedRun(t: Transition): void {
  const { updates, pendingUpdates, head } = t.run;
  const reason = head.successorRunId === '' ? 'workflow-completed' : 'workflow-continuing';
  const inFlight = updatesInFlight(t.run) > pendingUpdates.size;
  for (const updateId of pendingUpdates.keys()) {
    remove(t, 'pendingUpdates', updateId);
    t.notices.push({ kind: 'update-aborted', updateId, reason });
  }
  if (!inFlight) return;
  for (const [updateId, { acceptedEventId, completedEventId }] of updates) {
    if (completedEventId !== 0) continue;
    if (acceptedEventId === 0) t.notices.push({ kind: 'update-aborted', updateId, reason });
    else t.notices.push({ kind: 'update-answered', updateId, outcome: closedBeforeCompletion });
  }
}
