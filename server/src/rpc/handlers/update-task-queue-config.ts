import { TaskQueueType } from '@perdure/api/enums';
import type { RateLimitConfig, TaskQueueConfig } from '@perdure/api/taskqueue';
import type { UpdateTaskQueueConfigRequest_RateLimitUpdate as RateLimitUpdate } from '@perdure/api/workflowservice';
import { durableOrUnavailable } from '../../host/host.ts';
import type { ConfiguredQueue } from '../../host/task-queue-configs.ts';
import { toTimestamp } from '../../kernel/time.ts';
import { checkTaskQueueConfigUpdate, checkWeightCount } from '../../validation/task-queue-config.ts';
import type { Handler, RequestOf, ServerContext } from '../context.ts';

/** Sets limits of a task queue, or weights of its fairness keys; what the request does not name stays. */
export const updateTaskQueueConfig: Handler<'UpdateTaskQueueConfig'> = async (request, _call, server) => {
  const { id: namespaceId } = server.namespaces.byName(request.namespace);
  checkTaskQueueConfigUpdate(request, server.limits);
  const queue = { namespaceId, name: request.taskQueue, type: request.taskQueueType };
  const before = server.taskQueueConfigs.find(queue);
  const config = merged(before, request, server.clock.now());
  checkWeightCount(config.fairnessWeightOverrides);
  try {
    await durableOrUnavailable(server.host.stageRecords([set(server, queue, config)]));
  } catch (error) {
    // Before the answer, so that the same request, repeated, finds things as they are.
    if (server.taskQueueConfigs.find(queue) === config) set(server, queue, before);
    throw error;
  }
  return { config };
};

function set(server: ServerContext, queue: ConfiguredQueue, config: TaskQueueConfig | null) {
  const record = server.taskQueueConfigs.put(queue, config);
  const { namespaceId, name, type } = queue;
  server.matching.limitChanged({ namespaceId, name, type: type === TaskQueueType.ACTIVITY ? 'activity' : 'workflow' });
  return record;
}

const nothing: TaskQueueConfig = {
  queueRateLimit: null,
  fairnessKeysRateLimitDefault: null,
  fairnessWeightOverrides: {},
};

function merged(
  before: TaskQueueConfig | null,
  request: RequestOf<'UpdateTaskQueueConfig'>,
  now: number,
): TaskQueueConfig {
  const { queueRateLimit, fairnessKeysRateLimitDefault, fairnessWeightOverrides } = before ?? nothing;
  const { identity: updateIdentity, updateQueueRateLimit, updateFairnessKeyRateLimitDefault } = request;
  const updated = (update: RateLimitUpdate | null, old: RateLimitConfig | null): RateLimitConfig | null =>
    update
      ? {
          rateLimit: update.rateLimit,
          metadata: { reason: update.reason, updateIdentity, updateTime: toTimestamp(now) },
        }
      : old;
  const unset = new Set(request.unsetFairnessWeightOverrides);
  const weights = Object.entries({ ...fairnessWeightOverrides, ...request.setFairnessWeightOverrides });
  return {
    queueRateLimit: updated(updateQueueRateLimit, queueRateLimit),
    fairnessKeysRateLimitDefault: updated(updateFairnessKeyRateLimitDefault, fairnessKeysRateLimitDefault),
    fairnessWeightOverrides: Object.fromEntries(weights.filter(([key]) => !unset.has(key))),
  };
}
