/** Failures of workflow tasks that the main half finds: payloads that no codec takes, or that are too large to send. */
import type { LoadedDataConverter, Logger } from '@perdure/common';
import { encodeErrorToFailure } from '@perdure/common/lib/internal-non-workflow';
import { temporal } from '@perdure/proto';
import {
  describeOversized,
  findOversized,
  leastLimit,
  type PayloadLimits,
  withoutErrors,
} from './codec/payload-limits.ts';
import { answerTypes } from './codec/workflow-task-codec.ts';
import type { WorkflowTaskAnswer, WorkflowTaskStats } from './workflow/host.ts';
import type { TaskSummary } from './workflow-task-peek.ts';

type Failure = temporal.api.failure.v1.IFailure;
type Answer = Exclude<WorkflowTaskAnswer, { kind: 'none' }>;

const { RespondQueryTaskCompletedRequest, RespondWorkflowTaskFailedRequest } = temporal.api.workflowservice.v1;
const { QueryResultType, WorkflowTaskFailedCause } = temporal.api.enums.v1;

export interface WorkflowTaskFailures {
  /** Returns the answer, or one that says that it is too large. */
  check(answer: Answer, task: TaskSummary): Promise<Answer>;
  failureOf(error: unknown): Promise<Failure>;
}

export interface WorkflowTaskFailuresOptions {
  readonly converter: LoadedDataConverter;
  /** Those of the connection that is used at the moment. */
  readonly limits: () => PayloadLimits;
  readonly logger: Logger;
}

export function createWorkflowTaskFailures({
  converter,
  limits,
  logger,
}: WorkflowTaskFailuresOptions): WorkflowTaskFailures {
  return {
    failureOf: (error) => encodeErrorToFailure(converter, error),
    async check(answer, task) {
      // That a task failed is sent whatever it comes to: there is nothing else to answer.
      const current = answer.kind === 'failed' ? withoutErrors(limits()) : limits();
      if (answer.request.length <= leastLimit(current)) return answer;
      const type = answerTypes[answer.kind];
      const found = await findOversized(type.decode(answer.request), type, current);
      if (!found) return answer;
      const { workflowId, runId, workflowType } = task;
      const message = describeOversized(found);
      const attributes = { workflowId, runId, workflowType, size: found.size, limit: found.limit };
      logger[found.level === 'error' ? 'error' : 'warn'](message, attributes);
      if (found.level !== 'error') return answer;
      const failure = { message, source: 'core', applicationFailureInfo: { type: 'PayloadsTooLarge' } };
      return failedTask(task, failure, WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PAYLOADS_TOO_LARGE);
    },
  };
}

const noStats: WorkflowTaskStats = {
  isSticky: false,
  replayMs: null,
  totalMs: 0,
  eagerActivities: 0,
  closes: null,
  isHeartbeat: false,
  startTimeMs: null,
};

/** The answer that a task failed; for a query that came by itself, that the query did. */
export function failedTask(
  { taskToken, runId, workflowType, isQuery }: TaskSummary,
  failure: Failure,
  cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
): Answer {
  const answered = { runId, workflowType, stats: noStats };
  const message = failure.message ?? '';
  if (isQuery) {
    const completedType = QueryResultType.QUERY_RESULT_TYPE_FAILED;
    const query = { taskToken, completedType, errorMessage: message, failure, cause };
    return { ...answered, kind: 'query', request: RespondQueryTaskCompletedRequest.encode(query).finish() };
  }
  const request = RespondWorkflowTaskFailedRequest.encode({ taskToken, cause, failure }).finish();
  return { ...answered, kind: 'failed', message, request };
}
