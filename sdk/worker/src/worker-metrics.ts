/** What a worker measures, and with which tags. */
import { tsToMs } from '@perdure/common/lib/time';
import type { ActivityResult, ActivityTask } from './activities/start.ts';
import type { LocalResult } from './local-activities/attempt.ts';
import type { CoreMeter } from './telemetry/core-meter.ts';
import type { LocalActivityRequest, WorkflowTaskAnswer } from './workflow/host.ts';
import type { TaskSummary } from './workflow-task-peek.ts';

export type PollerType = 'workflow_task' | 'sticky_workflow_task' | 'activity_task' | 'nexus_task';
export type WorkerType = 'WorkflowWorker' | 'ActivityWorker' | 'LocalActivityWorker' | 'NexusWorker';
type Answer = Exclude<WorkflowTaskAnswer, { kind: 'none' }>;

export interface WorkerMetrics {
  started(): void;
  polled(type: PollerType, wasEmpty: boolean): void;
  pollers(type: PollerType, open: number): void;
  slots(type: WorkerType, used: number, available: number | undefined): void;
  cachedRuns(count: number): void;
  runForcedOut(): void;
  workflowTaskReceived(task: TaskSummary): void;
  workflowTaskEnded(answer: Answer, ms: number): void;
  activityReceived(task: ActivityTask, isEager: boolean): void;
  activityEnded(task: ActivityTask, result: ActivityResult, ms: number): void;
  localActivityEnded(request: LocalActivityRequest, result: LocalResult, ms: number): void;
}

const ignore = () => {};

/** Measures nothing. */
export const noMetrics: WorkerMetrics = {
  started: ignore,
  polled: ignore,
  pollers: ignore,
  slots: ignore,
  cachedRuns: ignore,
  runForcedOut: ignore,
  workflowTaskReceived: ignore,
  workflowTaskEnded: ignore,
  activityReceived: ignore,
  activityEnded: ignore,
  localActivityEnded: ignore,
};

/** @param meter Tagged with namespace and task queue. */
export function createWorkerMetrics(meter: CoreMeter): WorkerMetrics {
  if (!meter.enabled) return noMetrics;
  return { ...workerWide(meter), ...ofWorkflowTasks(meter), ...ofActivities(meter) };
}

/** Meters by the values of their further tags: each is made once. */
function tagged<Name extends string>(meter: CoreMeter, ...names: Name[]): (...values: string[]) => CoreMeter {
  const made = new Map<string, CoreMeter>();
  return (...values) => {
    const key = values.join('\0');
    let one = made.get(key);
    if (one === undefined) {
      one = meter.with(Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])));
      made.set(key, one);
    }
    return one;
  };
}

function workerWide(meter: CoreMeter) {
  const byPoller = tagged(meter, 'poller_type');
  const byWorker = tagged(meter, 'worker_type');
  return {
    started: () => meter.add('worker_start'),
    polled(type: PollerType, wasEmpty: boolean) {
      if (type !== 'activity_task')
        meter.add(wasEmpty ? 'workflow_task_queue_poll_empty' : 'workflow_task_queue_poll_succeed');
      else if (wasEmpty) meter.add('activity_poll_no_task');
    },
    pollers: (type: PollerType, open: number) => byPoller(type).set('num_pollers', open),
    slots(type: WorkerType, used: number, available: number | undefined) {
      byWorker(type).set('worker_task_slots_used', used);
      if (available !== undefined) byWorker(type).set('worker_task_slots_available', available);
    },
    cachedRuns: (count: number) => meter.set('sticky_cache_size', count),
    runForcedOut: () => meter.add('sticky_cache_total_forced_eviction'),
  };
}

const closings = {
  completed: 'workflow_completed',
  failed: 'workflow_failed',
  canceled: 'workflow_canceled',
  'continued-as-new': 'workflow_continue_as_new',
} as const;

function ofWorkflowTasks(meter: CoreMeter) {
  const byType = tagged(meter, 'workflow_type');
  const byFailure = tagged(meter, 'workflow_type', 'failure_reason');
  return {
    workflowTaskReceived({ scheduleToStartMs, isQuery }: TaskSummary) {
      if (scheduleToStartMs !== undefined && !isQuery)
        meter.time('workflow_task_schedule_to_start_latency', scheduleToStartMs);
    },
    workflowTaskEnded({ kind, workflowType, stats }: Answer, ms: number) {
      const of = byType(workflowType);
      of.time('workflow_task_execution_latency', ms);
      if (stats.replayMs !== null) of.time('workflow_task_replay_latency', stats.replayMs);
      meter.add(stats.isSticky ? 'sticky_cache_hit' : 'sticky_cache_miss');
      if (kind === 'failed') byFailure(workflowType, 'WorkflowError').add('workflow_task_execution_failed');
      if (stats.closes === null) return;
      of.add(closings[stats.closes]);
      if (stats.startTimeMs !== null) of.time('workflow_endtoend_latency', Date.now() - stats.startTimeMs);
    },
  };
}

function ofActivities(meter: CoreMeter) {
  const byType = tagged(meter, 'activity_type', 'workflow_type');
  const byTypeAndWay = tagged(meter, 'activity_type', 'workflow_type', 'eager');
  const typesOf = ({ activityType, workflowType }: ActivityTask) =>
    [activityType?.name ?? '', workflowType?.name ?? ''] as const;
  return {
    activityReceived(task: ActivityTask, isEager: boolean) {
      byTypeAndWay(...typesOf(task), String(isEager)).add('activity_task_received');
      const { currentAttemptScheduledTime: scheduled, startedTime: started } = task;
      if (scheduled && started) meter.time('activity_schedule_to_start_latency', tsToMs(started) - tsToMs(scheduled));
    },
    activityEnded(task: ActivityTask, result: ActivityResult, ms: number) {
      const of = byType(...typesOf(task));
      of.time('activity_execution_latency', ms);
      if (result.failed && !isBenign(result.failed.failure)) of.add('activity_execution_failed');
      if (result.completed && task.scheduledTime)
        of.time('activity_succeed_endtoend_latency', Date.now() - tsToMs(task.scheduledTime));
    },
    localActivityEnded({ workflowType, schedule }: LocalActivityRequest, result: LocalResult, ms: number) {
      const of = byType(schedule.activityType ?? '', workflowType);
      of.add('local_activity_total');
      of.time('local_activity_execution_latency', ms);
      if (result.kind === 'completed') of.time('local_activity_succeed_endtoend_latency', ms);
      else if (result.kind === 'cancelled') of.add('local_activity_execution_cancelled');
      else if (!isBenign(result.failure)) of.add('local_activity_execution_failed');
    },
  };
}

/** Failures that are part of the business are no news. */
const isBenign = (failure: NonNullable<ActivityResult['failed']>['failure']): boolean =>
  failure?.applicationFailureInfo?.category === BENIGN;

const BENIGN = 1;
