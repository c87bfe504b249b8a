/**
 * Workflow tasks between the server and the workflow half: a task in, an answer out, and on with the run's next task if
 * the server's answer brought it along.
 *
 *   polled ──▶ decode payloads ──▶ host.handleTask ──▶ encode payloads ──▶ respond ──▶ host.taskAnswered
 *                 ▲                                                           │
 *                 └──────────── the next task, with the same slot ────────────┘
 */
import type { Logger } from '@perdure/common';
import { msToTs } from '@perdure/common/lib/time';
import { temporal } from '@perdure/proto';
import { GrpcError, Status } from '@perdure/transport';
import type { WorkflowTaskCodec } from './codec/workflow-task-codec.ts';
import { codeOf, isTooLarge, type Send } from './service.ts';
import type { Permit, Slots } from './slots/slots.ts';
import type { WorkerFields } from './worker-fields.ts';
import type { WorkerMetrics } from './worker-metrics.ts';
import type { ActivitySlotInfo, WorkflowSlotInfo } from './worker-tuner.ts';
import type { WorkflowHost, WorkflowTaskAnswer } from './workflow/host.ts';
import { type CompletionResponse, peekCompletionResponse, peekTask, type TaskSummary } from './workflow-task-peek.ts';

const { RespondQueryTaskCompletedRequest, RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskFailedRequest } =
  temporal.api.workflowservice.v1;
const { TaskQueueKind, WorkflowTaskFailedCause } = temporal.api.enums.v1;

export interface WorkflowTasksOptions {
  readonly host: WorkflowHost;
  readonly send: Send;
  readonly fields: WorkerFields;
  readonly stickyTimeoutMs: number;
  /** Undefined where payloads need nothing done to them. */
  readonly codec: WorkflowTaskCodec | undefined;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  /** Slots for activities that the server hands over at once; undefined when this worker takes none. */
  readonly activitySlots: Slots<ActivitySlotInfo> | undefined;
  readonly runActivity: (task: Uint8Array, permit: Permit<ActivitySlotInfo>) => void;
  readonly onStart: () => void;
  readonly onEnd: () => void;
}

export interface WorkflowTasks {
  /** Works on a polled task and those that follow from it, then gives the slot back. Does not reject. */
  run(task: Uint8Array, permit: Permit<WorkflowSlotInfo>, isSticky: boolean): Promise<void>;
  /** Resolves when no task is being worked on. */
  idle(): Promise<void>;
}

type Completed = Extract<WorkflowTaskAnswer, { kind: 'completed' }>;

export function createWorkflowTasks(options: WorkflowTasksOptions): WorkflowTasks {
  const { host, logger, metrics, codec } = options;
  const sender = createSender(options);
  const working = new Set<Promise<void>>();

  const workOn = async (first: Uint8Array, permit: Permit<WorkflowSlotInfo>, isSticky: boolean): Promise<void> => {
    const summary = peekTask(first);
    permit.use({ type: 'workflow', workflowType: summary.workflowType, isSticky });
    for (let task: Uint8Array | undefined = first; task !== undefined; ) {
      options.onStart();
      task = await workOnOne(task, task === first ? summary : peekTask(task)).finally(options.onEnd);
    }
  };

  /** Returns the run's next task, if the server had it ready. */
  const workOnOne = async (encoded: Uint8Array, summary: TaskSummary): Promise<Uint8Array | undefined> => {
    metrics.workflowTaskReceived(summary);
    const began = performance.now();
    const task = codec ? await codec.decodeTask(encoded, summary) : encoded;
    const answered = await host.handleTask(task);
    if (answered.kind === 'none') {
      logger.warn(answered.message, { workflowId: summary.workflowId, runId: summary.runId });
      return undefined;
    }
    const answer = codec ? await codec.encodeAnswer(answered, summary) : answered;
    metrics.workflowTaskEnded(answer, performance.now() - began);
    try {
      const response = await sender.answer(answer, summary);
      const { nextTask, resetHistoryEventId } = response ?? {};
      host.taskAnswered(summary.runId, resetHistoryEventId === undefined ? {} : { resetHistoryEventId });
      return nextTask;
    } catch (error) {
      logRefusal(error, summary, logger);
      host.taskAnswered(summary.runId, { failed: true });
      return undefined;
    }
  };

  return {
    run(task, permit, isSticky) {
      const work = workOn(task, permit, isSticky)
        .catch((error: unknown) => logger.error('Failed to process a workflow task', { error }))
        .finally(() => {
          permit.release();
          working.delete(work);
        });
      working.add(work);
      return work;
    },
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

/** A refusal that says that the answer came too late is usual; the run starts over from what happened meanwhile. */
function logRefusal(error: unknown, { workflowId, runId }: TaskSummary, logger: Logger): void {
  const attributes = { error, workflowId, runId };
  if (error instanceof GrpcError && error.details === 'UnhandledCommand')
    logger.debug('Unhandled command response when completing', attributes);
  else if (codeOf(error) === Status.NOT_FOUND) logger.warn('Task not found when completing', attributes);
  else logger.warn('Error while completing workflow task', attributes);
}

/** Sends answers, with the fields that say who sends them. */
function createSender(options: WorkflowTasksOptions) {
  const { send, logger } = options;
  const tails = encodeTails(options);
  const eager = createEagerActivities(options);

  const fail = (taskToken: Uint8Array, failure: temporal.api.failure.v1.IFailure) => {
    const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_GRPC_MESSAGE_TOO_LARGE;
    const request = RespondWorkflowTaskFailedRequest.encode({ taskToken, cause, failure }).finish();
    return send('RespondWorkflowTaskFailed', concat(request, tails.failed));
  };

  const complete = async (answer: Completed, { attempt }: TaskSummary): Promise<CompletionResponse> => {
    const reserved = eager.reserve(answer);
    try {
      const sent = await send('RespondWorkflowTaskCompleted', concat(reserved.request, tails.completed));
      const response = peekCompletionResponse(sent);
      reserved.handOver(response.activityTasks);
      return response;
    } catch (error) {
      // Told once: the next attempt would say the same.
      if (isTooLarge(error) && attempt < 2) {
        const { taskToken } = RespondWorkflowTaskCompletedRequest.decode(answer.request);
        await fail(taskToken, tooLarge).catch((e: unknown) =>
          logger.warn('Error while failing workflow task', { error: e }),
        );
      }
      throw error;
    } finally {
      reserved.release();
    }
  };

  return {
    async answer(
      answer: Exclude<WorkflowTaskAnswer, { kind: 'none' }>,
      summary: TaskSummary,
    ): Promise<CompletionResponse | undefined> {
      switch (answer.kind) {
        case 'completed':
          return complete(answer, summary);
        case 'failed': {
          const { workflowId, runId, workflowType } = summary;
          logger.warn('Failing workflow task', { workflowId, runId, workflowType, failure: answer.message });
          await send('RespondWorkflowTaskFailed', concat(answer.request, tails.failed));
          return undefined;
        }
        case 'query':
          await send('RespondQueryTaskCompleted', concat(answer.request, tails.query));
          return undefined;
      }
    },
  };
}

const tooLarge: temporal.api.failure.v1.IFailure = {
  message: 'GRPC Message too large',
  applicationFailureInfo: { type: 'GrpcMessageTooLarge', nonRetryable: true },
};

/** Encoded once: fields behind those of an answer are fields of the same message. */
function encodeTails({ fields, stickyTimeoutMs }: WorkflowTasksOptions) {
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

/** Activities that a workflow asks for and that the server may hand to this worker at once, if there are slots. */
function createEagerActivities({ activitySlots, runActivity }: WorkflowTasksOptions) {
  return {
    reserve({ request, stats }: Completed) {
      const permits: Permit<ActivitySlotInfo>[] = [];
      while (permits.length < stats.eagerActivities) {
        const permit = activitySlots?.tryReserve();
        if (permit === undefined) break;
        permits.push(permit);
      }
      return {
        request: permits.length < stats.eagerActivities ? limitEager(request, permits.length) : request,
        handOver(tasks: readonly Uint8Array[]) {
          for (const task of tasks) {
            const permit = permits.pop();
            if (permit === undefined)
              throw new Error('the server handed over more activities than there were slots for');
            runActivity(task, permit);
          }
        },
        release() {
          for (const permit of permits) permit.release();
        },
      };
    },
  };
}

/** The same request with no more than `count` activities that ask to be handed over. */
function limitEager(request: Uint8Array, count: number): Uint8Array {
  const decoded = RespondWorkflowTaskCompletedRequest.decode(request);
  let left = count;
  for (const { scheduleActivityTaskCommandAttributes: schedule } of decoded.commands) {
    if (!schedule?.requestEagerExecution) continue;
    if (left > 0) left -= 1;
    else schedule.requestEagerExecution = false;
  }
  return RespondWorkflowTaskCompletedRequest.encode(decoded).finish();
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
