import type { Poller, QueueId } from '../../matching/contract.ts';
import { checkIdentity } from '../../validation/activity.ts';
import { checkTaskQueue } from '../../validation/task-queue.ts';
import type { Handler } from '../context.ts';
import { pollDeadline } from '../deadline.ts';
import { namespaceView } from '../namespace.ts';

/**
 * Waits for a Nexus task. There are none yet, so it comes back empty when its time is over; the poller is seen and its
 * worker's heartbeats are noted.
 */
export const pollNexusTaskQueue: Handler<'PollNexusTaskQueue'> = async (request, call, server) => {
  const until = pollDeadline(call, server.wall.now(), server.limits.matchingLongPoll);
  const namespace = namespaceView(server, request.namespace);
  const { taskQueue, identity, workerHeartbeat } = request;
  checkTaskQueue(taskQueue, server.limits);
  checkIdentity(identity, server.limits);
  server.workers.record(namespace.id, workerHeartbeat);
  if (server.workers.hasStopped(namespace.id, request.workerInstanceKey)) return {};
  const queue: QueueId = { namespaceId: namespace.id, name: taskQueue?.name ?? '', type: 'nexus' };
  const poller: Poller = { identity, kind: 'normal', ratePerSecond: null, metadata: request };
  await server.matching.poll(queue, poller, { deadline: until, signal: call.signal });
  return {};
};
