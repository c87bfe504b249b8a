import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, EventType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { History, type HistoryEvent, type WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import type { Message } from '@perdure/api/protocol';
import { Acceptance, Rejection, Response, type Request as UpdateRequest } from '@perdure/api/update';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import { defaultLimits, type Limits } from '../../../kernel/limits.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { conclude } from '../conclude.ts';
import { type Creation, createRun } from '../create.ts';
import { type Completed, completeWorkflowTask } from '../requests/complete-workflow-task.ts';
import { admitUpdate } from '../requests/update.ts';
import type { Run } from '../state.ts';
import { begin, type Context, type NamespaceView, rollBack, type Transition } from '../transition.ts';
import { sendUpdates } from './update.ts';
import { startWorkflowTask } from './workflow-task.ts';

/** A run whose transitions leave their events behind. */
export interface Tested {
  readonly run: Run;
  /** The clock (epoch ms); tests move it. */
  now: number;
  readonly limits: Limits;
}

/** One transition. */
export interface Did<T> {
  readonly reply: T;
  readonly events: readonly HistoryEvent[];
  readonly t: Transition;
}

export const START = Date.UTC(2024, 0, 1);

const namespace: NamespaceView = {
  id: 'namespace-id',
  name: 'default',
  searchAttributes: new Map(),
  idOf: () => undefined,
  retention: 0,
};
const random = seededRandom(1);
const contextOf = ({ now, limits }: Omit<Tested, 'run'>): Context => ({ now, limits, random, namespace });

export interface TestedOptions {
  readonly started?: Init<WorkflowExecutionStartedEventAttributes>;
  readonly limits?: Partial<Limits>;
  readonly creation?: Partial<Creation>;
}

/** A run that has just been started. Its history ends with event 2. */
export function testRun({ started, limits, creation }: TestedOptions = {}): Tested {
  const clock = { now: START, limits: { ...defaultLimits, ...limits } };
  const t = createRun(contextOf(clock), {
    key: { namespaceId: namespace.id, workflowId: 'workflow', runId: 'run' },
    requestId: 'start-request',
    started: {
      workflowType: { name: 'W' },
      taskQueue: { name: 'queue' },
      workflowTaskTimeout: { seconds: 10, nanos: 0 },
      attempt: 1,
      ...started,
    },
    ...creation,
  });
  conclude(t);
  return { run: t.run, ...clock };
}

/** What `apply` throws undoes the transition. */
export function doing<T>(tested: Tested, apply: (t: Transition) => T): Did<T> {
  const t = begin(tested.run, contextOf(tested));
  try {
    const reply = apply(t);
    return { reply, events: conclude(t).flatMap(({ bytes }) => History.decode(bytes).events), t };
  } catch (error) {
    rollBack(t);
    throw error;
  }
}

/** A worker takes the open workflow task, if it has not yet, and completes it. */
export function completeTask(
  tested: Tested,
  commands: readonly Init<Command>[] = [],
  more: Init<RespondWorkflowTaskCompletedRequest> = {},
): Did<Completed> {
  if (tested.run.head.workflowTask?.startedEventId === 0) takeWithUpdates(tested);
  const task = tested.run.head.workflowTask;
  if (!task) throw new Error('there is no workflow task');
  const request = RespondWorkflowTaskCompletedRequest.decode(
    RespondWorkflowTaskCompletedRequest.encode({ identity: 'worker', commands: [...commands], ...more }),
  );
  return doing(tested, (t) => completeWorkflowTask(t, task, request));
}

const names = new Map<EventType, string>(Object.entries(EventType).map(([name, type]) => [type, name]));
export const types = (events: readonly HistoryEvent[]): string[] =>
  events.map(({ eventType }) => names.get(eventType) ?? String(eventType));

/** What a client and a worker say to each other about an update. */
export const updateRequest = (updateId: string): UpdateRequest => ({
  meta: { updateId, identity: 'client' },
  input: { header: null, name: 'u', args: null },
  requestId: '',
  completionCallbacks: [],
  links: [],
});

export const admit = (tested: Tested, updateId = 'u1'): Did<void> =>
  doing(tested, (t) => admitUpdate(t, updateId, updateRequest(updateId)));

/** A run that has completed its first task and waits. Its history ends with event 4. */
export function idleRun(options?: Parameters<typeof testRun>[0]): Tested {
  const tested = testRun(options);
  completeTask(tested);
  return tested;
}

/** A worker takes the open task with what goes with it; the ids of the updates among it. */
export function takeWithUpdates(tested: Tested): { readonly sent: string[]; readonly events: Did<unknown>['events'] } {
  const { reply, events } = doing(tested, (t) =>
    sendUpdates(t, startWorkflowTask(t, { requestId: 'poll', identity: 'worker' }), true),
  );
  return { sent: reply.map(({ protocolInstanceId }) => protocolInstanceId ?? ''), events };
}

const message = (updateId: string, kind: string, value: Uint8Array): Init<Message> => ({
  id: `${updateId}/${kind}`,
  protocolInstanceId: updateId,
  body: { type_url: `type.googleapis.com/temporal.api.update.v1.${kind}`, value },
});

export const acceptance = (updateId = 'u1', more: Init<Acceptance> = {}): Init<Message> =>
  message(
    updateId,
    'Acceptance',
    Acceptance.encode({
      acceptedRequestMessageId: `${updateId}/request`,
      acceptedRequestSequencingEventId: 5,
      acceptedRequest: updateRequest(updateId),
      ...more,
    }),
  );

export const rejection = (updateId = 'u1'): Init<Message> =>
  message(
    updateId,
    'Rejection',
    Rejection.encode({ rejectedRequest: updateRequest(updateId), failure: Failure.encode({ message: 'not now' }) }),
  );

export const response = (updateId = 'u1', more: Init<Response> = {}): Init<Message> =>
  message(
    updateId,
    'Response',
    Response.encode({ meta: { updateId, identity: 'client' }, outcome: { success: new Uint8Array(0) }, ...more }),
  );

export const ordering = (messageId: string): Init<Command> => ({
  commandType: CommandType.PROTOCOL_MESSAGE,
  protocolMessageCommandAttributes: { messageId },
});
