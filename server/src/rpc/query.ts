import type { Init } from '@perdure/api';
import type { WorkflowExecution } from '@perdure/api/common';
import { type QueryRejectCondition, ResourceExhaustedCause, ResourceExhaustedScope } from '@perdure/api/enums';
import { QueryFailedFailure } from '@perdure/api/errordetails';
import type { WorkflowQuery } from '@perdure/api/query';
import type { QueryWorkflowResponse } from '@perdure/api/workflowservice';
import { isOpen } from '../engine/workflow/close.ts';
import { routeQuery } from '../engine/workflow/requests/query.ts';
import { durableOrUnavailable } from '../host/host.ts';
import type { Loaded } from '../host/loaded.ts';
import type { AskUntil, QueryAnswer } from '../host/queries.ts';
import { Code, failedPrecondition, resourceExhausted, ServiceError } from '../kernel/errors.ts';
import type { QueueId } from '../matching/contract.ts';
import type { ServerContext } from './context.ts';
import { findRun } from './find-run.ts';
import type { Call } from './transport/contract.ts';

export interface Query {
  readonly execution: WorkflowExecution;
  readonly query: WorkflowQuery;
  readonly rejectCondition: QueryRejectCondition;
}

/** For callers that set no deadline. */
const DEFAULT_WAIT_MS = 30_000;
/** How long after its last poll a worker is still expected back on its sticky queue. */
const STICKY_WORKER_GONE_MS = 10_000;

/** Throws FAILED_PRECONDITION when the run or its workers cannot answer, INVALID_ARGUMENT with the workflow's failure. */
export async function query(
  server: ServerContext,
  namespaceId: string,
  request: Query,
  call: Call,
): Promise<Init<QueryWorkflowResponse>> {
  const until: AskUntil = {
    deadline: call.deadline ?? server.wall.now() + DEFAULT_WAIT_MS,
    signal: call.signal,
  };
  for (;;) {
    const loaded = await findRun(server, namespaceId, request.execution);
    // Nothing is told to who holds on to a copy that was evicted.
    if (server.host.cached(loaded.run.key.runId) !== loaded) continue;
    const response = await queryRun(server, loaded, request, until);
    if (response !== 'lost') return response;
  }
}

async function queryRun(
  server: ServerContext,
  loaded: Loaded,
  { query, rejectCondition }: Query,
  until: AskUntil,
): Promise<Init<QueryWorkflowResponse> | 'lost'> {
  const { run } = loaded;
  let answer: QueryAnswer | null = { kind: 'released' };
  switch (routeQuery(run, rejectCondition, until.deadline + server.clock.now() - server.wall.now())) {
    case 'rejected': {
      const { status } = run.head;
      // Workers are only asked about what is durable; this tells of whatever the run did until now.
      await durableOrUnavailable(loaded.settled);
      return { queryRejected: { status } };
    }
    case 'with-task':
      refuseWhenBusy(server, run.key.runId);
      answer = await server.queries.askWithTask(loaded, server.random.uuid(), query, until);
      break;
    case 'directly':
  }
  if (answer?.kind === 'released') answer = await askDirectly(server, loaded, query, until);
  return responseTo(answer);
}

function refuseWhenBusy({ queries, limits }: ServerContext, runId: string): void {
  if (queries.waitingCount(runId) >= limits.maxBufferedQueries)
    throw resourceExhausted(
      ResourceExhaustedCause.BUSY_WORKFLOW,
      ResourceExhaustedScope.NAMESPACE,
      'consistent query buffer is full, this may be caused by too many queries and workflow not able to process query fast enough',
    );
}

/** The worker that has the run in its cache first; any other needs the whole history. */
async function askDirectly(
  server: ServerContext,
  loaded: Loaded,
  query: WorkflowQuery,
  until: AskUntil,
): Promise<QueryAnswer | null> {
  const { run } = loaded;
  const { sticky } = run.head;
  const queueOf = (name: string): QueueId => ({ namespaceId: run.key.namespaceId, name, type: 'workflow' });
  if (sticky && server.matching.hasRecentPoller(queueOf(sticky.queue), STICKY_WORKER_GONE_MS)) {
    const deadline = Math.min(until.deadline, server.wall.now() + sticky.scheduleToStartTimeout);
    const answer = await ask(server, loaded, query, queueOf(sticky.queue), { ...until, deadline });
    if (answer && answer.kind !== 'no-poller') return answer;
    if (isOpen(run) && run.head.sticky === sticky && !loaded.dropped)
      server.host.change(loaded, (t) => {
        t.run.head.sticky = null;
      });
  }
  return ask(server, loaded, query, queueOf(run.started.taskQueue?.name ?? ''), until);
}

const ask = (server: ServerContext, loaded: Loaded, query: WorkflowQuery, queue: QueueId, until: AskUntil) =>
  server.queries.askDirectly(loaded, server.random.uuid(), query, queue, until);

function responseTo(answer: QueryAnswer | null): Init<QueryWorkflowResponse> | 'lost' {
  switch (answer?.kind) {
    case 'answered':
      return { queryResult: answer.result };
    case 'failed':
      throw new ServiceError(Code.INVALID_ARGUMENT, answer.message, [
        { typeName: QueryFailedFailure.typeName, value: QueryFailedFailure.encode({ failure: answer.failure }) },
      ]);
    case 'no-poller':
      throw failedPrecondition('no poller seen for task queue recently, worker may be down');
    case 'lost':
      return 'lost';
    default:
      throw new ServiceError(Code.DEADLINE_EXCEEDED, 'query timed out before a worker could process it');
  }
}
