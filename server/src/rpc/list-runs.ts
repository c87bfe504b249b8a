import { hash } from 'node:crypto';
import type { Init } from '@perdure/api';
import { Memo, SearchAttributes } from '@perdure/api/common';
import type { WorkflowExecutionInfo } from '@perdure/api/workflow';
import { invalidArgument } from '../kernel/errors.ts';
import { toDuration, toTimestamp } from '../kernel/time.ts';
import type { ListedRun, ListPosition } from '../storage/contract.ts';
import type { Query } from '../visibility/tree.ts';
import type { ServerContext } from './context.ts';
import { namespaceView } from './namespace.ts';

/** Where the next page of a list begins, and of which list. */
interface Token {
  /** Namespace id. */
  readonly n: string;
  /** Digest of the query. */
  readonly q: string;
  /** Where the page before ended. */
  readonly p: ListPosition;
}

const MAX_PAGE = 1_000;

export interface RunPage {
  readonly executions: Init<WorkflowExecutionInfo>[];
  readonly nextPageToken: Uint8Array;
}

/** A page of what a query finds. A size that makes no sense, or above the most there is, asks for the most. */
export async function listRuns(
  server: ServerContext,
  namespace: string,
  query: Query,
  page: { readonly size: number; readonly token: Uint8Array },
): Promise<RunPage> {
  const { id: namespaceId } = namespaceView(server, namespace);
  const q = hash('sha256', JSON.stringify(query), 'base64url').slice(0, 22);
  const { runs, next } = await server.host.storage.listRuns({
    namespaceId,
    query,
    limit: page.size > 0 && page.size <= MAX_PAGE ? page.size : MAX_PAGE,
    after: page.token.length === 0 ? null : positionIn(server, page.token, namespaceId, q),
  });
  return {
    executions: runs.map(listedInfo),
    nextPageToken: next
      ? server.tokens.seal('list-page', { n: namespaceId, q, p: next } satisfies Token)
      : new Uint8Array(0),
  };
}

const BAD_TOKEN = 'Invalid NextPageToken.';

function positionIn(server: ServerContext, token: Uint8Array, namespaceId: string, q: string): ListPosition {
  const opened = server.tokens.open<Token>('list-page', token, BAD_TOKEN);
  if (opened.n === namespaceId && opened.q === q) return opened.p;
  throw invalidArgument(`${BAD_TOKEN} It belongs to another namespace or another query.`);
}

function listedInfo({ workflowId, runId, record }: ListedRun): Init<WorkflowExecutionInfo> {
  const { closed, executionTime } = record;
  const execution = { workflowId, runId };
  return {
    execution,
    type: { name: record.workflowType },
    status: record.status as WorkflowExecutionInfo['status'],
    startTime: toTimestamp(record.startTime),
    executionTime: toTimestamp(executionTime),
    ...(closed && {
      closeTime: toTimestamp(closed.time),
      executionDuration: toDuration(closed.time - executionTime),
      historyLength: closed.historyLength,
      historySizeBytes: closed.historySizeBytes,
      stateTransitionCount: closed.stateTransitionCount,
    }),
    parentExecution: record.parent,
    rootExecution: record.root ?? execution,
    taskQueue: record.taskQueue,
    memo: Memo.decode(record.memo),
    searchAttributes: SearchAttributes.decode(record.searchAttributes),
  };
}
