import type { WorkflowQuery } from '@perdure/api/query';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';

export function checkQuery(query: WorkflowQuery | null, limits: Limits): asserts query is WorkflowQuery {
  if (!query) throw invalidArgument('WorkflowQuery is not set on request.');
  if (query.queryType === '') throw invalidArgument('QueryType is not set on request.');
  if ((query.queryArgs?.length ?? 0) > limits.blobSizeError) throw invalidArgument('Blob data size exceeds limit.');
}
