import { TaskQueueType } from '@perdure/api/enums';
import { TaskQueueConfig } from '@perdure/api/taskqueue';
import type { RecordWrite, Storage } from '../storage/contract.ts';

/** What somebody has set of a task queue of one type: limits, and weights of fairness keys. */
export interface TaskQueueConfigs {
  find(queue: ConfiguredQueue): TaskQueueConfig | null;
  /** Holds at once in this process; the record is to be stored. Null takes it away. */
  put(queue: ConfiguredQueue, config: TaskQueueConfig | null): RecordWrite;
  /** Takes away everything that was set in a namespace; the records are to be stored. */
  removeAll(namespaceId: string): RecordWrite[];
}

export interface ConfiguredQueue {
  readonly namespaceId: string;
  readonly name: string;
  readonly type: TaskQueueType;
}

const COLLECTION = 'task-queue-configs';

export async function openTaskQueueConfigs(storage: Storage): Promise<TaskQueueConfigs> {
  const byKey = new Map<string, TaskQueueConfig>();
  for (const { key, value } of await storage.records(COLLECTION)) byKey.set(key, TaskQueueConfig.decode(value));
  return {
    find: (queue) => byKey.get(keyOf(queue)) ?? null,
    removeAll(namespaceId) {
      const keys = [...byKey.keys()].filter((key) => key.startsWith(`${namespaceId}/`));
      for (const key of keys) byKey.delete(key);
      return keys.map((key) => ({ collection: COLLECTION, key, value: null }));
    },
    put(queue, config) {
      const key = keyOf(queue);
      if (config) byKey.set(key, config);
      else byKey.delete(key);
      return { collection: COLLECTION, key, value: config && TaskQueueConfig.encode(config) };
    },
  };
}

/** The name comes last: it may hold anything. */
const keyOf = ({ namespaceId, type, name }: ConfiguredQueue): string => `${namespaceId}/${type}/${name}`;

type Queue = { readonly namespaceId: string; readonly name: string; readonly type: string };

/** What matching asks for. */
export const matchingLimits = (configs: TaskQueueConfigs) => ({
  limitOf: (queue: Queue) => rateLimitOf(configs, queue),
  keyLimitOf: (queue: Queue, key: string) => keyLimitOf(configs, queue, key),
});

/** What was set for the tasks of one fairness key. */
function keyLimitOf(
  configs: TaskQueueConfigs,
  { namespaceId, name, type }: Queue,
  key: string,
): { readonly weight: number | null; readonly perSecond: number | null } {
  const config = configs.find({ namespaceId, name, type: typeNumbers[type] ?? TaskQueueType.UNSPECIFIED });
  return {
    weight: config?.fairnessWeightOverrides[key] ?? null,
    perSecond: config?.fairnessKeysRateLimitDefault?.rateLimit?.requestsPerSecond ?? null,
  };
}

const typeNumbers: Readonly<Record<string, TaskQueueType>> = {
  workflow: TaskQueueType.WORKFLOW,
  activity: TaskQueueType.ACTIVITY,
  nexus: TaskQueueType.NEXUS,
};

/** The limit of a whole queue, in tasks per second; null when none is set. */
const rateLimitOf = (configs: TaskQueueConfigs, { namespaceId, name, type }: Queue): number | null => {
  if (type !== 'activity') return null;
  const config = configs.find({ namespaceId, name, type: TaskQueueType.ACTIVITY });
  return config?.queueRateLimit?.rateLimit?.requestsPerSecond ?? null;
};
