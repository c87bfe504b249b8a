/**
 * What workers tell the server of themselves every now and then, so that lists of workers can show it. Workers of a
 * process that share a connection and a namespace are told of in one call.
 */
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { msToTs } from '@perdure/common/lib/time';
import { temporal } from '@perdure/proto';
import { Status } from '@perdure/transport';
import { extractNativeClient, type NativeClient } from './connection.ts';
import { sdk } from './pkg.ts';
import type { Poller } from './polling/poller.ts';
import { codeOf } from './service.ts';
import { measureResources, type ResourceUsage } from './slots/resource-usage.ts';
import type { Slots } from './slots/slots.ts';
import type { WorkerParts } from './worker-create.ts';

type Heartbeat = temporal.api.worker.v1.IWorkerHeartbeat;
const { RecordWorkerHeartbeatRequest } = temporal.api.workflowservice.v1;
const { WorkerStatus } = temporal.api.enums.v1;

export interface WorkerHeartbeats {
  /** What the worker is like now. */
  current(): Heartbeat;
  stop(): void;
}

/** Starts to tell of a worker. Without an interval, and where the server does not want to know, nothing is told. */
export function startHeartbeats(parts: WorkerParts): WorkerHeartbeats | undefined {
  const interval = parts.runtime.options.runtimeOptions.workerHeartbeatIntervalMillis;
  if (interval === null || !parts.namespace.takesHeartbeats) return undefined;
  const current = describer(parts);
  const member: Member = { parts, current };
  members.add(member);
  // The first one at once, those that follow together.
  void tell([member]);
  ticking ??= setInterval(() => void tellAll(), interval).unref();
  return {
    current,
    stop() {
      members.delete(member);
      if (members.size > 0) return;
      clearInterval(ticking);
      ticking = undefined;
    },
  };
}

interface Member {
  readonly parts: WorkerParts;
  readonly current: () => Heartbeat;
}

const members = new Set<Member>();
let ticking: NodeJS.Timeout | undefined;

async function tellAll(): Promise<void> {
  const groups = Map.groupBy(members, ({ parts }) => `${keyOf(parts)}/${parts.fields.namespace}`);
  await Promise.all([...groups.values()].map(tell));
}

async function tell(group: readonly Member[]): Promise<void> {
  const [first] = group;
  if (!first) return;
  const { fields, call, logger } = first.parts;
  const workerHeartbeat = group.map(({ current }) => current());
  const request = { namespace: fields.namespace, identity: fields.identity, workerHeartbeat };
  try {
    await call('RecordWorkerHeartbeat', RecordWorkerHeartbeatRequest.encode(request).finish());
  } catch (error) {
    if (codeOf(error) === Status.UNIMPLEMENTED) for (const member of group) members.delete(member);
    else logger.debug('Network error while sending worker heartbeat', { error });
  }
}

/** Workers that share a connection have the same key. */
const keys = new WeakMap<NativeClient, string>();

function keyOf({ link }: WorkerParts): string {
  const client = extractNativeClient(link.connection);
  const key = keys.get(client) ?? randomUUID();
  keys.set(client, key);
  return key;
}

let usage: ResourceUsage | undefined;

function describer(parts: WorkerParts): () => Heartbeat {
  const { fields, options, engine, counts, tally } = parts;
  const { deployment } = fields;
  const startTime = msToTs(Date.now());
  const slots = {
    workflow: slotsDescriber(engine.slots.workflow, () => tally.failedWorkflowTasks),
    activity: slotsDescriber(engine.slots.activity, () => tally.failedActivities),
    localActivity: slotsDescriber(engine.slots.localActivity, () => tally.failedLocalActivities),
  };
  const { externalStorage } = options.loadedDataConverter;
  const driverTypes = new Set(externalStorage?.drivers.map(({ type }) => type));
  const workflowScales = options.workflowTaskPollerBehavior.type === 'autoscaling';
  const activityScales = options.activityTaskPollerBehavior.type === 'autoscaling';
  let last: number | undefined;
  return () => {
    const now = Date.now();
    const elapsed = last === undefined ? null : msToTs(now - last);
    last = now;
    usage ??= measureResources();
    return {
      workerInstanceKey: fields.workerInstanceKey,
      workerIdentity: fields.identity,
      hostInfo: {
        hostName: os.hostname(),
        processId: String(process.pid),
        workerGroupingKey: keyOf(parts),
        currentHostCpuUsage: usage.cpu(),
        currentHostMemUsage: usage.memory(),
      },
      taskQueue: fields.taskQueue,
      deploymentVersion: deployment ? deployment.version : { deploymentName: '', buildId: fields.buildId },
      sdkName: sdk.name,
      sdkVersion: sdk.version,
      status: statusOf(parts),
      startTime,
      heartbeatTime: msToTs(now),
      elapsedSinceLastHeartbeat: elapsed,
      workflowTaskSlotsInfo: slots.workflow(),
      activityTaskSlotsInfo: slots.activity(),
      localActivitySlotsInfo: slots.localActivity(),
      workflowPollerInfo: pollerInfo(engine.pollers.workflow, workflowScales),
      workflowStickyPollerInfo: pollerInfo(engine.pollers.sticky, workflowScales),
      activityPollerInfo: pollerInfo(engine.pollers.activity, activityScales),
      totalStickyCacheHit: tally.cacheHits,
      totalStickyCacheMiss: tally.cacheMisses,
      currentStickyCacheSize: counts.cachedWorkflows.value,
      plugins: (options.plugins ?? []).map(({ name }) => ({ name })),
      drivers: [...driverTypes].sort().map((type) => ({ type })),
    };
  };
}

function statusOf({ counts }: WorkerParts): temporal.api.enums.v1.WorkerStatus {
  const isUp = counts.state.value === 'INITIALIZED' || counts.state.value === 'RUNNING';
  return isUp ? WorkerStatus.WORKER_STATUS_RUNNING : WorkerStatus.WORKER_STATUS_SHUTTING_DOWN;
}

const pollerInfo = (poller: Poller | undefined, isAutoscaling: boolean) => {
  const lastSuccess = poller?.lastSuccess();
  return {
    currentPollers: poller?.open() ?? 0,
    lastSuccessfulPollTime: lastSuccess === undefined ? null : msToTs(lastSuccess),
    isAutoscaling,
  };
};

/** Tells what was added since it was last asked, too. */
function slotsDescriber<Info>(slots: Slots<Info>, failures: () => number) {
  let processedBefore = 0;
  let failedBefore = 0;
  return (): temporal.api.worker.v1.IWorkerSlotsInfo => {
    const processed = slots.processed() - slots.used();
    const failed = failures();
    const info = {
      currentAvailableSlots: slots.available() ?? 0,
      currentUsedSlots: slots.used(),
      slotSupplierKind: slots.kind,
      totalProcessedTasks: processed,
      totalFailedTasks: failed,
      lastIntervalProcessedTasks: processed - processedBefore,
      lastIntervalFailureTasks: failed - failedBefore,
    };
    processedBefore = processed;
    failedBefore = failed;
    return info;
  };
}
