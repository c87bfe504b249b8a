import { QueryResultType } from '@perdure/api/enums';
import type { QueryAnswer } from '../../host/queries.ts';
import { invalidArgument, notFound } from '../../kernel/errors.ts';
import type { Handler, RequestOf } from '../context.ts';
import type { QueryTaskToken } from '../query-task-response.ts';
import { checkTokenNamespace } from '../task-reference.ts';

/** A worker's answer to a query that it got on its own. */
export const respondQueryTaskCompleted: Handler<'RespondQueryTaskCompleted'> = (request, _call, server) => {
  if (request.namespace !== '') server.namespaces.byName(request.namespace);
  if (request.taskToken.length === 0) throw invalidArgument('Task token not set on request.');
  const token = server.tokens.open<QueryTaskToken>('query-task', request.taskToken, 'Error deserializing task token.');
  checkTokenNamespace(server, request.namespace, token.n);
  if (!server.queries.answerDirect(token.q, answerOf(request, server.limits.blobSizeError)))
    throw notFound('query task not found, or already expired');
  return {};
};

function answerOf(request: RequestOf<'RespondQueryTaskCompleted'>, sizeLimit: number): QueryAnswer {
  const { completedType, queryResult, errorMessage, failure } = request;
  if ((queryResult?.length ?? 0) > sizeLimit)
    return { kind: 'failed', message: 'Blob data size exceeds limit.', failure: null };
  switch (completedType) {
    case QueryResultType.ANSWERED:
      return { kind: 'answered', result: queryResult };
    case QueryResultType.FAILED:
      return { kind: 'failed', message: errorMessage, failure };
    default:
      throw invalidArgument('unknown query completed type');
  }
}
