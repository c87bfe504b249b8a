import type { Handler } from '../context.ts';
import { namespaceView } from '../namespace.ts';

/** What a process tells of its workers, once a minute by default. Kept in memory for five minutes. */
export const recordWorkerHeartbeat: Handler<'RecordWorkerHeartbeat'> = (request, _call, server) => {
  server.workers.record(namespaceView(server, request.namespace).id, request.workerHeartbeat);
  return {};
};
