/** The pollers of a worker: which queues they poll, how many at once, and with which requests. */
import type { Logger } from '@perdure/common';
import { temporal } from '@perdure/proto';
import type { CompiledWorkerOptions } from './compile-options.ts';
import { createBalance } from './polling/balance.ts';
import { type Poller, type PollerOptions, startPoller } from './polling/poller.ts';
import { createRateLimit } from './polling/rate.ts';
import { createScaling, type ScalingBehavior } from './polling/scaling.ts';
import { type Call, messageOf } from './service.ts';
import type { Permit, Slots } from './slots/slots.ts';
import type { WorkerFields } from './worker-fields.ts';
import type { PollerType, WorkerMetrics } from './worker-metrics.ts';
import type { ActivitySlotInfo, WorkflowSlotInfo } from './worker-tuner.ts';
import { peekPoll } from './workflow-task-peek.ts';

const { PollActivityTaskQueueRequest, PollActivityTaskQueueResponse, PollWorkflowTaskQueueRequest } =
  temporal.api.workflowservice.v1;
const { TaskQueueKind } = temporal.api.enums.v1;

export interface PollersOptions {
  readonly call: Call;
  readonly fields: WorkerFields;
  readonly options: CompiledWorkerOptions;
  /** Whether the namespace's server suggests how many polls there should be. */
  readonly serverScales: boolean;
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
}

export type ActivityTaskResponse = temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;

/** What differs between pollers; the rest is the same for all of a worker. */
type Particulars<Info, Task> = Pick<
  PollerOptions<Info, Task>,
  'slots' | 'sticky' | 'turn' | 'onTask' | 'onOpen' | 'onClose' | 'poll'
> & {
  readonly type: PollerType;
  readonly behavior: ScalingBehavior;
};

function start<Info, Task>(
  shared: PollersOptions,
  { type, behavior, ...particulars }: Particulars<Info, Task>,
): Poller {
  const { stop, cancel, logger, metrics, serverScales } = shared;
  const poller: Poller = startPoller<Info, Task>({
    ...particulars,
    stop,
    cancel,
    scaling: createScaling({ behavior, serverScales }),
    async poll(timeout, signal) {
      const polled = await particulars.poll(timeout, signal);
      metrics.polled(type, polled.empty);
      return polled;
    },
    onOpen() {
      particulars.onOpen?.();
      metrics.pollers(type, poller.open() + 1);
    },
    onClose() {
      particulars.onClose?.();
      metrics.pollers(type, poller.open());
    },
    onFailure: (error, attempt) => logFailure(logger, type, error, attempt),
  });
  return poller;
}

/** The first failures are nobody's business: servers restart. */
function logFailure(logger: Logger, type: PollerType, error: unknown, attempt: number): void {
  const message = `Poll of ${type} queue failed ${attempt} times`;
  const attributes = { error: messageOf(error) };
  if (attempt > 15) logger.error(message, attributes);
  else if (attempt > 5) logger.warn(message, attributes);
  else logger.debug(message, attributes);
}

export interface WorkflowPollers {
  readonly normal: Poller;
  /** Of the worker's own queue; undefined when it keeps no runs in memory. */
  readonly sticky: Poller | undefined;
}

export function startWorkflowPollers(
  shared: PollersOptions,
  slots: Slots<WorkflowSlotInfo>,
  onTask: (response: Uint8Array, permit: Permit<WorkflowSlotInfo>, isSticky: boolean) => void,
): WorkflowPollers {
  const { fields, options, call } = shared;
  const { stickyQueue } = fields;
  const hasSticky = stickyQueue !== undefined;
  const balance = hasSticky ? createBalance(slots.available()) : undefined;

  const startOne = (isSticky: boolean): Poller => {
    const queue = isSticky ? 'sticky' : 'normal';
    const request = workflowPoll(fields, isSticky ? stickyQueue : undefined);
    return start<WorkflowSlotInfo, Uint8Array>(shared, {
      type: isSticky ? 'sticky_workflow_task' : 'workflow_task',
      behavior: shareOf(options, hasSticky, isSticky),
      slots,
      sticky: isSticky,
      async poll(timeout, signal) {
        const response = await call('PollWorkflowTaskQueue', request, { deadline: Date.now() + timeout, signal });
        const polled = peekPoll(response);
        if (isSticky) balance?.stickyBacklog(polled.backlog);
        return polled;
      },
      onTask: (task, permit) => onTask(task, permit, isSticky),
      ...(balance && {
        turn: (stop: AbortSignal) => balance.mayPoll(queue, stop),
        onOpen: () => balance.opened(queue),
        onClose: () => balance.closed(queue),
      }),
    });
  };
  return { normal: startOne(false), sticky: hasSticky ? startOne(true) : undefined };
}

/** Polls of a fixed number are divided between the two queues; each has at least one. */
function shareOf(
  { workflowTaskPollerBehavior: behavior, nonStickyToStickyPollRatio: ratio }: CompiledWorkerOptions,
  hasSticky: boolean,
  isSticky: boolean,
): ScalingBehavior {
  if (behavior.type === 'autoscaling' || !hasSticky) return behavior;
  const normal = Math.max(1, Math.floor(behavior.maximum * ratio));
  return { type: 'simple-maximum', maximum: isSticky ? Math.max(1, behavior.maximum - normal) : normal };
}

function workflowPoll(fields: WorkerFields, stickyQueue: string | undefined): Uint8Array {
  const { namespace, identity, taskQueue, workerVersionCapabilities, deploymentOptions, workerInstanceKey } = fields;
  return PollWorkflowTaskQueueRequest.encode({
    namespace,
    identity,
    workerVersionCapabilities,
    deploymentOptions,
    workerInstanceKey,
    taskQueue: stickyQueue
      ? { name: stickyQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName: taskQueue }
      : { name: taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
  }).finish();
}

export function startActivityPoller(
  shared: PollersOptions,
  slots: Slots<ActivitySlotInfo>,
  onTask: (task: ActivityTaskResponse, permit: Permit<ActivitySlotInfo>) => void,
): Poller {
  const { fields, options, call } = shared;
  const { maxActivitiesPerSecond, maxTaskQueueActivitiesPerSecond: maxTasksPerSecond } = options;
  const { namespace, identity, taskQueue, workerVersionCapabilities, deploymentOptions, workerInstanceKey } = fields;
  const request = PollActivityTaskQueueRequest.encode({
    namespace,
    identity,
    workerVersionCapabilities,
    deploymentOptions,
    workerInstanceKey,
    taskQueue: { name: taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    taskQueueMetadata: maxTasksPerSecond === undefined ? null : { maxTasksPerSecond: { value: maxTasksPerSecond } },
  }).finish();
  return start<ActivitySlotInfo, ActivityTaskResponse>(shared, {
    type: 'activity_task',
    behavior: options.activityTaskPollerBehavior as ScalingBehavior,
    slots,
    async poll(timeout, signal) {
      const response = await call('PollActivityTaskQueue', request, { deadline: Date.now() + timeout, signal });
      const task = PollActivityTaskQueueResponse.decode(response);
      const suggestedChange = task.pollerScalingDecision?.pollRequestDeltaSuggestion ?? undefined;
      return { task, empty: task.taskToken.length === 0, suggestedChange };
    },
    onTask,
    ...(maxActivitiesPerSecond !== undefined && { turn: createRateLimit(maxActivitiesPerSecond) }),
  });
}
