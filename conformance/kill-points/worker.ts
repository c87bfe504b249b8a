import { QueryResultType, TaskQueueKind } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { History, type HistoryEvent } from '@perdure/api/history';
import type { WorkflowQuery } from '@perdure/api/query';
import { Code, ServiceError } from '@perdure/server/testing';
import { fromPayloads, toPayloads } from './payload.ts';
import { decide, QUEUE, type RunView, viewOf, type Workflow } from './run-view.ts';
import { updatesOf } from './update-view.ts';
import { call, insist, newId, type Response, sleep, type World } from './world.ts';

/** What a worker can do. */
export interface Program {
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly activities?: Readonly<Record<string, Activity>>;
  /** Answered from what the history says, whatever workflow it is. */
  readonly query?: (run: RunView, name: string) => unknown;
}

export type Activity = (task: ActivityTask) => Promise<unknown> | unknown;

export interface ActivityTask {
  readonly activityId: string;
  readonly workflowId: string;
  readonly input: unknown;
  readonly attempt: number;
  readonly heartbeatDetails: unknown;
  /** Does something to the world outside. */
  effect(what: string): void;
  heartbeat(details: unknown): Promise<void>;
}

/** Returned by an activity whose worker is never heard of again. */
export const SILENCE = Symbol('silence');

/** What workers got to see, and were told, to be compared with what is true in the end. */
export interface Seen {
  readonly histories: Shown[];
  readonly activities: HandedOut[];
  /** Workflow tasks that are in history and whose completion was acknowledged, with their STARTED event as it was shown. */
  readonly completedTasks: {
    readonly runId: string;
    readonly startedEventId: number;
    readonly started: HistoryEvent;
  }[];
}

/** Events of a run, as they came. */
export interface Shown {
  readonly runId: string;
  readonly events: readonly HistoryEvent[];
  /** From this id on they may be those of a task that is written only once it succeeds, or started anew after a crash. */
  readonly unwrittenFrom: number;
}

export interface HandedOut {
  readonly runId: string;
  readonly activityId: string;
  readonly attempt: number;
  /** By the ledger's count. */
  readonly at: number;
  acknowledged: boolean;
}

export const newSeen = (): Seen => ({ histories: [], activities: [], completedTasks: [] });

export interface WorkerOptions {
  /** Keeps runs in memory, and gets only what is new of them, over a queue of its own. */
  readonly sticky: boolean;
  /** Rests before it polls, so that tasks wait for it rather than it for them. */
  readonly lazy: boolean;
}

interface Worker {
  readonly world: World;
  readonly program: Program;
  readonly seen: Seen;
  readonly sticky: string | null;
  readonly histories: Map<string, readonly HistoryEvent[]>;
  alive: boolean;
}

const NAMESPACE = 'default';
const RETRY_MS = 1_500;
const REST_MS = 400;

/** Starts a worker's polls; returns what ends it, along with all that it is about to do. */
export function startWorker(world: World, program: Program, seen: Seen, { sticky, lazy }: WorkerOptions): () => void {
  const name = newId(world, 'worker');
  const worker: Worker = { world, program, seen, sticky: sticky ? name : null, histories: new Map(), alive: true };
  const begin = (poll: () => Promise<void>): void => {
    polls(worker, poll, lazy).catch((error: unknown) => world.bugs.push(error));
  };
  begin(() => pollWorkflowTask(worker, QUEUE, null));
  if (sticky) begin(() => pollWorkflowTask(worker, name, QUEUE));
  begin(() => pollActivityTask(worker));
  begin(() => pollActivityTask(worker));
  return () => {
    worker.alive = false;
  };
}

async function polls(worker: Worker, poll: () => Promise<void>, lazy: boolean): Promise<void> {
  if (lazy) await sleep(worker.world, REST_MS);
  while (isAlive(worker)) {
    let restMs = lazy ? REST_MS : 0;
    try {
      await poll();
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      restMs = RETRY_MS;
    }
    if (restMs > 0) await sleep(worker.world, restMs);
  }
}

const isAlive = ({ alive, world }: Worker): boolean => alive && !world.over;

async function pollWorkflowTask(worker: Worker, queue: string, normalName: string | null): Promise<void> {
  const kind = normalName === null ? TaskQueueKind.NORMAL : TaskQueueKind.STICKY;
  const taskQueue = { name: queue, kind, normalName: normalName ?? '' };
  const task = await call(worker.world, 'PollWorkflowTaskQueue', {
    namespace: NAMESPACE,
    taskQueue,
    identity: 'worker',
  });
  if (isAlive(worker) && task.taskToken.length > 0) await answerWorkflowTask(worker, task);
}

type WorkflowTask = Response<'PollWorkflowTaskQueue'>;

async function answerWorkflowTask(worker: Worker, task: WorkflowTask): Promise<void> {
  const { world, program } = worker;
  const events = await historyOf(worker, task);
  const view = (): RunView => viewOf(events, updatesOf(events, task.messages));
  if (task.query) {
    const { completedType, queryResult } = answerQuery(program, view(), task.query);
    await answer(worker, 'RespondQueryTaskCompleted', {
      namespace: NAMESPACE,
      taskToken: task.taskToken,
      completedType,
      queryResult,
    });
    return;
  }
  const workflow = program.workflows[task.workflowType?.name ?? ''];
  if (!workflow) throw new Error(`no workflow ${task.workflowType?.name}`);
  const asked = decide(workflow, view());
  const queryResults = Object.entries(task.queries).map(([id, query]) => {
    const { completedType: resultType, queryResult } = answerQuery(program, view(), query);
    return [id, { resultType, answer: queryResult }] as const;
  });
  const response = await answer(worker, 'RespondWorkflowTaskCompleted', {
    namespace: NAMESPACE,
    identity: 'worker',
    taskToken: task.taskToken,
    commands: asked.flatMap(({ command }) => command ?? []),
    messages: asked.flatMap(({ message }) => message ?? []),
    queryResults: Object.fromEntries(queryResults),
    returnNewWorkflowTask: true,
    ...(worker.sticky && {
      stickyAttributes: {
        workerTaskQueue: { name: worker.sticky, kind: TaskQueueKind.STICKY, normalName: QUEUE },
        scheduleToStartTimeout: { seconds: 5 },
      },
    }),
  });
  for (const activity of response?.activityTasks ?? []) {
    runActivity(worker, activity).catch((error: unknown) => world.bugs.push(error));
  }
  const { startedEventId } = task;
  const started = events[startedEventId - 1];
  if (response && started && !isWrittenLate(task))
    worker.seen.completedTasks.push({ runId: task.workflowExecution?.runId ?? '', startedEventId, started });
  if (response?.workflowTask && isAlive(worker)) await answerWorkflowTask(worker, response.workflowTask);
  world.stirs++;
}

function answerQuery({ query }: Program, view: RunView, { queryType }: WorkflowQuery) {
  return { completedType: QueryResultType.ANSWERED, queryResult: toPayloads(query?.(view, queryType)) };
}

/** The answer to a task. Null when the server has no use for it any more, as after a timeout. */
async function answer<M extends 'RespondWorkflowTaskCompleted' | 'RespondQueryTaskCompleted'>(
  worker: Worker,
  method: M,
  request: Parameters<typeof insist<M>>[2],
): Promise<Response<M> | null> {
  try {
    return isAlive(worker) ? await insist(worker.world, method, request) : null;
  } catch (error) {
    if (error instanceof ServiceError && error.code === Code.NOT_FOUND) return null;
    throw error;
  }
}

/** All events, those included that the worker had before. */
async function historyOf(worker: Worker, task: WorkflowTask): Promise<readonly HistoryEvent[]> {
  const runId = task.workflowExecution?.runId ?? '';
  const startedEventId = task.startedEventId;
  const came = History.decode(task.history ?? new Uint8Array(0)).events;
  worker.seen.histories.push({ runId, events: came, unwrittenFrom: unwrittenFrom(task) });
  const known = worker.histories.get(runId) ?? [];
  const first = came[0]?.eventId ?? (task.query ? known.length + 1 : 1);
  const whole =
    known.length >= first - 1 && task.nextPageToken.length === 0 && (first > 1 || came.length > 0)
      ? [...known.slice(0, first - 1), ...came]
      : await fetchHistory(worker.world, worker.seen, task.workflowExecution);
  if (worker.sticky && !task.query) worker.histories.set(runId, whole.slice(0, startedEventId));
  return whole;
}

/** Second and later attempts, and tasks made for an update, need not be in history. */
const isWrittenLate = ({ attempt, messages }: WorkflowTask): boolean => attempt > 1 || messages.length > 0;

/** A start may be lost in a crash: then the task is handed out again, and this one's completion is refused. */
const unwrittenFrom = (task: WorkflowTask): number => task.startedEventId - (isWrittenLate(task) ? 1 : 0);

/** A run's events as they now stand. */
export async function fetchHistory(
  world: World,
  seen: Seen,
  execution: { readonly workflowId: string; readonly runId: string } | null,
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextPageToken: Uint8Array | null = null;
  do {
    const page: Response<'GetWorkflowExecutionHistory'> = await insist(world, 'GetWorkflowExecutionHistory', {
      namespace: NAMESPACE,
      execution,
      nextPageToken,
    });
    events.push(...History.decode(page.history ?? new Uint8Array(0)).events);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  seen.histories.push({ runId: execution?.runId ?? '', events, unwrittenFrom: events.length - 1 });
  return events;
}

async function pollActivityTask(worker: Worker): Promise<void> {
  const task = await call(worker.world, 'PollActivityTaskQueue', {
    namespace: NAMESPACE,
    taskQueue: { name: QUEUE },
    identity: 'worker',
  });
  if (isAlive(worker) && task.taskToken.length > 0) await runActivity(worker, task);
}

async function runActivity(worker: Worker, task: Response<'PollActivityTaskQueue'>): Promise<void> {
  const { world, program, seen } = worker;
  const { taskToken, activityId, attempt, workflowExecution, activityType } = task;
  const runId = workflowExecution?.runId ?? '';
  const handedOut: HandedOut = { runId, activityId, attempt, at: world.ledger.now, acknowledged: false };
  seen.activities.push(handedOut);
  const activity = program.activities?.[activityType?.name ?? ''];
  if (!activity) throw new Error(`no activity ${activityType?.name}`);
  const common = { namespace: NAMESPACE, identity: 'worker', taskToken };
  try {
    const value = await activity({
      activityId,
      workflowId: workflowExecution?.workflowId ?? '',
      input: fromPayloads(task.input),
      attempt,
      heartbeatDetails: fromPayloads(task.heartbeatDetails),
      effect: (what) => void world.effects.push(what),
      async heartbeat(details) {
        await insist(world, 'RecordActivityTaskHeartbeat', { ...common, details: toPayloads(details) });
      },
    });
    if (value === SILENCE || !isAlive(worker)) return;
    await insist(world, 'RespondActivityTaskCompleted', { ...common, result: toPayloads(value) });
    handedOut.acknowledged = true;
  } catch (error) {
    // The server has no use for the attempt any more.
    if (error instanceof ServiceError || !isAlive(worker)) return;
    const failure = Failure.encode({ message: (error as Error).message, applicationFailureInfo: { type: 'Failed' } });
    await insist(world, 'RespondActivityTaskFailed', { ...common, failure }).catch(ignoreRefusal);
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ServiceError)) throw error;
}
