/** Working on a task: history to code, code to commands, until there is something to answer. */
import type { coresdk } from '@perdure/proto';
import {
  applyCompletion,
  canAnswer,
  createRun,
  feedTask,
  needsPage,
  nextActivation,
  outstandingLocalActivities,
  queryActivation,
  ReplayError,
} from '../../replay/index.ts';
import type { WorkflowTaskAnswer } from '../host.ts';
import {
  causeOf,
  completedAnswer,
  failedAnswer,
  namesOf,
  noStats,
  queryAnswer,
  type Stats,
  workflowFailedAnswer,
} from './answer.ts';
import { tell } from './code.ts';
import { eventsFromTheStart, MissingHistoryError, nextPage } from './history-pages.ts';
import { continues, type KnownRun, newKnownRun } from './known-run.ts';
import { heartbeatDeadline, startLocalActivities, waitForLocalActivity } from './local-activities.ts';
import { evict, remember } from './memory.ts';
import { explained } from './nondeterminism.ts';
import { isStackTraceQuery, stackTraces } from './stack-trace-query.ts';
import type { Runner } from './state.ts';
import { eventId, type WorkflowTask } from './task.ts';

type Failure = NonNullable<coresdk.workflow_completion.IFailure['failure']>;
type QueryResult = coresdk.workflow_commands.IQueryResult;

/** Code failed the task, with the failure to be sent. */
class TaskFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message ?? '');
    this.failure = failure;
  }
}

/** Works on a task. Never rejects. */
export async function work(runner: Runner, task: WorkflowTask): Promise<WorkflowTaskAnswer> {
  const { runId } = task;
  const cached = runner.runs.get(runId);
  const isSticky = cached !== undefined && continues(cached, eventId(task.events[0]));
  const stats = { isSticky, replayMs: null as number | null, totalMs: 0, startTimeMs: null as number | null };
  try {
    if (cached && !isSticky) evict(runner, runId);
    const known = isSticky ? cached : newKnownRun(createRun(runInfoOf(runner, task)));
    known.phase = 'working';
    remember(runner, runId, known);
    await feed(runner, task, known, isSticky);
    const isHeartbeat = await runCode(runner, task, known, stats);
    stats.startTimeMs = known.startTimeMs;
    return await answer(runner, task, known, stats, isHeartbeat);
  } catch (error) {
    return await broken(runner, task, error, measured(task, stats));
  }
}

function runInfoOf({ options }: Runner, { workflowId, runId, workflowType }: WorkflowTask) {
  const { namespace, taskQueue, sdk, deploymentVersion, buildId } = options;
  const version = deploymentVersion ?? (buildId ? { deploymentName: '', buildId } : null);
  return { namespace, workflowId, runId, workflowType, taskQueue, sdk, deploymentVersion: version };
}

/** Gives the run the events of the task; those before it are fetched if it does not know them. */
async function feed(runner: Runner, task: WorkflowTask, known: KnownRun, isSticky: boolean): Promise<void> {
  const isWhole = isSticky || eventId(task.events[0]) === 1;
  const { events, nextPageToken } = isWhole ? task : await eventsFromTheStart(runner, task);
  known.nextPageToken = nextPageToken;
  feedTask(known.run, {
    events,
    isComplete: nextPageToken.length === 0,
    previousStartedEventId: task.previousStartedEventId,
    messages: task.messages,
  });
}

/**
 * Lets the code do all that it can. Resolves with whether it waits for local activities longer than the task may take,
 * so that the task must be kept alive.
 */
async function runCode(
  runner: Runner,
  task: WorkflowTask,
  known: KnownRun,
  stats: { replayMs: number | null },
): Promise<boolean> {
  const { run } = known;
  const wasReplaying = run.isReplaying;
  const began = performance.now();
  for (;;) {
    while (needsPage(run)) await nextPage(runner, task, known);
    const activation = nextActivation(run);
    if (activation) {
      if (!activation.isReplaying && wasReplaying && !stats.replayMs) stats.replayMs = performance.now() - began;
      const { successful, failed } = await tell(runner, known, activation);
      if (!successful) throw new TaskFailure(failed?.failure ?? {});
      known.versioningBehavior = successful.versioningBehavior ?? 0;
      applyCompletion(run, successful, Date.now());
      startLocalActivities(runner, known);
    } else if (!needsPage(run)) {
      if (outstandingLocalActivities(run) === 0 || runner.options.isReplay) return false;
      if ((await waitForLocalActivity(known, heartbeatDeadline(task, known))) === 'too long') return true;
    }
  }
}

async function answer(
  runner: Runner,
  task: WorkflowTask,
  known: KnownRun,
  stats: Stats,
  isHeartbeat: boolean,
): Promise<WorkflowTaskAnswer> {
  if (task.query) {
    const [result] = await ask(runner, task, known, [{ ...task.query, queryId: 'legacy_query' }]);
    known.phase = 'idle';
    return queryAnswer(task, result ?? {}, measured(task, stats));
  }
  const queries = Object.entries(task.queries).map(([queryId, query]) => ({ ...query, queryId }));
  const queryResults = queries.length > 0 ? await ask(runner, task, known, queries) : [];
  if (!canAnswer(known.run) && queryResults.length === 0) {
    evict(runner, task.runId);
    const message = 'the history was only replayed';
    return { kind: 'none', ...namesOf(task), message, isOfReplay: true, stats: noStats(measured(task, stats)) };
  }
  const completed = completedAnswer(task, known.run, {
    options: runner.options,
    stats: measured(task, stats),
    queryResults,
    versioningBehavior: known.versioningBehavior,
    isHeartbeat,
    retriedLocalActivities: known.retriedLocalActivities,
  });
  known.retriedLocalActivities = 0;
  known.isClosing = completed.stats.closes !== null;
  known.phase = 'answered';
  return completed;
}

type Query = NonNullable<coresdk.workflow_activation.IWorkflowActivationJob['queryWorkflow']>;

/** Asks the code. Stack traces are asked of a copy of the run, which is replayed with an eye on its promises. */
async function ask(
  runner: Runner,
  task: WorkflowTask,
  known: KnownRun,
  asked: readonly (Omit<Query, 'arguments'> & WorkflowTask['queries'][string])[],
): Promise<QueryResult[]> {
  const queries = asked.map(({ queryId, queryType, queryArgs, header }) => ({
    queryId: queryId ?? '',
    queryType: queryType ?? '',
    arguments: queryArgs?.payloads ?? [],
    headers: header?.fields ?? {},
  }));
  const [traces, others] = [queries.filter(isStackTraceQuery), queries.filter((query) => !isStackTraceQuery(query))];
  const results: QueryResult[] = traces.length > 0 ? await stackTraces(runner, task, known, traces) : [];
  if (others.length === 0) return results;
  const { successful, failed } = await tell(runner, known, queryActivation(known.run, others));
  if (!successful) throw new TaskFailure(failed?.failure ?? {});
  return [...results, ...applyCompletion(known.run, successful, Date.now()).queryResults];
}

/** The task cannot be worked on: code failed it, or does not fit its history, or the history is not to be had. */
async function broken(runner: Runner, task: WorkflowTask, error: unknown, stats: Stats): Promise<WorkflowTaskAnswer> {
  evict(runner, task.runId);
  if (error instanceof MissingHistoryError)
    return { kind: 'none', ...namesOf(task), message: error.message, stats: noStats(stats) };
  const isNondeterminism = error instanceof ReplayError && error.kind === 'nondeterminism';
  const failure = error instanceof TaskFailure ? error.failure : replayFailure(error);
  if (isNondeterminism && task.attempt <= 1) failure.message = await explained(runner, task, error);
  if (task.query) return queryAnswer(task, { queryId: 'legacy_query', failed: failure }, stats);
  if (isNondeterminism && task.attempt <= 1 && failsTheWorkflow(runner, task))
    return workflowFailedAnswer(task, failure, stats);
  return failedAnswer(task, failure, causeOf(error), stats);
}

function replayFailure(error: unknown): Failure {
  const { name, message, stack } = error as Error;
  return {
    message,
    source: 'TypeScriptSDK',
    ...(error instanceof ReplayError ? {} : { stackTrace: stack ?? '' }),
    applicationFailureInfo: { type: name, nonRetryable: false },
  };
}

const namesOfNondeterminism = ['NondeterminismError', 'DeterminismViolationError', 'Error'];

function failsTheWorkflow({ options }: Runner, { workflowType }: WorkflowTask): boolean {
  const types = options.workflowFailureErrorTypes ?? {};
  return [...(types['*'] ?? []), ...(types[workflowType] ?? [])].some((name) => namesOfNondeterminism.includes(name));
}

const measured = (task: WorkflowTask, stats: Stats): Stats => ({
  ...stats,
  totalMs: performance.now() - task.receivedAt,
});
