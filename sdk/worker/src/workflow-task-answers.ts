/** Sends answers to workflow tasks, with the fields that say who sends them. */
import type { Logger } from '@perdure/common';
import { msToTs } from '@perdure/common/lib/time';
import { temporal } from '@perdure/proto';
import type { EagerActivities } from './eager-activities.ts';
import { isTooLarge, type Send } from './service.ts';
import type { WorkerFields } from './worker-fields.ts';
import type { WorkflowTaskAnswer } from './workflow/host.ts';
import { type CompletionResponse, peekCompletionResponse, type TaskSummary } from './workflow-task-peek.ts';

const { RespondQueryTaskCompletedRequest, RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskFailedRequest } =
  temporal.api.workflowservice.v1;
const { TaskQueueKind, WorkflowTaskFailedCause } = temporal.api.enums.v1;

export interface AnswerSender {
  /** Resolves with what the server says to a completed task. Rejects when it refuses the answer, or cannot be reached. */
  send(answer: Answer, task: TaskSummary): Promise<CompletionResponse | undefined>;
}

type Answer = Exclude<WorkflowTaskAnswer, { kind: 'none' }>;
type Completed = Extract<Answer, { kind: 'completed' }>;
type Failed = Extract<Answer, { kind: 'failed' }>;

export interface AnswerSenderOptions {
  readonly send: Send;
  readonly fields: WorkerFields;
  readonly stickyTimeoutMs: number;
  readonly eager: EagerActivities;
  readonly logger: Logger;
}

export function createAnswerSender(options: AnswerSenderOptions): AnswerSender {
  const { send, logger, eager } = options;
  const tails = encodeTails(options);

  const complete = async (answer: Completed, { taskToken, attempt }: TaskSummary): Promise<CompletionResponse> => {
    const reserved = eager.reserve(answer);
    try {
      const sent = await send('RespondWorkflowTaskCompleted', concat(reserved.request, tails.completed));
      const response = peekCompletionResponse(sent);
      reserved.handOver(response.activityTasks);
      return response;
    } catch (error) {
      // Told once: the next attempt would say the same.
      if (isTooLarge(error) && attempt < 2)
        await send('RespondWorkflowTaskFailed', concat(tooLarge(taskToken), tails.failed));
      throw error;
    } finally {
      reserved.release();
    }
  };

  return {
    async send(answer, task) {
      switch (answer.kind) {
        case 'completed':
          return complete(answer, task);
        case 'failed':
          logFailure(answer, task, logger);
          await send('RespondWorkflowTaskFailed', concat(answer.request, tails.failed));
          return undefined;
        case 'query':
          await send('RespondQueryTaskCompleted', concat(answer.request, tails.query));
          return undefined;
      }
    },
  };
}

function logFailure({ request, message }: Failed, { workflowId, runId, workflowType }: TaskSummary, logger: Logger) {
  const failure = JSON.stringify(RespondWorkflowTaskFailedRequest.decode(request).failure ?? { message });
  logger.warn('Failing workflow task', { workflowId, runId, workflowType, completion: message, failure });
}

function tooLarge(taskToken: Uint8Array): Uint8Array {
  return RespondWorkflowTaskFailedRequest.encode({
    taskToken,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_GRPC_MESSAGE_TOO_LARGE,
    failure: {
      message: 'GRPC Message too large',
      applicationFailureInfo: { type: 'GrpcMessageTooLarge', nonRetryable: true },
    },
  }).finish();
}

/** Encoded once: fields behind those of an answer are fields of the same message. */
function encodeTails({ fields, stickyTimeoutMs }: AnswerSenderOptions) {
  const { namespace, identity, deploymentOptions, workerVersionStamp, workerInstanceKey, stickyQueue } = fields;
  const stickyAttributes = stickyQueue
    ? {
        workerTaskQueue: {
          name: stickyQueue,
          kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY,
          normalName: fields.taskQueue,
        },
        scheduleToStartTimeout: msToTs(stickyTimeoutMs),
      }
    : null;
  return {
    completed: RespondWorkflowTaskCompletedRequest.encode({
      namespace,
      identity,
      deploymentOptions,
      workerVersionStamp,
      workerInstanceKey,
      stickyAttributes,
      // Such a task has only what is new in it, which is of no use to a worker that forgets.
      returnNewWorkflowTask: stickyAttributes !== null,
      capabilities: { discardSpeculativeWorkflowTaskWithEvents: true },
    }).finish(),
    failed: RespondWorkflowTaskFailedRequest.encode({
      namespace,
      identity,
      deploymentOptions,
      workerVersion: workerVersionStamp,
    }).finish(),
    query: RespondQueryTaskCompletedRequest.encode({ namespace }).finish(),
  };
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
