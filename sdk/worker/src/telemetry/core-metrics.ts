import type { MetricDefinition } from './metrics.ts';

type Definition = Omit<MetricDefinition, 'name'>;

const counter = (description: string) => ({ kind: 'counter', valueType: 'int', unit: '', description }) as const;
const gauge = (description: string) => ({ kind: 'gauge', valueType: 'int', unit: '', description }) as const;
const latency = (description: string) =>
  ({ kind: 'histogram', valueType: 'int', unit: 'duration', description }) as const;

/** The metrics of connections and Workers. Dashboards know them by these names, with the prefix `temporal_`. */
export const coreMetrics = {
  request: counter('Calls to the server'),
  request_failure: counter('Calls to the server that failed'),
  request_latency: latency('How long calls to the server take'),
  long_request: counter('Long polls'),
  long_request_failure: counter('Long polls that failed'),
  long_request_latency: latency('How long long polls take'),

  workflow_completed: counter('Workflow runs that completed'),
  workflow_canceled: counter('Workflow runs that ended as canceled'),
  workflow_failed: counter('Workflow runs that failed'),
  workflow_continue_as_new: counter('Workflow runs that continued as new'),
  workflow_endtoend_latency: latency('How long workflow runs take, from start to end'),
  workflow_task_queue_poll_empty: counter('Polls that brought no workflow task'),
  workflow_task_queue_poll_succeed: counter('Polls that brought a workflow task'),
  workflow_task_execution_failed: counter('Workflow tasks that failed'),
  workflow_task_schedule_to_start_latency: latency('How long workflow tasks wait in their queue'),
  workflow_task_replay_latency: latency('How long it takes to replay a history up to a workflow task'),
  workflow_task_execution_latency: latency('How long it takes to process a workflow task'),

  activity_poll_no_task: counter('Polls that brought no activity task'),
  activity_task_received: counter('Polls that brought an activity task'),
  activity_execution_failed: counter('Activity attempts that failed'),
  activity_schedule_to_start_latency: latency('How long activity tasks wait in their queue'),
  activity_execution_latency: latency('How long activity attempts take'),
  activity_succeed_endtoend_latency: latency('How long activities take that succeed, from their scheduling on'),

  local_activity_execution_cancelled: counter('Local activity attempts that ended as cancelled'),
  local_activity_execution_failed: counter('Local activity attempts that failed'),
  local_activity_execution_latency: latency('How long local activity attempts take'),
  local_activity_succeed_endtoend_latency: latency('How long local activities take that succeed'),
  local_activity_total: counter('Local activity attempts'),

  nexus_poll_no_task: counter('Polls that brought no Nexus task'),
  nexus_task_schedule_to_start_latency: latency('How long Nexus tasks wait in their queue'),
  nexus_task_endtoend_latency: latency('How long Nexus tasks take, from their scheduling on'),
  nexus_task_execution_latency: latency('How long it takes to handle a Nexus task'),
  nexus_task_execution_failed: counter('Nexus tasks that failed'),

  worker_start: counter('Workers started'),
  num_pollers: gauge('Polls under way'),
  worker_task_slots_available: gauge('Free slots for tasks'),
  worker_task_slots_used: gauge('Slots in use'),
  sticky_cache_hit: counter('Workflow tasks whose run was cached'),
  sticky_cache_miss: counter('Workflow tasks of the sticky queue whose run was not cached any more'),
  sticky_cache_size: gauge('Cached workflow runs'),
  sticky_cache_total_forced_eviction: counter('Cached workflow runs that were forgotten before their end'),
} as const satisfies Record<string, Definition>;

export type CoreMetricName = keyof typeof coreMetrics;

type NamesOf<Kind extends Definition['kind']> = {
  [Name in CoreMetricName]: (typeof coreMetrics)[Name]['kind'] extends Kind ? Name : never;
}[CoreMetricName];

export type CoreCounterName = NamesOf<'counter'>;
export type CoreGaugeName = NamesOf<'gauge'>;
export type CoreLatencyName = NamesOf<'histogram'>;
