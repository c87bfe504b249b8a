import { EventType, HistoryEventFilterType, UpdateWorkflowExecutionLifecycleStage as Stage } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { History, type HistoryEvent } from '@perdure/api/history';
import { Code, ServiceError } from '@perdure/server/testing';
import { fromPayloads, toPayloads } from './payload.ts';
import { QUEUE } from './run-view.ts';
import { insist, newId, type Request, sleep, type World } from './world.ts';

/**
 * What a program that uses the server does: it asks again, with the same request id, for as long as it does not know
 * the answer. Nothing here looks behind the server.
 */
export interface Client {
  /** The run id; '' when an earlier attempt of this call had started it and there are later runs by now. */
  start(workflowId: string, type: string, input?: unknown, more?: Request<'StartWorkflowExecution'>): Promise<string>;
  signal(workflowId: string, name: string, input?: unknown): Promise<void>;
  signalWithStart(workflowId: string, type: string, input: unknown, name: string, signal: unknown): Promise<string>;
  cancel(workflowId: string): Promise<void>;
  terminate(workflowId: string): Promise<void>;
  /** The result, or the message of the rejection. */
  update(workflowId: string, name: string, input: unknown): Promise<unknown>;
  query(workflowId: string, name: string): Promise<unknown>;
  /** How a workflow ends, whatever runs it takes. */
  outcome(workflowId: string, runId?: string): Promise<Outcome>;
  sleep(ms: number): Promise<void>;
}

export interface Outcome {
  /** The name of the event that closed the run. */
  readonly ended: string;
  readonly result: unknown;
}

const NAMESPACE = 'default';

export function createClient(world: World): Client {
  const execution = (workflowId: string, runId = '') => ({ workflowId, runId });
  const common = () => ({ namespace: NAMESPACE, identity: 'client', requestId: newId(world, 'request') });
  return {
    async start(workflowId, type, input, more = {}) {
      const request = {
        ...common(),
        workflowId,
        workflowType: { name: type },
        taskQueue: { name: QUEUE },
        input: toPayloads(input),
        ...more,
      };
      try {
        return (await insist(world, 'StartWorkflowExecution', request)).runId;
      } catch (error) {
        if (error instanceof ServiceError && error.code === Code.ALREADY_EXISTS) return '';
        throw error;
      }
    },
    async signal(workflowId, signalName, input) {
      const workflowExecution = execution(workflowId);
      await insist(world, 'SignalWorkflowExecution', {
        ...common(),
        workflowExecution,
        signalName,
        input: toPayloads(input),
      });
    },
    async signalWithStart(workflowId, type, input, signalName, signal) {
      const { runId } = await insist(world, 'SignalWithStartWorkflowExecution', {
        ...common(),
        workflowId,
        workflowType: { name: type },
        taskQueue: { name: QUEUE },
        input: toPayloads(input),
        signalName,
        signalInput: toPayloads(signal),
      });
      return runId;
    },
    async cancel(workflowId) {
      const workflowExecution = execution(workflowId);
      await insist(world, 'RequestCancelWorkflowExecution', { ...common(), workflowExecution });
    },
    async terminate(workflowId) {
      const workflowExecution = execution(workflowId);
      const { namespace, identity } = common();
      await insist(world, 'TerminateWorkflowExecution', { namespace, identity, workflowExecution });
    },
    async update(workflowId, name, input) {
      const updateId = newId(world, 'update');
      for (;;) {
        const { outcome } = await insist(world, 'UpdateWorkflowExecution', {
          namespace: NAMESPACE,
          workflowExecution: execution(workflowId),
          waitPolicy: { lifecycleStage: Stage.COMPLETED },
          request: { meta: { updateId, identity: 'client' }, input: { name, args: toPayloads(input) } },
        });
        if (outcome?.failure) return Failure.decode(outcome.failure).message;
        if (outcome) return fromPayloads(outcome.success);
      }
    },
    async query(workflowId, queryType) {
      const { queryResult } = await insist(
        world,
        'QueryWorkflow',
        { namespace: NAMESPACE, execution: execution(workflowId), query: { queryType } },
        [Code.FAILED_PRECONDITION, Code.DEADLINE_EXCEEDED],
      );
      return fromPayloads(queryResult);
    },
    async outcome(workflowId, runId) {
      let close = await closingEvent(world, workflowId, runId ?? '');
      for (let next = nextRun(close); next !== ''; next = nextRun(close)) {
        close = await closingEvent(world, workflowId, next);
      }
      return outcomeOf(close);
    },
    sleep: (ms) => sleep(world, ms),
  };
}

async function closingEvent(world: World, workflowId: string, runId: string): Promise<HistoryEvent> {
  let nextPageToken: Uint8Array | null = null;
  for (;;) {
    const page: { history: Uint8Array | null; nextPageToken: Uint8Array } = await insist(
      world,
      'GetWorkflowExecutionHistory',
      {
        namespace: NAMESPACE,
        execution: { workflowId, runId },
        waitNewEvent: true,
        historyEventFilterType: HistoryEventFilterType.CLOSE_EVENT,
        nextPageToken,
      },
    );
    const [event] = History.decode(page.history ?? new Uint8Array(0)).events;
    if (event) return event;
    nextPageToken = page.nextPageToken;
  }
}

/** The run that carries on, or ''. */
function nextRun(event: HistoryEvent): string {
  return (
    event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
    event.workflowExecutionCompletedEventAttributes?.newExecutionRunId ??
    event.workflowExecutionFailedEventAttributes?.newExecutionRunId ??
    event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId ??
    ''
  );
}

const eventNames = new Map<number, string>(Object.entries(EventType).map(([name, value]) => [value, name]));
export const eventName = ({ eventType }: HistoryEvent): string => eventNames.get(eventType) ?? String(eventType);

export function outcomeOf(event: HistoryEvent): Outcome {
  const ended = eventName(event);
  const failure = event.workflowExecutionFailedEventAttributes?.failure;
  if (failure) return { ended, result: Failure.decode(failure).message };
  return { ended, result: fromPayloads(event.workflowExecutionCompletedEventAttributes?.result ?? null) ?? null };
}
