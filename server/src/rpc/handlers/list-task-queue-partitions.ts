import { checkTaskQueue } from '../../validation/task-queue.ts';
import type { Handler } from '../context.ts';

/** A task queue is not split: it is its own only partition, on this server. */
export const listTaskQueuePartitions: Handler<'ListTaskQueuePartitions'> = ({ taskQueue }, _call, server) => {
  checkTaskQueue(taskQueue, server.limits);
  const partition = { key: taskQueue?.name ?? '', ownerHostName: server.cluster.address };
  return { activityTaskQueuePartitions: [partition], workflowTaskQueuePartitions: [partition] };
};
