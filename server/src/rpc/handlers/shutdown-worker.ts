import type { Task } from '../../host/task.ts';
import type { Offer } from '../../matching/contract.ts';
import type { Handler, RequestOf, ServerContext } from '../context.ts';

/**
 * A worker stops: its polls end, also those that are still on their way, and what waits in its sticky queue goes to the normal queues of the workflows, where
 * other workers find it at once.
 */
export const shutdownWorker: Handler<'ShutdownWorker'> = async (request, _call, server) => {
  const namespaceId = server.namespaces.byName(request.namespace).id;
  const { stickyTaskQueue: name, workerInstanceKey, workerHeartbeat } = request;
  if (workerHeartbeat) server.workers.record(namespaceId, [workerHeartbeat]);
  if (workerInstanceKey !== '') {
    server.workers.stop(namespaceId, workerInstanceKey);
    server.matching.completePolls(
      (poller, queue) => queue.namespaceId === namespaceId && instanceKey(poller.metadata) === workerInstanceKey,
    );
  }
  if (name !== '') {
    const left = server.matching.forgetQueue({ namespaceId, name, type: 'workflow' });
    await Promise.all(left.map((offer) => moveToNormalQueue(server, offer)));
  }
  return {};
};

const instanceKey = (metadata: unknown): string | undefined =>
  (metadata as Partial<RequestOf<'PollWorkflowTaskQueue'>> | null)?.workerInstanceKey;

async function moveToNormalQueue(server: ServerContext, offer: Offer<Task>): Promise<void> {
  const { key } = offer.task;
  const loaded = await server.host.load(key);
  if (!loaded) return;
  const name = loaded.run.started.taskQueue?.name ?? '';
  server.matching.add({ namespaceId: key.namespaceId, name, type: 'workflow' }, offer);
}
