/** What a worker with workflows needs for them: the workflow half, and everything that goes to it and comes from it. */
import { temporal } from '@perdure/proto';
import type { ActivityEnvironment } from './activities/prepare.ts';
import type { RemoteActivities } from './activities/remote.ts';
import type { PayloadLimits } from './codec/payload-limits.ts';
import { createWorkflowTaskCodec } from './codec/workflow-task-codec.ts';
import { createEagerActivities } from './eager-activities.ts';
import type { EngineOptions } from './engine-options.ts';
import { createLocalActivities, type LocalActivities } from './local-activities/local-activities.ts';
import { add } from './observable.ts';
import type { Send } from './service.ts';
import { processSinkCalls } from './sink-calls.ts';
import type { WorkerSlots } from './worker-slots.ts';
import type { HistoryPageRequest, WorkflowHost } from './workflow/host.ts';
import { createAnswerSender } from './workflow-task-answers.ts';
import { createWorkflowTaskFailures } from './workflow-task-failures.ts';
import { createWorkflowTasks, type WorkflowTasks } from './workflow-tasks.ts';

const { GetWorkflowExecutionHistoryRequest, PollActivityTaskQueueResponse } = temporal.api.workflowservice.v1;

export interface WorkflowSide {
  readonly host: WorkflowHost;
  readonly tasks: WorkflowTasks;
}

export interface WorkflowSideNeeds {
  readonly environment: ActivityEnvironment;
  readonly slots: WorkerSlots;
  readonly send: Send;
  readonly remote: RemoteActivities;
  readonly stop: AbortSignal;
}

/** Runs remembered beyond those in the cache: tasks of others come and go. */
const SPARE_RUNS = 100;

export async function createWorkflowSide(
  engine: EngineOptions,
  createHost: NonNullable<EngineOptions['createHost']>,
  needs: WorkflowSideNeeds,
): Promise<WorkflowSide> {
  const { options, fields, counts, logger, coreLogger, metrics } = engine;
  const { slots, send, remote, stop } = needs;
  const converter = options.loadedDataConverter;
  const codec = createWorkflowTaskCodec({
    codecs: converter.payloadCodecs,
    storage: converter.externalStorage,
    namespace: fields.namespace,
    runs: options.maxCachedWorkflows + SPARE_RUNS,
  });
  const local = localActivities(engine, needs);
  const host = await createHost({
    runLocalActivity: local.run,
    cancelLocalActivities: local.cancel,
    sinkCalls: (calls) => processSinkCalls(options.sinks, calls, logger),
    cachedRunsChanged(count) {
      counts.cachedWorkflows.next(count);
      metrics.cachedRuns(count);
    },
    runForcedOut: () => metrics.runForcedOut(),
    historyPage: async (request) =>
      codec.decodeHistoryPage(
        await send('GetWorkflowExecutionHistory', historyRequest(fields.namespace, request)),
        request,
      ),
  });
  const takesEager = options.enableNonLocalActivities && !((options.maxTaskQueueActivitiesPerSecond ?? 0) > 0);
  const eagerSlots = { tryReserve: () => (stop.aborted ? undefined : slots.activity.tryReserve()) };
  const eager = createEagerActivities(takesEager ? eagerSlots : undefined, (task, permit) => {
    void remote.run(PollActivityTaskQueueResponse.decode(task), permit, true);
  });
  const stickyTimeoutMs = options.stickyQueueScheduleToStartTimeoutMs;
  const tasks = createWorkflowTasks({
    host,
    codec,
    sender: createAnswerSender({ send, fields, stickyTimeoutMs, eager, logger: coreLogger }),
    failures: createWorkflowTaskFailures({ converter, limits: () => payloadLimits(engine), logger: coreLogger }),
    logger: coreLogger,
    metrics,
    count: counts.activations,
  });
  return { host, tasks };
}

/** The connection says when to warn, the namespace what is too much, and the user whether to leave that to the server. */
export function payloadLimits({ options, namespace, warnSizes }: EngineOptions): PayloadLimits {
  const { payloadsWarnSize: payloadsWarn, memoWarnSize: memoWarn } = warnSizes();
  if (options.disablePayloadErrorLimit) return { payloadsWarn, memoWarn, payloadsError: 0, memoError: 0 };
  return { payloadsWarn, memoWarn, payloadsError: namespace.payloadsError, memoError: namespace.memoError };
}

/** Their payloads stay in this process until they are written down, so codecs see them only then. */
function localActivities(engine: EngineOptions, { environment, slots }: WorkflowSideNeeds): LocalActivities {
  const { counts, metrics } = engine;
  const running = [counts.activities, counts.localActivities, counts.heartbeatingActivities];
  const converter = { ...environment.converter, payloadCodecs: [] };
  return createLocalActivities({
    environment: { ...environment, converter, storage: undefined },
    slots: slots.localActivity,
    metrics,
    onStart: () => {
      for (const count of running) add(count, 1);
    },
    onEnd: () => {
      for (const count of running) add(count, -1);
    },
  });
}

function historyRequest(namespace: string, { workflowId, runId, nextPageToken }: HistoryPageRequest): Uint8Array {
  const execution = { workflowId, runId };
  return GetWorkflowExecutionHistoryRequest.encode({ namespace, execution, nextPageToken }).finish();
}
