/** What is sent for a task, in bytes. */
import { type coresdk, temporal } from '@perdure/proto';
import { ReplayError, type Run, takeAnswer } from '../../replay/index.ts';
import type { WorkflowTaskAnswer, WorkflowTaskStats } from '../host.ts';
import type { RunnerOptions } from './state.ts';
import type { WorkflowTask } from './task.ts';

const {
  RespondWorkflowTaskCompletedRequest: Completed,
  RespondWorkflowTaskFailedRequest: Failed,
  RespondQueryTaskCompletedRequest: Query,
} = temporal.api.workflowservice.v1;
const { CommandType, QueryResultType, VersioningBehavior, WorkflowTaskFailedCause: Cause } = temporal.api.enums.v1;

type Failure = temporal.api.failure.v1.IFailure;
type QueryResult = coresdk.workflow_commands.IQueryResult;
type Command = temporal.api.command.v1.ICommand;

export type Stats = Omit<WorkflowTaskStats, 'eagerActivities' | 'closes' | 'isHeartbeat'>;

/** Completes a task with what the run has to say. */
export function completedAnswer(
  task: WorkflowTask,
  run: Run,
  given: {
    readonly options: RunnerOptions;
    readonly stats: Stats;
    readonly queryResults: readonly QueryResult[];
    readonly versioningBehavior: number;
    readonly isHeartbeat: boolean;
    readonly retriedLocalActivities: number;
  },
): WorkflowTaskAnswer {
  const { commands, messages, sdkMetadata } = takeAnswer(run);
  const eagerActivities = limitEager(commands, given.options);
  const request = Completed.encode({
    taskToken: task.taskToken,
    commands,
    messages,
    sdkMetadata,
    queryResults: Object.fromEntries(given.queryResults.map((result) => [result.queryId ?? '', queryResultOf(result)])),
    forceCreateNewWorkflowTask: given.isHeartbeat,
    versioningBehavior: given.versioningBehavior || defaultBehavior(given.options),
    meteringMetadata: { nonfirstLocalActivityExecutionAttempts: given.retriedLocalActivities },
  }).finish();
  const closes = closingOf(commands);
  const stats = { ...given.stats, eagerActivities, closes, isHeartbeat: given.isHeartbeat };
  return { kind: 'completed', ...namesOf(task), request, stats };
}

/** Fails the workflow because its code does not fit its history, where the user wants that. */
export function workflowFailedAnswer(task: WorkflowTask, failure: Failure, stats: Stats): WorkflowTaskAnswer {
  const request = Completed.encode({
    taskToken: task.taskToken,
    commands: [
      {
        commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
        failWorkflowExecutionCommandAttributes: { failure },
      },
    ],
  }).finish();
  return { kind: 'completed', ...namesOf(task), request, stats: { ...noStats(stats), closes: 'failed' } };
}

/** Fails a task. Only the first attempt says so: after that the task times out, so that it is not tried at once again. */
export function failedAnswer(
  task: WorkflowTask,
  failure: Failure,
  cause: temporal.api.enums.v1.WorkflowTaskFailedCause,
  stats: Stats,
): WorkflowTaskAnswer {
  const message = failure.message ?? '';
  if (task.attempt > 1) return { kind: 'none', ...namesOf(task), message, stats: noStats(stats) };
  const request = Failed.encode({ taskToken: task.taskToken, cause, failure }).finish();
  return { kind: 'failed', ...namesOf(task), request, message, stats: noStats(stats) };
}

/** Answers a question that was a task of its own. */
export function queryAnswer(task: WorkflowTask, result: QueryResult, stats: Stats): WorkflowTaskAnswer {
  const { resultType, answer, errorMessage, failure } = queryResultOf(result);
  const request = Query.encode({
    taskToken: task.taskToken,
    completedType: resultType ?? 0,
    queryResult: answer ?? null,
    errorMessage: errorMessage ?? '',
    failure: failure ?? null,
  }).finish();
  return { kind: 'query', ...namesOf(task), request, stats: noStats(stats) };
}

function queryResultOf({ succeeded, failed }: QueryResult): temporal.api.query.v1.IWorkflowQueryResult {
  if (!failed) {
    return {
      resultType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED,
      answer: { payloads: succeeded?.response ? [succeeded.response] : [] },
    };
  }
  return { resultType: QueryResultType.QUERY_RESULT_TYPE_FAILED, errorMessage: failed.message ?? '', failure: failed };
}

/** Why a task fails that a replay or code brought down. */
export function causeOf(error: unknown): temporal.api.enums.v1.WorkflowTaskFailedCause {
  return error instanceof ReplayError && error.kind === 'nondeterminism'
    ? Cause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR
    : Cause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE;
}

/** Leaves the wish to be handed to this worker at once to as many activities as it has room for. */
function limitEager(commands: readonly Command[], { taskQueue, maxEagerActivities }: RunnerOptions): number {
  let eager = 0;
  for (const { scheduleActivityTaskCommandAttributes: schedule } of commands) {
    if (!schedule?.requestEagerExecution) continue;
    schedule.requestEagerExecution = schedule.taskQueue?.name === taskQueue && eager < maxEagerActivities;
    if (schedule.requestEagerExecution) eager++;
  }
  return eager;
}

function closingOf(commands: readonly Command[]): WorkflowTaskStats['closes'] {
  for (const { commandType } of commands) {
    switch (commandType) {
      case CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION:
        return 'completed';
      case CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION:
        return 'failed';
      case CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION:
        return 'canceled';
      case CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION:
        return 'continued-as-new';
    }
  }
  return null;
}

function defaultBehavior({ defaultVersioningBehavior }: RunnerOptions): temporal.api.enums.v1.VersioningBehavior {
  switch (defaultVersioningBehavior) {
    case 'PINNED':
      return VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;
    case 'AUTO_UPGRADE':
      return VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE;
    default:
      return VersioningBehavior.VERSIONING_BEHAVIOR_UNSPECIFIED;
  }
}

export const namesOf = ({ runId, workflowType }: WorkflowTask) => ({ runId, workflowType });

export const noStats = (stats: Stats): WorkflowTaskStats => ({
  ...stats,
  eagerActivities: 0,
  closes: null,
  isHeartbeat: false,
});
