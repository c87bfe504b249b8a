import { hash } from 'node:crypto';
import type { Init } from '@perdure/api';
import type { WorkerHeartbeat, WorkerListInfo } from '@perdure/api/worker';
import { invalidArgument, notFound } from '../../kernel/errors.ts';
import type { Handler } from '../context.ts';
import { namespaceView } from '../namespace.ts';
import { matchingWorkers } from '../workers/query.ts';

const MAX_PAGE = 1_000;
const BAD_TOKEN = 'Invalid NextPageToken.';

/** Where the next page begins: after this worker, in this namespace, with this query. */
interface Token {
  readonly n: string;
  readonly q: string;
  readonly k: string;
}

/** The workers whose heartbeats were heard in the last five minutes. A page size of 0 asks for 1,000. */
export const listWorkers: Handler<'ListWorkers'> = (request, _call, server) => {
  const { id } = namespaceView(server, request.namespace);
  const found = matchingWorkers(server.workers.all(id), request.query);
  const q = hash('sha256', request.query, 'base64url').slice(0, 22);
  const size = request.pageSize > 0 && request.pageSize <= MAX_PAGE ? request.pageSize : MAX_PAGE;
  let begin = 0;
  if (request.nextPageToken.length > 0) {
    const token = server.tokens.open<Token>('list-page', request.nextPageToken, BAD_TOKEN);
    if (token.n !== id || token.q !== q)
      throw invalidArgument(`${BAD_TOKEN} It belongs to another namespace or another query.`);
    begin = found.findIndex(({ workerInstanceKey }) => workerInstanceKey > token.k);
    if (begin === -1) begin = found.length;
  }
  const page = found.slice(begin, begin + size);
  const last = page.at(-1);
  return {
    workersInfo: page.map((workerHeartbeat) => ({ workerHeartbeat })),
    workers: page.map(listInfo),
    ...(last && begin + size < found.length
      ? { nextPageToken: server.tokens.seal('list-page', { n: id, q, k: last.workerInstanceKey } satisfies Token) }
      : {}),
  };
};

/** How many workers a query finds. */
export const countWorkers: Handler<'CountWorkers'> = (request, _call, server) => {
  const { id } = namespaceView(server, request.namespace);
  return { count: matchingWorkers(server.workers.all(id), request.query).length };
};

/** The last heartbeat of one worker, whole. */
export const describeWorker: Handler<'DescribeWorker'> = ({ namespace, workerInstanceKey }, _call, server) => {
  const { id } = namespaceView(server, namespace);
  const workerHeartbeat = server.workers.find(id, workerInstanceKey);
  if (!workerHeartbeat) throw notFound(`Worker ${workerInstanceKey} not found`);
  return { workerInfo: { workerHeartbeat } };
};

function listInfo(worker: WorkerHeartbeat): Init<WorkerListInfo> {
  const { workerInstanceKey, workerIdentity, taskQueue, deploymentVersion, sdkName, sdkVersion } = worker;
  const { status, startTime, hostInfo, plugins, drivers } = worker;
  return {
    workerInstanceKey,
    workerIdentity,
    taskQueue,
    deploymentVersion,
    sdkName,
    sdkVersion,
    status,
    startTime,
    hostName: hostInfo?.hostName ?? '',
    workerGroupingKey: hostInfo?.workerGroupingKey ?? '',
    processId: hostInfo?.processId ?? '',
    plugins,
    drivers,
  };
}
