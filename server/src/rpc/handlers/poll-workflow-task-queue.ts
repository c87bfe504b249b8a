import type { Init } from '@perdure/api';
import { TaskQueueKind } from '@perdure/api/enums';
import { sendUpdates } from '../../engine/workflow/machines/update.ts';
import { startWorkflowTask } from '../../engine/workflow/machines/workflow-task.ts';
import { durableOrUnavailable } from '../../host/host.ts';
import type { Task } from '../../host/task.ts';
import type { Polled, QueueId } from '../../matching/contract.ts';
import { checkTaskQueue } from '../../validation/task-queue.ts';
import { refuseBadBinary } from '../bad-binary.ts';
import type { Handler, RequestOf, ResponseOf, ServerContext } from '../context.ts';
import { pollDeadline } from '../deadline.ts';
import { scalingDecision } from '../poller-scaling.ts';
import { answerQueryTask } from '../query-task-response.ts';
import { workflowTaskResponse } from '../workflow-task-response.ts';

type Response = Init<ResponseOf<'PollWorkflowTaskQueue'>>;

/** Waits for a workflow task (or a query) and hands it out; empty when none came in time. */
export const pollWorkflowTaskQueue: Handler<'PollWorkflowTaskQueue'> = async (request, call, server) => {
  const until = pollDeadline(call, server.wall.now(), server.limits.matchingLongPoll);
  const namespace = server.namespaces.byName(request.namespace);
  refuseBadBinary(namespace, request.binaryChecksum);
  const { taskQueue } = request;
  checkTaskQueue(taskQueue, server.limits);
  if (server.workers.hasStopped(namespace.id, request.workerInstanceKey)) return {};
  const queue: QueueId = { namespaceId: namespace.id, name: taskQueue?.name ?? '', type: 'workflow' };
  const kind = taskQueue?.kind === TaskQueueKind.STICKY ? 'sticky' : 'normal';
  const poller = { identity: request.identity, kind, ratePerSecond: null, metadata: request } as const;
  for (;;) {
    const polled = await server.matching.poll(queue, poller, { deadline: until, signal: call.signal });
    if (!polled) return {};
    if (call.signal.aborted) {
      giveBack(server, queue, polled);
      return {};
    }
    const response = await handOut(server, polled, request, kind === 'sticky').catch((error: unknown) => {
      giveBack(server, queue, polled);
      throw error;
    });
    if (response) return { ...response, backlogCountHint: polled.backlogCount, ...scalingDecision(polled) };
  }
};

/** The poll's caller had gone when its task came, or could not be given it. A task that is not wanted any more goes unnoticed. */
function giveBack({ matching, queries }: ServerContext, queue: QueueId, { offer }: Polled<Task>): void {
  if (offer.task.kind === 'query') queries.answerDirect(offer.task.queryId, { kind: 'returned' });
  else matching.add(queue, offer, 'front');
}

/** Null when the task is not wanted any more. */
async function handOut(
  server: ServerContext,
  { offer: { task } }: Polled<Task>,
  request: RequestOf<'PollWorkflowTaskQueue'>,
  sticky: boolean,
): Promise<Response | null> {
  if (task.kind === 'query') return answerQueryTask(server, task, sticky);
  if (task.kind !== 'workflow') throw new Error('an activity task in a workflow task queue');
  const loaded = server.host.cached(task.key.runId) ?? (await server.host.load(task.key));
  const open = loaded?.run.head.workflowTask;
  if (
    !loaded ||
    loaded.dropped ||
    !open ||
    open.startedEventId !== 0 ||
    open.scheduledEventId !== task.scheduledEventId ||
    open.stamp !== task.stamp
  )
    return null;
  // Whether the worker still has the run in its cache, as of the moment at which the task was made for it.
  const partial = sticky && open.queue.kind === TaskQueueKind.STICKY;
  // A start that is lost in a crash is made again, and what the first worker answers is refused: its token has the time.
  const { reply, durable } = server.host.change(
    loaded,
    (t) => {
      const started = startWorkflowTask(t, { requestId: server.random.uuid(), identity: request.identity });
      return { started, messages: sendUpdates(t, started, true) };
    },
    { mayBeLost: true },
  );
  const response = await workflowTaskResponse(server, loaded, reply.started, partial, reply.messages);
  await durableOrUnavailable(durable);
  return response;
}
