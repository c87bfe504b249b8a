import type { Init } from '@perdure/api';
import { DescribeTaskQueueMode, RateLimitSource, TaskQueueType } from '@perdure/api/enums';
import type { PollerInfo, TaskQueueConfig, TaskQueueStats } from '@perdure/api/taskqueue';
import { toDuration, toTimestamp } from '../../kernel/time.ts';
import type { PollerSeen, QueueDescription, QueueStats, QueueType } from '../../matching/contract.ts';
import { checkTaskQueue } from '../../validation/task-queue.ts';
import type { Handler, RequestOf, ResponseOf, ServerContext } from '../context.ts';

type Request = RequestOf<'DescribeTaskQueue'>;
type Response = Init<ResponseOf<'DescribeTaskQueue'>>;

/** What the reference reports for a worker that sets no limit. */
const UNLIMITED_PER_SECOND = 100_000;

/** Who polls a task queue, and, if that is asked for, how much is waiting in it. */
export const describeTaskQueue: Handler<'DescribeTaskQueue'> = (request, _call, server) => {
  checkTaskQueue(request.taskQueue, server.limits);
  if (request.apiMode === DescribeTaskQueueMode.ENHANCED) return enhanced(server, request);
  const queue = describe(server, request, request.taskQueueType);
  const config = configOf(server, request);
  return {
    pollers: queue.pollers.map(pollerInfo),
    versioningInfo: { currentVersion: '__unversioned__', updateTime: {} },
    effectiveRateLimit: effectiveRateLimit(config, queue),
    ...(request.reportConfig ? { config } : {}),
    ...(request.reportStats ? stats(queue) : {}),
  };
};

function describe(server: ServerContext, request: Request, type: TaskQueueType): QueueDescription {
  const namespaceId = server.namespaces.byName(request.namespace).id;
  return server.matching.describe({ namespaceId, name: request.taskQueue?.name ?? '', type: queueType(type) });
}

function configOf(server: ServerContext, request: Request): TaskQueueConfig | null {
  const namespaceId = server.namespaces.byName(request.namespace).id;
  return server.taskQueueConfigs.find({
    namespaceId,
    name: request.taskQueue?.name ?? '',
    type: request.taskQueueType,
  });
}

function queueType(type: TaskQueueType): QueueType {
  if (type === TaskQueueType.ACTIVITY) return 'activity';
  return type === TaskQueueType.NEXUS ? 'nexus' : 'workflow';
}

function pollerInfo({ poller, lastAccessTime }: PollerSeen): Init<PollerInfo> {
  const polled = poller.metadata as Partial<RequestOf<'PollWorkflowTaskQueue'>> | null;
  return {
    identity: poller.identity,
    lastAccessTime: toTimestamp(lastAccessTime),
    ratePerSecond: poller.ratePerSecond ?? UNLIMITED_PER_SECOND,
    workerVersionCapabilities: polled?.workerVersionCapabilities,
    deploymentOptions: polled?.deploymentOptions,
  };
}

const wireStats = (queue: QueueStats): Init<TaskQueueStats> => ({
  approximateBacklogCount: queue.backlogCount,
  approximateBacklogAge: toDuration(queue.backlogAgeMs),
  tasksAddRate: queue.tasksAddRate,
  tasksDispatchRate: queue.tasksDispatchRate,
});

const stats = (queue: QueueDescription): Pick<Response, 'stats' | 'statsByPriorityKey'> => ({
  stats: wireStats(queue),
  statsByPriorityKey: Object.fromEntries([...queue.byPriority].map(([key, part]) => [key, wireStats(part)])),
});

/** What somebody has set, or else what a worker asked for. */
function effectiveRateLimit(
  config: TaskQueueConfig | null,
  { workerRate }: QueueDescription,
): Response['effectiveRateLimit'] {
  const set = config?.queueRateLimit?.rateLimit;
  if (set) return { requestsPerSecond: set.requestsPerSecond, rateLimitSource: RateLimitSource.API };
  return workerRate === null
    ? { requestsPerSecond: UNLIMITED_PER_SECOND, rateLimitSource: RateLimitSource.SYSTEM }
    : { requestsPerSecond: workerRate, rateLimitSource: RateLimitSource.WORKER };
}

/** The old way to ask for several types at once: everything is under the one version there is, the unversioned one. */
function enhanced(server: ServerContext, request: Request): Response {
  const types =
    request.taskQueueTypes.length > 0 ? request.taskQueueTypes : [TaskQueueType.WORKFLOW, TaskQueueType.ACTIVITY];
  const typesInfo = types.map((type) => {
    const queue = describe(server, request, type);
    const info = {
      pollers: request.reportPollers ? queue.pollers.map(pollerInfo) : [],
      stats: request.reportStats ? wireStats(queue) : null,
    };
    return [type, info] as const;
  });
  return { versionsInfo: { '': { typesInfo: Object.fromEntries(typesInfo) } } };
}
