import { invalidArgument } from '../../kernel/errors.ts';
import type { Handler } from '../context.ts';

const MAX_PAGE = 10_000;

/** There is no archive. The reference says so in these words when it has none. */
export const listArchivedWorkflowExecutions: Handler<'ListArchivedWorkflowExecutions'> = ({ pageSize }) => {
  if (pageSize > MAX_PAGE) throw invalidArgument(`PageSize is larger than allowed ${MAX_PAGE}.`);
  throw invalidArgument('Cluster is not configured for visibility archival.');
};
