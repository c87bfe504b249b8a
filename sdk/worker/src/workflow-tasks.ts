/**
 * Workflow tasks between the server and the workflow half: a task in, an answer out, and on with the run's next task if
 * the server's answer brought it along.
 *
 *   polled ──▶ decode payloads ──▶ host.handleTask ──▶ encode payloads ──▶ respond ──▶ host.taskAnswered
 *                 ▲                                                           │
 *                 └──────────── the next task, with the same slot ────────────┘
 */
import type { Logger } from '@perdure/common';
import { GrpcError, Status } from '@perdure/transport';
import type { WorkflowTaskCodec } from './codec/workflow-task-codec.ts';
import { add, type Observed } from './observable.ts';
import { codeOf, messageOf } from './service.ts';
import type { Permit } from './slots/slots.ts';
import { Tally } from './tally.ts';
import type { WorkerMetrics } from './worker-metrics.ts';
import type { WorkflowSlotInfo } from './worker-tuner.ts';
import type { WorkflowHost, WorkflowTaskAnswer } from './workflow/host.ts';
import type { AnswerSender } from './workflow-task-answers.ts';
import { failedTask, type WorkflowTaskFailures } from './workflow-task-failures.ts';
import { peekTask, type TaskSummary } from './workflow-task-peek.ts';

export interface WorkflowTasksOptions {
  readonly host: WorkflowHost;
  readonly codec: WorkflowTaskCodec;
  readonly sender: AnswerSender;
  readonly failures: WorkflowTaskFailures;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  /** How many tasks are being worked on. */
  readonly count: Observed<number>;
}

export interface WorkflowTasks {
  /** Works on a polled task and those that follow from it, then gives the slot back. Does not reject. */
  run(task: Uint8Array, permit: Permit<WorkflowSlotInfo>, isSticky: boolean): Promise<void>;
  /** Resolves when no task is being worked on. */
  idle(): Promise<void>;
}

export function createWorkflowTasks(options: WorkflowTasksOptions): WorkflowTasks {
  const { count, logger } = options;
  const working = new Tally();

  const workOnAll = async (first: Uint8Array, permit: Permit<WorkflowSlotInfo>, isSticky: boolean): Promise<void> => {
    const summary = peekTask(first);
    permit.use({ type: 'workflow', workflowType: summary.workflowType, isSticky });
    for (let task: Uint8Array | undefined = first; task !== undefined; ) {
      add(count, 1);
      task = await workOn(task, task === first ? summary : peekTask(task), options).finally(() => add(count, -1));
    }
  };
  return {
    run(task, permit, isSticky) {
      working.enter();
      return workOnAll(task, permit, isSticky)
        .catch((error: unknown) => logger.error('Failed to process a workflow task', { error }))
        .finally(() => {
          permit.release();
          working.leave();
        });
    },
    idle: () => working.idle(),
  };
}

/** Returns the run's next task, if the server had it ready. */
async function workOn(
  task: Uint8Array,
  summary: TaskSummary,
  options: WorkflowTasksOptions,
): Promise<Uint8Array | undefined> {
  const { host, sender, logger, metrics } = options;
  metrics.workflowTaskReceived(summary);
  const began = performance.now();
  const { answer, isOurs } = await answerOf(task, summary, options);
  if (answer.kind === 'none') {
    logger.warn(answer.message, { workflowId: summary.workflowId, runId: summary.runId });
    return undefined;
  }
  metrics.workflowTaskEnded(answer, performance.now() - began);
  try {
    const response = await sender.send(answer, summary);
    const { nextTask, resetHistoryEventId } = response ?? {};
    if (isOurs) host.taskAnswered(summary.runId, { failed: true });
    else host.taskAnswered(summary.runId, resetHistoryEventId ? { resetHistoryEventId } : {});
    return nextTask;
  } catch (error) {
    logRefusal(error, summary, logger);
    host.taskAnswered(summary.runId, { failed: true });
    return undefined;
  }
}

/** Bytes that are a small part of a larger buffer would take all of it along to another thread. */
const standAlone = (bytes: Uint8Array): Uint8Array =>
  2 * bytes.byteLength < bytes.buffer.byteLength ? new Uint8Array(bytes) : bytes;

/** What the host says, or that the task failed because payloads could not be decoded or encoded (`isOurs`). */
async function answerOf(
  task: Uint8Array,
  summary: TaskSummary,
  { host, codec, failures, logger }: WorkflowTasksOptions,
): Promise<{ answer: WorkflowTaskAnswer; isOurs: boolean }> {
  try {
    const answer = await host.handleTask(standAlone(await codec.decodeTask(task, summary)));
    if (answer.kind === 'none') return { answer, isOurs: false };
    const checked = await failures.check(await codec.encodeAnswer(answer, summary), summary);
    return { answer: checked, isOurs: checked.kind !== answer.kind };
  } catch (error) {
    const { workflowId, runId, workflowType } = summary;
    logger.error('Failed to process Workflow Activation', { workflowId, runId, workflowType, error });
    return { answer: failedTask(summary, await failures.failureOf(error)), isOurs: true };
  }
}

/** A refusal that says that the answer came too late is usual; the run starts over from what happened meanwhile. */
function logRefusal(error: unknown, { workflowId, runId }: TaskSummary, logger: Logger): void {
  const attributes = { error: messageOf(error), workflowId, runId };
  if (error instanceof GrpcError && error.details === 'UnhandledCommand')
    logger.debug('Unhandled command response when completing', attributes);
  else if (codeOf(error) === Status.NOT_FOUND) logger.warn('Task not found when completing', attributes);
  else logger.warn('Error while completing workflow activation', attributes);
}
