import type { Codec, Init } from '@perdure/api';
import { services } from '@perdure/api';
import { CommandType } from '@perdure/api/enums';
import { Acceptance, Rejection, Response, Request as UpdateRequest } from '@perdure/api/update';
import { WorkflowService } from '@perdure/api/workflowservice';
import type { CallbackRequest } from '../host/callbacks/completion.ts';
import type { Limits } from '../kernel/limits.ts';
import { type ManualClock, manualClock } from '../kernel/manual-clock.ts';
import { type Core, createCore } from '../server.ts';
import type { Storage } from '../storage/contract.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import type { MethodName, RequestOf, ResponseOf } from './context.ts';
import { inProcessClient } from './transport/in-process.ts';

/** A server without a socket, with a clock that stands still, and what a client and a worker say to it. */
export interface Conversation {
  readonly clock: ManualClock;
  readonly core: Core;
  /** What was sent to addresses outside, all of which take it. */
  readonly calledBack: CallbackRequest[];
  /** How many commits storage has been given. */
  commits(): number;
  call<M extends MethodName>(method: M, request: Init<RequestOf<M>>, deadlineMs?: number): Promise<ResponseOf<M>>;
  close(): Promise<void>;
}

/** Lets calls that were just made get to where they wait. */
export const underWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** On the server's clock, which may have been moved on. */
const POLL_MS = 10_000;

export async function converse(limits: Partial<Limits> = {}, given?: Storage): Promise<Conversation> {
  const clock = manualClock(Date.now());
  const storage = given ?? (await openSqlite({ path: ':memory:' }));
  let commits = 0;
  const count: Storage['commit'] = (commit) => {
    commits++;
    return storage.commit(commit);
  };
  const counting: Storage = { ...storage, commit: count };
  const calledBack: CallbackRequest[] = [];
  const core = await createCore(counting, {
    clock,
    limits,
    async post(request) {
      calledBack.push(request);
      return { kind: 'taken' };
    },
  });
  const client = inProcessClient({ services, dispatch: core.dispatch });
  return {
    clock,
    core,
    calledBack,
    commits: () => commits,
    async call(method, request, deadlineMs) {
      const codecs: { readonly request: Codec<unknown>; readonly response: Codec<unknown> } =
        WorkflowService.methods[method];
      const body = codecs.request.encode({ namespace: 'default', ...request });
      const options = deadlineMs === undefined ? {} : { deadlineMs };
      const answer = await client.call(WorkflowService.name, method, body, options);
      return codecs.response.decode(answer) as ResponseOf<typeof method>;
    },
    async close() {
      await core.stop();
      await core.idle();
      await storage.close();
    },
  };
}

export const taskQueue = { name: 'queue' };
export const execution = { workflowId: 'workflow' };

export const startWorkflow = ({ call }: Conversation) =>
  call('StartWorkflowExecution', { ...execution, workflowType: { name: 'W' }, taskQueue, requestId: 'start' });

export const takeTask = (
  { call, clock }: Conversation,
  queue: Init<RequestOf<'PollWorkflowTaskQueue'>>['taskQueue'] = taskQueue,
) => call('PollWorkflowTaskQueue', { taskQueue: queue, identity: 'worker' }, clock.now() - Date.now() + POLL_MS);

export type Taken = ResponseOf<'PollWorkflowTaskQueue'>;

export const complete = (
  { call }: Conversation,
  { taskToken }: Taken,
  more: Init<RequestOf<'RespondWorkflowTaskCompleted'>> = {},
) => call('RespondWorkflowTaskCompleted', { taskToken, identity: 'worker', ...more });

/** A workflow that has completed its first task and waits. */
export async function idleWorkflow(conversation: Conversation): Promise<void> {
  await startWorkflow(conversation);
  await complete(conversation, await takeTask(conversation));
}

/** What a worker says to the update messages that came with its task, and the commands that place it. */
export function answers({ messages }: Taken, kinds: readonly ('accept' | 'reject' | 'respond')[]) {
  const said = messages.flatMap((message) => kinds.map((kind) => say(kind, message)));
  const commands = said
    .filter(({ body }) => !body.type_url.endsWith('Rejection'))
    .map(({ id }) => ({
      commandType: CommandType.PROTOCOL_MESSAGE,
      protocolMessageCommandAttributes: { messageId: id },
    }));
  return { messages: said, commands };
}

function say(
  kind: 'accept' | 'reject' | 'respond',
  { id, protocolInstanceId, eventId, body }: Taken['messages'][number],
) {
  const request = UpdateRequest.decode(body?.value ?? new Uint8Array(0));
  const { name, value } = bodyOf(kind, request, id, eventId ?? 0);
  const type_url = `type.googleapis.com/temporal.api.update.v1.${name}`;
  return { id: `${id}/${kind}`, protocolInstanceId, body: { type_url, value } };
}

function bodyOf(kind: 'accept' | 'reject' | 'respond', request: UpdateRequest, id: string, eventId: number) {
  switch (kind) {
    case 'accept':
      return {
        name: 'Acceptance',
        value: Acceptance.encode({
          acceptedRequestMessageId: id,
          acceptedRequestSequencingEventId: eventId,
          acceptedRequest: request,
        }),
      };
    case 'reject':
      return { name: 'Rejection', value: Rejection.encode({ rejectedRequest: request, failure: new Uint8Array(0) }) };
    case 'respond':
      return {
        name: 'Response',
        value: Response.encode({ meta: request.meta, outcome: { success: new Uint8Array(0) } }),
      };
  }
}
