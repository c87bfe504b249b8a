import type { WorkflowExecution } from '@perdure/api/common';
import type { Loaded } from '../host/loaded.ts';
import { invalidArgument } from '../kernel/errors.ts';
import type { ServerContext } from './context.ts';
import { checkExecution, findRun } from './find-run.ts';
import type { HistoryPageToken } from './history-pages.ts';

/** What both ways of reading a history are asked with. */
interface HistoryRequest {
  readonly namespace: string;
  readonly execution: WorkflowExecution | null;
  readonly nextPageToken: Uint8Array;
}

export interface HistorySource {
  /** Null on the first page. */
  readonly token: HistoryPageToken | null;
  /** Finds the run, again if need be: the one that the token is of, or the one that was named. */
  readonly find: () => Promise<Loaded>;
}

/** Which run's history is asked for, and from where on. A page token is good for the run that it was made for only. */
export function historySource(server: ServerContext, request: HistoryRequest): HistorySource {
  const { execution } = request;
  checkExecution(execution);
  const { id } = server.namespaces.byName(request.namespace);
  const { workflowId } = execution;
  if (request.nextPageToken.length === 0) {
    // Once it is known which run is the latest, that one is meant.
    let { runId } = execution;
    const find = async (): Promise<Loaded> => {
      const loaded = await findRun(server, id, { workflowId, runId });
      runId = loaded.run.key.runId;
      return loaded;
    };
    return { token: null, find };
  }
  const token = server.tokens.open<HistoryPageToken>('history-page', request.nextPageToken, 'Invalid NextPageToken.');
  if (token.n !== id) throw invalidArgument('Invalid NextPageToken.');
  if (execution.runId !== '' && execution.runId !== token.r)
    throw invalidArgument('RunId in the request does not match the NextPageToken.');
  return { token, find: () => findRun(server, id, { workflowId, runId: token.r }) };
}

/** Events per page: at most as many as the server allows, all of a batch in any case. */
export const pageSize = ({ limits }: ServerContext, wanted: number): number =>
  wanted > 0 ? Math.min(wanted, limits.historyPageSize) : limits.historyPageSize;
