/**
 * The parts of a worker put together: pollers hand tasks to those who work on them, and what they need is made here.
 * The public `Worker` starts and stops it.
 */
import type { Client } from '@perdure/client';
import type { Logger, MetricMeter } from '@perdure/common';
import { temporal } from '@perdure/proto';
import { createActivityAnswers } from './activities/answers.ts';
import type { ActivityEnvironment } from './activities/prepare.ts';
import { createRemoteActivities, type RemoteActivities } from './activities/remote.ts';
import { createWorkflowTaskCodec } from './codec/workflow-task-codec.ts';
import type { CompiledWorkerOptionsWithBuildId } from './compile-options.ts';
import { createLocalActivities, type LocalActivities } from './local-activities/local-activities.ts';
import { add } from './observable.ts';
import { startActivityPoller, startWorkflowPollers } from './pollers.ts';
import type { Poller } from './polling/poller.ts';
import { type Call, callWithRetry, type Send } from './service.ts';
import { processSinkCalls } from './sink-calls.ts';
import { createSlots, type Slots, type Supplier } from './slots/slots.ts';
import type { WorkerFields } from './worker-fields.ts';
import type { WorkerMetrics, WorkerType } from './worker-metrics.ts';
import type { WorkerCounts } from './worker-state.ts';
import {
  type ActivitySlotInfo,
  createSuppliers,
  type LocalActivitySlotInfo,
  type SlotInfo,
  type WorkflowSlotInfo,
} from './worker-tuner.ts';
import type { HostServices, WorkflowHost } from './workflow/host.ts';
import { createWorkflowTasks, type WorkflowTasks } from './workflow-tasks.ts';

const { GetWorkflowExecutionHistoryRequest, PollActivityTaskQueueResponse } = temporal.api.workflowservice.v1;

export interface EngineOptions {
  readonly options: CompiledWorkerOptionsWithBuildId;
  readonly fields: WorkerFields;
  readonly call: Call;
  readonly counts: WorkerCounts;
  readonly logger: Logger;
  readonly metricMeter: MetricMeter;
  readonly metrics: WorkerMetrics;
  readonly namespace: NamespaceFacts;
  readonly client: () => Client | undefined;
  /** Makes the workflow half; undefined for a worker without workflows. */
  readonly createHost: ((services: HostServices) => Promise<WorkflowHost>) | undefined;
}

/** What the worker knows of its namespace. */
export interface NamespaceFacts {
  /** The server ends polls of workers that say that they stop. */
  readonly endsPolls: boolean;
  /** The server suggests how many polls there should be. */
  readonly scalesPollers: boolean;
  readonly takesHeartbeats: boolean;
}

export interface WorkerSlots {
  readonly workflow: Slots<WorkflowSlotInfo>;
  readonly activity: Slots<ActivitySlotInfo>;
  readonly localActivity: Slots<LocalActivitySlotInfo>;
}

export interface Pollers {
  workflow?: Poller;
  sticky?: Poller;
  activity?: Poller;
}

export interface Engine {
  readonly slots: WorkerSlots;
  /** Those that were started. */
  readonly pollers: Pollers;
  readonly host: WorkflowHost | undefined;
  /** Whether tasks of these kinds are polled for. */
  readonly polls: { readonly workflows: boolean; readonly activities: boolean };
  start(): void;
  /** No new polls, and those that are open end as soon as `cancelPolls` is called. */
  stopPolling(): void;
  cancelPolls(): void;
  cancelActivities(): void;
  /**
   * Resolves when pollers have ended and nothing is worked on any more. Rejects when the server refuses to be polled.
   * To be called after `start`.
   */
  drained(): Promise<void>;
  close(): Promise<void>;
}

export async function createEngine(engine: EngineOptions): Promise<Engine> {
  const { options, counts, createHost } = engine;
  const stop = new AbortController();
  const cancel = new AbortController();
  const slots = createWorkerSlots(engine);
  const send: Send = (method, request) => callWithRetry(engine.call, method, request);
  const environment = activityEnvironment(engine);
  const polls = {
    workflows: createHost !== undefined,
    activities: options.enableNonLocalActivities && options.activities.size > 0,
  };
  const remote = remoteActivities(engine, environment, send);
  const workflows = createHost && (await workflowHalf(engine, createHost, { environment, slots, send, remote, stop }));
  const pollers: Pollers = {};

  const start = () => {
    const shared = {
      ...engine,
      serverScales: engine.namespace.scalesPollers,
      stop: stop.signal,
      cancel: cancel.signal,
    };
    if (workflows) {
      const { normal, sticky } = startWorkflowPollers(shared, slots.workflow, workflows.tasks.run);
      pollers.workflow = normal;
      if (sticky) pollers.sticky = sticky;
    }
    if (polls.activities)
      pollers.activity = startActivityPoller(shared, slots.activity, (task, permit) => {
        void remote.run(task, permit, false);
      });
    engine.metrics.started();
  };

  return {
    slots,
    pollers,
    polls,
    host: workflows?.host,
    start,
    stopPolling: () => stop.abort(),
    cancelPolls: () => cancel.abort(),
    cancelActivities: () => remote.cancelAll(),
    async drained() {
      await Promise.all([
        pollersEnded([pollers.workflow, pollers.sticky], counts.workflowPoller),
        pollersEnded([pollers.activity], counts.activityPoller),
      ]);
      // Workflow tasks first: activities can come out of them.
      await workflows?.tasks.idle();
      await remote.idle();
    },
    async close() {
      await workflows?.host.shutdown();
    },
  };
}

async function pollersEnded(
  pollers: readonly (Poller | undefined)[],
  state: WorkerCounts['workflowPoller'],
): Promise<void> {
  try {
    await Promise.all(pollers.map((poller) => poller?.ended));
    state.next('SHUTDOWN');
  } catch (error) {
    state.next('FAILED');
    throw error;
  }
}

function createWorkerSlots({ options, fields, metrics, logger }: EngineOptions): WorkerSlots {
  const suppliers = createSuppliers(options.tuner, logger);
  const { deployment } = fields;
  const make = <SI extends SlotInfo>(
    slotType: SI['type'],
    type: WorkerType,
    supplier: Supplier<SI>,
    maximum?: number,
  ) =>
    createSlots<SI>({
      supplier,
      maximum,
      context: {
        slotType,
        taskQueue: fields.taskQueue,
        workerIdentity: fields.identity,
        workerBuildId: fields.buildId,
        ...(deployment && { workerDeploymentVersion: deployment.version }),
      },
      onChange: (slots) => metrics.slots(type, slots.used(), slots.available()),
    });
  // Both queues have to be polled, whatever the cache has room for.
  const cached = options.maxCachedWorkflows > 0 ? Math.max(2, options.maxCachedWorkflows) : undefined;
  return {
    workflow: make('workflow', 'WorkflowWorker', suppliers.workflow, cached),
    activity: make('activity', 'ActivityWorker', suppliers.activity),
    localActivity: make('local-activity', 'LocalActivityWorker', suppliers.localActivity),
  };
}

function activityEnvironment({ options, fields, logger, metricMeter, client }: EngineOptions): ActivityEnvironment {
  return {
    namespace: fields.namespace,
    taskQueue: fields.taskQueue,
    activities: options.activities,
    converter: options.loadedDataConverter,
    storage: undefined,
    interceptors: options.interceptors.activity,
    logger,
    metricMeter,
    client,
  };
}

function remoteActivities(engine: EngineOptions, environment: ActivityEnvironment, send: Send): RemoteActivities {
  const { options, counts, fields, metrics } = engine;
  return createRemoteActivities({
    environment,
    answers: createActivityAnswers(send, fields),
    metrics,
    heartbeatThrottle: {
      usual: options.defaultHeartbeatThrottleIntervalMs,
      longest: options.maxHeartbeatThrottleIntervalMs,
    },
    onStart: () => {
      for (const count of [counts.activities, counts.nonLocalActivities, counts.heartbeatingActivities]) add(count, 1);
    },
    onEnd: () => {
      for (const count of [counts.activities, counts.nonLocalActivities, counts.heartbeatingActivities]) add(count, -1);
    },
  });
}

interface Shared {
  readonly environment: ActivityEnvironment;
  readonly slots: WorkerSlots;
  readonly send: Send;
  readonly remote: RemoteActivities;
  readonly stop: AbortController;
}

async function workflowHalf(
  engine: EngineOptions,
  createHost: NonNullable<EngineOptions['createHost']>,
  { environment, slots, send, remote, stop }: Shared,
): Promise<{ host: WorkflowHost; tasks: WorkflowTasks }> {
  const { options, fields, counts, logger, metrics } = engine;
  const { payloadCodecs } = options.loadedDataConverter;
  const codec =
    payloadCodecs.length > 0
      ? createWorkflowTaskCodec(payloadCodecs, fields.namespace, options.maxCachedWorkflows + 100)
      : undefined;
  const local = localActivities(engine, environment, slots);
  const host = await createHost({
    runLocalActivity: local.run,
    cancelLocalActivities: local.cancel,
    sinkCalls: (calls) => processSinkCalls(options.sinks, calls, logger),
    cachedRunsChanged(count) {
      counts.cachedWorkflows.next(count);
      metrics.cachedRuns(count);
    },
    async historyPage(request) {
      const page = await send('GetWorkflowExecutionHistory', historyRequest(fields.namespace, request));
      return codec ? codec.decodeHistoryPage(page, request) : page;
    },
  });
  const takesEager = options.enableNonLocalActivities && !((options.maxTaskQueueActivitiesPerSecond ?? 0) > 0);
  const tasks = createWorkflowTasks({
    host,
    send,
    fields,
    stickyTimeoutMs: options.stickyQueueScheduleToStartTimeoutMs,
    codec,
    logger,
    metrics,
    activitySlots: takesEager ? whileRunning(slots.activity, stop.signal) : undefined,
    runActivity: (task, permit) => void remote.run(PollActivityTaskQueueResponse.decode(task), permit, true),
    onStart: () => add(counts.activations, 1),
    onEnd: () => add(counts.activations, -1),
  });
  return { host, tasks };
}

/** A worker that stops takes on nothing new. */
const whileRunning = (slots: Slots<ActivitySlotInfo>, stop: AbortSignal): Slots<ActivitySlotInfo> => ({
  ...slots,
  tryReserve: () => (stop.aborted ? undefined : slots.tryReserve()),
});

/** Their payloads stay in this process until they are written down, so codecs see them only then. */
function localActivities(engine: EngineOptions, environment: ActivityEnvironment, slots: WorkerSlots): LocalActivities {
  const { counts, metrics } = engine;
  return createLocalActivities({
    environment: { ...environment, converter: { ...environment.converter, payloadCodecs: [] } },
    slots: slots.localActivity,
    metrics,
    onStart: () => {
      for (const count of [counts.activities, counts.localActivities, counts.heartbeatingActivities]) add(count, 1);
    },
    onEnd: () => {
      for (const count of [counts.activities, counts.localActivities, counts.heartbeatingActivities]) add(count, -1);
    },
  });
}

function historyRequest(
  namespace: string,
  { workflowId, runId, nextPageToken }: Parameters<HostServices['historyPage']>[0],
) {
  return GetWorkflowExecutionHistoryRequest.encode({
    namespace,
    execution: { workflowId, runId },
    nextPageToken,
  }).finish();
}
