import { QueryResultType } from '@perdure/api/enums';
import type { WorkflowQuery, WorkflowQueryResult } from '@perdure/api/query';
import type { Clock } from '../kernel/clock.ts';
import type { Matching, QueueId } from '../matching/contract.ts';
import type { Loaded } from './loaded.ts';
import { type Task, taskId } from './task.ts';

/**
 * Queries under way. They leave no trace in a run; who asked waits here.
 *
 *   with a task    the run has a workflow task, or is to get its first: the query goes to the worker with that task, and
 *                  the answer comes with the task's completion, so that it knows of every event before it
 *   directly       nothing is left to be processed: a poll of the task queue gets the query on its own
 *
 * Reference: history/api/queryworkflow; recorded conversations, theme `messages`.
 */
export interface Queries {
  /** What goes out with the run's next workflow task, by id. */
  waiting(runId: string): Readonly<Record<string, WorkflowQuery>>;
  waitingCount(runId: string): number;
  /**
   * A workflow task was completed, in this turn. Queries that it did not answer wait for the task that follows; when
   * none does they are released. Told once the completion is durable.
   */
  taskCompleted(
    runId: string,
    results: Readonly<Record<string, WorkflowQueryResult>>,
    taskFollows: boolean,
    durable: Promise<void> | null,
  ): void;
  /** A query that is asked directly, if its answer is still wanted. */
  direct(queryId: string): WorkflowQuery | undefined;
  /** False when nobody waits for it (any more). */
  answerDirect(queryId: string, answer: QueryAnswer): boolean;
  /** Throws what `signal` was aborted with. Answers `null` at the deadline. */
  askWithTask(loaded: Loaded, queryId: string, query: WorkflowQuery, until: AskUntil): Promise<QueryAnswer | null>;
  /** Likewise. */
  askDirectly(
    loaded: Loaded,
    queryId: string,
    query: WorkflowQuery,
    queue: QueueId,
    until: AskUntil,
  ): Promise<QueryAnswer | null>;
}

export type QueryAnswer =
  | { readonly kind: 'answered'; readonly result: Uint8Array | null }
  | { readonly kind: 'failed'; readonly message: string; readonly failure: Uint8Array | null }
  /** The task it waited for is over and nothing is left to be processed: ask directly. */
  | { readonly kind: 'released' }
  /** The poll that took it had been given up: ask again. */
  | { readonly kind: 'returned' }
  /** No poll came to take it, and none is to be expected. */
  | { readonly kind: 'no-poller' }
  /** What the run had in memory is lost: begin anew. */
  | { readonly kind: 'lost' };

export interface AskUntil {
  /** Epoch ms. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly query: WorkflowQuery;
  readonly settle: (answer: QueryAnswer | null) => void;
}

const DEFAULT_PRIORITY = 3;
/** How long before the deadline a missing worker is told, so that its sender learns more than that time is up. */
const NO_POLLER_MS = 1_000;
/** A queue that nobody polled for this long has no worker. */
const POLLER_GONE_MS = 20_000;
const NONE: ReadonlyMap<string, Waiting> = new Map();

/**
 * `wall` is the clock of those who ask and of the workers who poll; `clock` that of the runs, which is held while a worker
 * is asked.
 */
export function createQueries(wall: Clock, clock: Clock, matching: Matching<Task>): Queries {
  const byRun = new Map<string, Map<string, Waiting>>();
  const direct = new Map<string, Waiting>();

  function remove(runId: string, queryId: string): void {
    const waiting = byRun.get(runId);
    if (waiting?.delete(queryId) && waiting.size === 0) byRun.delete(runId);
  }

  return {
    waiting(runId) {
      const queries: Record<string, WorkflowQuery> = {};
      for (const [queryId, { query }] of byRun.get(runId) ?? NONE) queries[queryId] = query;
      return queries;
    },
    waitingCount: (runId) => byRun.get(runId)?.size ?? 0,
    taskCompleted(runId, results, taskFollows, durable) {
      for (const [queryId, { settle }] of byRun.get(runId) ?? NONE) {
        const result = results[queryId];
        if (!result && taskFollows) continue;
        remove(runId, queryId);
        const answer: QueryAnswer = result ? fromResult(result) : { kind: 'released' };
        if (durable)
          durable.then(
            () => settle(answer),
            () => settle({ kind: 'lost' }),
          );
        else settle(answer);
      }
    },
    direct: (queryId) => direct.get(queryId)?.query,
    answerDirect(queryId, answer) {
      const waiting = direct.get(queryId);
      direct.delete(queryId);
      waiting?.settle(answer);
      return waiting !== undefined;
    },
    async askWithTask(loaded, queryId, query, until) {
      const { runId } = loaded.run.key;
      const { answer, settle } = wait(wall, until);
      const watch = (): void => {
        if (loaded.dropped) settle({ kind: 'lost' });
        // A completion that closed the run has taken the query out before.
        else if (loaded.durablyClosed && byRun.get(runId)?.has(queryId)) settle({ kind: 'released' });
      };
      const ofRun = byRun.get(runId) ?? new Map<string, Waiting>();
      byRun.set(runId, ofRun.set(queryId, { query, settle }));
      loaded.watchers.add(watch);
      try {
        return await answer;
      } finally {
        loaded.watchers.delete(watch);
        remove(runId, queryId);
      }
    },
    async askDirectly(loaded, queryId, query, queue, until) {
      const task: Task = { kind: 'query', key: loaded.run.key, queryId };
      const priority = loaded.run.head.priority?.priorityKey || DEFAULT_PRIORITY;
      const fairness = { key: '', weight: 1, perSecond: null };
      for (;;) {
        const { answer, settle } = wait(wall, until);
        const done = clock.hold('task');
        direct.set(queryId, { query, settle });
        try {
          const offer = { task, id: taskId(task), priority, fairness, createdAt: wall.now() };
          if (!(await matching.offerOnly(queue, offer, { ...until, deadline: until.deadline - NO_POLLER_MS }))) {
            if (!until.signal.aborted && !matching.hasRecentPoller(queue, POLLER_GONE_MS)) return { kind: 'no-poller' };
            if (!(await matching.offerOnly(queue, offer, until))) settle(null);
          }
          const outcome = await answer;
          if (outcome?.kind !== 'returned') return outcome;
        } finally {
          direct.delete(queryId);
          settle(null);
          done();
        }
      }
    },
  };
}

function fromResult({ resultType, answer, errorMessage, failure }: WorkflowQueryResult): QueryAnswer {
  return resultType === QueryResultType.ANSWERED
    ? { kind: 'answered', result: answer }
    : { kind: 'failed', message: errorMessage, failure };
}

/** A promise that somebody settles, or the deadline (with null), or the signal (by rejecting it). */
function wait(
  clock: Clock,
  { deadline, signal }: AskUntil,
): { readonly answer: Promise<QueryAnswer | null>; readonly settle: (answer: QueryAnswer | null) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<QueryAnswer | null>();
  // Nobody may be waiting for it any more when the caller goes.
  promise.catch(() => {});
  const cancelTimer = clock.schedule(deadline, () => settle(null));
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  function leave(): void {
    cancelTimer();
    signal.removeEventListener('abort', onAbort);
  }
  function onAbort(): void {
    leave();
    reject(signal.reason as Error);
  }
  function settle(answer: QueryAnswer | null): void {
    leave();
    resolve(answer);
  }
  return { answer: promise, settle };
}
