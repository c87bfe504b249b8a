import type { Init } from '@perdure/api';
import { startActivityTask, waitingActivity } from '../../engine/workflow/requests/start-activity-task.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Task } from '../../host/task.ts';
import type { Polled, Poller, QueueId } from '../../matching/contract.ts';
import { checkIdentity } from '../../validation/activity.ts';
import { checkTaskQueue } from '../../validation/task-queue.ts';
import { activityTaskResponse } from '../activity-task-response.ts';
import type { Handler, ResponseOf, ServerContext } from '../context.ts';
import { pollDeadline } from '../deadline.ts';
import { namespaceView } from '../namespace.ts';
import { scalingDecision } from '../poller-scaling.ts';
import type { Call } from '../transport/contract.ts';

type Response = Init<ResponseOf<'PollActivityTaskQueue'>>;

/** Waits for an activity task and hands it out; empty when none came in time. */
export const pollActivityTaskQueue: Handler<'PollActivityTaskQueue'> = async (request, call, server) => {
  const until = pollDeadline(call, server.wall.now(), server.limits.matchingLongPoll);
  const namespace = namespaceView(server, request.namespace);
  const { taskQueue, identity } = request;
  checkTaskQueue(taskQueue, server.limits);
  checkIdentity(identity, server.limits);
  if (server.workers.hasStopped(namespace.id, request.workerInstanceKey)) return {};
  const queue: QueueId = { namespaceId: namespace.id, name: taskQueue?.name ?? '', type: 'activity' };
  const ratePerSecond = request.taskQueueMetadata?.maxTasksPerSecond?.value ?? null;
  const poller: Poller = { identity, kind: 'normal', ratePerSecond, metadata: request };
  for (;;) {
    const polled = await server.matching.poll(queue, poller, { deadline: until, signal: call.signal });
    if (!polled) return {};
    const giveBack = () => server.matching.add(queue, polled.offer, 'front');
    const response = await handOut(server, polled, identity, call).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    if (response === 'caller gone') {
      giveBack();
      return {};
    }
    if (response) return { ...response, ...scalingDecision(polled) };
  }
};

/** Null when the task is not wanted any more. */
async function handOut(
  server: ServerContext,
  { offer: { task } }: Polled<Task>,
  identity: string,
  call: Call,
): Promise<Response | 'caller gone' | null> {
  if (task.kind !== 'activity') throw new Error(`a ${task.kind} task in an activity task queue`);
  const { host } = server;
  const loaded = host.cached(task.key.runId) ?? (await host.load(task.key));
  if (!loaded || !waitingActivity(loaded.run, task)) return null;
  // Read before the start: a start that cannot be handed out would only time out.
  const event = host.readEvent(loaded, task.scheduledEventId);
  const scheduled = event instanceof Promise ? await event : event;
  if (call.signal.aborted) return 'caller gone';
  if (loaded.dropped) return null;
  const { reply: started, durable } = host.change(loaded, (t) => startActivityTask(t, task, identity));
  if (!started) return null;
  const response = activityTaskResponse(server, loaded, started, scheduled);
  await durableOrUnavailable(durable);
  return response;
}
