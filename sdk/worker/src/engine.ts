/**
 * The parts of a worker put together: pollers hand tasks to those who work on them. The public `Worker` starts and stops
 * it.
 */
import { createActivityAnswers } from './activities/answers.ts';
import { createActivityStorage } from './activities/external-storage.ts';
import type { ActivityEnvironment } from './activities/prepare.ts';
import { createRemoteActivities, type RemoteActivities } from './activities/remote.ts';
import type { NativeClient } from './connection.ts';
import { type EagerWorker, takeEagerStarts } from './eager-workflow-start.ts';
import type { EngineOptions } from './engine-options.ts';
import { add } from './observable.ts';
import { startActivityPoller, startWorkflowPollers } from './pollers.ts';
import type { Poller } from './polling/poller.ts';
import { callWithRetry, type Send } from './service.ts';
import type { WorkerFields } from './worker-fields.ts';
import { createWorkerSlots, type WorkerSlots } from './worker-slots.ts';
import type { WorkerCounts } from './worker-state.ts';
import { createWorkflowSide, payloadLimits } from './workflow-side.ts';
import type { WorkflowTasks } from './workflow-tasks.ts';

export interface Pollers {
  workflow?: Poller;
  sticky?: Poller;
  activity?: Poller;
}

export interface Engine {
  readonly slots: WorkerSlots;
  /** Those that were started. */
  readonly pollers: Pollers;
  /** Whether tasks of these kinds are polled for. */
  readonly polls: { readonly workflows: boolean; readonly activities: boolean };
  /** Takes workflows that are started over this connection, until what it returns is called. */
  takeEagerStarts(client: NativeClient): () => void;
  start(): void;
  /** No new polls. Those that are open end by themselves, or when `cancelPolls` is called. */
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
  const { options, counts, createHost, fields, metrics, logger, coreLogger } = engine;
  const stop = new AbortController();
  const cancel = new AbortController();
  const slots = createWorkerSlots(options, fields, metrics, logger);
  const send: Send = (method, request) => callWithRetry(engine.call, method, request);
  const environment = activityEnvironment(engine);
  const remote = remoteActivities(engine, environment, send);
  const needs = { environment, slots, send, remote, stop: stop.signal };
  const workflows = createHost && (await createWorkflowSide(engine, createHost, needs));
  const polls = { workflows: workflows !== undefined, activities: options.enableNonLocalActivities };
  const pollers: Pollers = {};

  const start = () => {
    const serverScales = engine.namespace.scalesPollers;
    const shared = { ...engine, logger: coreLogger, serverScales, stop: stop.signal, cancel: cancel.signal };
    if (workflows) {
      const { normal, sticky } = startWorkflowPollers(shared, slots.workflow, workflows.tasks.run);
      pollers.workflow = normal;
      if (sticky) pollers.sticky = sticky;
    }
    if (polls.activities)
      pollers.activity = startActivityPoller(shared, slots.activity, (task, permit) => {
        void remote.run(task, permit, false);
      });
    metrics.started();
  };

  return {
    slots,
    pollers,
    polls,
    takeEagerStarts: (client) =>
      workflows ? takeEagerStarts(client, eagerWorker(fields, slots, workflows.tasks, stop.signal)) : () => {},
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
      counts.cachedWorkflows.next(0);
    },
  };
}

function eagerWorker(fields: WorkerFields, slots: WorkerSlots, tasks: WorkflowTasks, stop: AbortSignal): EagerWorker {
  const { namespace, taskQueue, deploymentOptions } = fields;
  return {
    namespace,
    taskQueue,
    deploymentOptions,
    reserve() {
      const permit = stop.aborted ? undefined : slots.workflow.tryReserve();
      return permit && { run: (task) => void tasks.run(task, permit, false), release: permit.release };
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

function activityEnvironment({ options, fields, logger, metricMeter, client }: EngineOptions): ActivityEnvironment {
  const { externalStorage } = options.loadedDataConverter;
  return {
    namespace: fields.namespace,
    taskQueue: fields.taskQueue,
    activities: options.activities,
    converter: options.loadedDataConverter,
    storage: externalStorage && createActivityStorage(externalStorage),
    interceptors: options.interceptors.activity,
    logger,
    metricMeter,
    client,
  };
}

function remoteActivities(engine: EngineOptions, environment: ActivityEnvironment, send: Send): RemoteActivities {
  const { options, counts, fields, metrics, coreLogger } = engine;
  const running = [counts.activities, counts.nonLocalActivities, counts.heartbeatingActivities];
  return createRemoteActivities({
    environment,
    answers: createActivityAnswers(send, fields),
    metrics,
    limits: () => payloadLimits(engine),
    logger: coreLogger,
    heartbeatThrottle: {
      usual: options.defaultHeartbeatThrottleIntervalMs,
      longest: options.maxHeartbeatThrottleIntervalMs,
    },
    onStart: () => {
      for (const count of running) add(count, 1);
    },
    onEnd: () => {
      for (const count of running) add(count, -1);
    },
  });
}
