/** From what the user said to what a worker works with: checks, defaults, milliseconds. */
import os from 'node:os';
import v8 from 'node:v8';
import type { ActivityFunction, Duration, LoadedDataConverter, Logger, MetricMeter } from '@perdure/common';
import { loadDataConverter } from '@perdure/common/lib/internal-non-workflow';
import { throwIfReservedName } from '@perdure/common/lib/reserved';
import { msOptionalToNumber, msToNumber } from '@perdure/common/lib/time';
import type { NativeConnection } from './connection.ts';
import { defaultSinksFor } from './default-sinks.ts';
import type { CompiledWorkerInterceptors, WorkerInterceptors } from './interceptors.ts';
import type { ScalingBehavior } from './polling/scaling.ts';
import type { PollerBehavior, WorkerOptions } from './worker-option-types.ts';
import type { WorkerTuner } from './worker-tuner.ts';

/** {@link WorkerOptions} with all that a worker needs. */
export type WorkerOptionsWithDefaults = WorkerOptions &
  Required<
    Pick<
      WorkerOptions,
      | 'namespace'
      | 'identity'
      | 'useVersioning'
      | 'shutdownGraceTime'
      | 'nonStickyToStickyPollRatio'
      | 'enableNonLocalActivities'
      | 'stickyQueueScheduleToStartTimeout'
      | 'maxCachedWorkflows'
      | 'workflowThreadPoolSize'
      | 'maxHeartbeatThrottleInterval'
      | 'defaultHeartbeatThrottleInterval'
      | 'showStackTraceSources'
      | 'debugMode'
      | 'reuseV8Context'
      | 'tuner'
      | 'sinks'
    >
  > & {
    interceptors: Required<WorkerInterceptors>;
    /** How long workflow code may run without giving way. 5 s, and no limit in debug mode. */
    isolateExecutionTimeout: Duration;
    workflowTaskPollerBehavior: Required<PollerBehavior>;
    activityTaskPollerBehavior: Required<PollerBehavior>;
    nexusTaskPollerBehavior: Required<PollerBehavior>;
  };

/** {@link WorkerOptions} checked, with defaults, and with times in milliseconds. */
export interface CompiledWorkerOptions extends Omit<WorkerOptionsWithDefaults, 'interceptors' | 'activities'> {
  interceptors: CompiledWorkerInterceptors;
  shutdownGraceTimeMs: number;
  shutdownForceTimeMs?: number;
  isolateExecutionTimeoutMs: number;
  stickyQueueScheduleToStartTimeoutMs: number;
  maxHeartbeatThrottleIntervalMs: number;
  defaultHeartbeatThrottleIntervalMs: number;
  loadedDataConverter: LoadedDataConverter;
  activities: Map<string, ActivityFunction>;
}

export type CompiledWorkerOptionsWithBuildId = CompiledWorkerOptions & { buildId: string };

const WORKFLOW_SLOTS = 40;
const OTHER_SLOTS = 100;
const POLLS = 10;
/** The longest time that a timer takes (ms). */
const FOREVER = 2 ** 32 - 1;

/** Throws a `TypeError` at options that contradict each other, and at reserved names. */
export function compileWorkerOptions(
  options: WorkerOptions,
  logger: Logger,
  metricMeter: MetricMeter,
): CompiledWorkerOptions {
  for (const name of Object.keys(options.sinks ?? {})) throwIfReservedName('sink', name);
  const full = withDefaults(options, logger, metricMeter);
  checkReservations(full.maxEagerActivityReservationsPerWorkflowTask);
  checkRate(full.maxActivitiesPerSecond);
  if (full.maxCachedWorkflows !== 0 && full.maxCachedWorkflows < 2) {
    logger.warn('maxCachedWorkflows must be either 0 (ie. cache is disabled) or greater than 1. Defaulting to 2.');
    full.maxCachedWorkflows = 2;
  }
  const activities = activitiesOf(full.activities);
  const shutdownForceTimeMs = msOptionalToNumber(full.shutdownForceTime);
  return {
    ...full,
    interceptors: compileInterceptors(full.interceptors),
    shutdownGraceTimeMs: msToNumber(full.shutdownGraceTime),
    ...(shutdownForceTimeMs !== undefined && { shutdownForceTimeMs }),
    stickyQueueScheduleToStartTimeoutMs: msToNumber(full.stickyQueueScheduleToStartTimeout),
    isolateExecutionTimeoutMs: msToNumber(full.isolateExecutionTimeout),
    maxHeartbeatThrottleIntervalMs: msToNumber(full.maxHeartbeatThrottleInterval),
    defaultHeartbeatThrottleIntervalMs: msToNumber(full.defaultHeartbeatThrottleInterval),
    loadedDataConverter: loadDataConverter(full.dataConverter),
    activities,
    enableNonLocalActivities: full.enableNonLocalActivities && activities.size > 0,
  };
}

function withDefaults(options: WorkerOptions, logger: Logger, metricMeter: MetricMeter): WorkerOptionsWithDefaults {
  if (options.useVersioning && !options.buildId) throw new TypeError('Must provide a buildId if useVersioning is true');
  const debugMode = options.debugMode || isSet(process.env['TEMPORAL_DEBUG']);
  const reuseV8Context = options.reuseV8Context ?? true;
  const { maxConcurrentActivityTaskExecutions: activitySlots, maxConcurrentNexusTaskExecutions: nexusSlots } = options;
  const tuner = tunerOf(options);
  const polls = (slots: number) => (options.tuner ? POLLS : Math.min(POLLS, slots));
  const { sinks, interceptors, ...rest } = options;
  return {
    identity: `${process.pid}@${os.hostname()}`,
    shutdownGraceTime: 0,
    enableNonLocalActivities: true,
    stickyQueueScheduleToStartTimeout: '10s',
    maxHeartbeatThrottleInterval: '60s',
    defaultHeartbeatThrottleInterval: '30s',
    isolateExecutionTimeout: debugMode ? FOREVER : '5s',
    workflowThreadPoolSize: defaultThreads(options.connection, reuseV8Context),
    ...withoutUndefined(rest),
    namespace: options.namespace ?? 'default',
    useVersioning: options.useVersioning ?? false,
    maxCachedWorkflows: options.maxCachedWorkflows ?? defaultCache(reuseV8Context),
    showStackTraceSources: options.showStackTraceSources ?? false,
    nonStickyToStickyPollRatio: options.nonStickyToStickyPollRatio ?? 0.2,
    debugMode,
    reuseV8Context,
    tuner,
    workflowTaskPollerBehavior: behaviorOf(
      options.workflowTaskPollerBehavior,
      options.maxConcurrentWorkflowTaskPolls ?? polls(options.maxConcurrentWorkflowTaskExecutions ?? WORKFLOW_SLOTS),
    ),
    activityTaskPollerBehavior: behaviorOf(
      options.activityTaskPollerBehavior,
      options.maxConcurrentActivityTaskPolls ?? polls(activitySlots ?? OTHER_SLOTS),
    ),
    nexusTaskPollerBehavior: behaviorOf(options.nexusTaskPollerBehavior, polls(nexusSlots ?? OTHER_SLOTS)),
    interceptors: {
      client: interceptors?.client ?? {},
      activity: interceptors?.activity ?? [],
      activityInbound: interceptors?.activityInbound ?? [],
      nexus: interceptors?.nexus ?? [],
      workflowModules: interceptors?.workflowModules ?? [],
    },
    sinks: {
      ...defaultSinksFor(logger, metricMeter),
      // Under this name loggers were given to workers in earlier versions.
      ...(sinks?.['defaultWorkerLogger'] && { __temporal_logger: sinks['defaultWorkerLogger'] }),
      ...sinks,
    },
  };
}

/** Options given as `undefined` are options not given. */
const withoutUndefined = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

function tunerOf(options: WorkerOptions): WorkerTuner {
  const { tuner } = options;
  if (tuner === undefined) return fixedTuner(options);
  for (const name of [
    'maxConcurrentActivityTaskExecutions',
    'maxConcurrentLocalActivityExecutions',
    'maxConcurrentWorkflowTaskExecutions',
  ] as const)
    if (options[name] !== undefined) throw new TypeError(`Cannot set both tuner and ${name}`);
  return tuner;
}

function fixedTuner(options: WorkerOptions): WorkerTuner {
  const fixed = (numSlots: number) => ({ type: 'fixed-size', numSlots }) as const;
  return {
    workflowTaskSlotSupplier: fixed(options.maxConcurrentWorkflowTaskExecutions ?? WORKFLOW_SLOTS),
    activityTaskSlotSupplier: fixed(options.maxConcurrentActivityTaskExecutions ?? OTHER_SLOTS),
    localActivityTaskSlotSupplier: fixed(options.maxConcurrentLocalActivityExecutions ?? OTHER_SLOTS),
    nexusTaskSlotSupplier: fixed(options.maxConcurrentNexusTaskExecutions ?? OTHER_SLOTS),
  };
}

/** Where time is skipped there is mostly one thing to do at a time: to hand it to a thread is only to wait for it. */
function defaultThreads(connection: NativeConnection | undefined, reuseV8Context: boolean): number {
  if (connection?.testService !== undefined) return 0;
  return reuseV8Context ? 1 : 2;
}

const MB = 1 << 20;

function defaultCache(reuseV8Context: boolean): number {
  const heap = v8.getHeapStatistics().heap_size_limit / MB;
  const [reserve, perGb] = reuseV8Context ? [200, 600] : [400, 250];
  return Math.max(10, Math.floor((Math.max(0, heap - reserve) * perGb) / 1024));
}

function behaviorOf(behavior: PollerBehavior | undefined, polls: number): ScalingBehavior {
  if (behavior?.type !== 'autoscaling') return { type: 'simple-maximum', maximum: behavior?.maximum ?? polls };
  const { minimum = 1, initial = 5, maximum = 100 } = behavior;
  return { type: 'autoscaling', minimum, initial, maximum };
}

function checkReservations(count: number | undefined): void {
  if (count !== undefined && (!Number.isSafeInteger(count) || count < 0))
    throw new TypeError('maxEagerActivityReservationsPerWorkflowTask must be a non-negative integer');
}

function checkRate(perSecond: number | undefined): void {
  if (perSecond !== undefined && !(perSecond > 0 && Number.isFinite(perSecond)))
    throw new TypeError(`maxActivitiesPerSecond must be a positive number, not ${perSecond}`);
}

function activitiesOf(given: object | undefined): Map<string, ActivityFunction> {
  const functions = Object.entries(given ?? {}).filter(([, value]) => typeof value === 'function');
  for (const [name] of functions) throwIfReservedName('activity', name);
  return new Map(functions as [string, ActivityFunction][]);
}

function compileInterceptors(interceptors: Required<WorkerInterceptors>): CompiledWorkerInterceptors {
  const { client, activity, activityInbound, nexus, workflowModules } = interceptors;
  return {
    client: { ...client, workflow: client.workflow ?? [], schedule: client.schedule ?? [] },
    activity: [
      ...activityInbound.map((make) => (ctx: Parameters<typeof make>[0]) => ({ inbound: make(ctx) })),
      ...activity,
    ],
    nexus,
    workflowModules,
  };
}

/** How the environment says yes. */
const isSet = (value: string | undefined): boolean => /^(1|t|true)$/i.test(value ?? '');
