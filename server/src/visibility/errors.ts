import { Code, ServiceError } from '../kernel/errors.ts';

/** A query that cannot be answered. Its text begins as the reference's does, and clients show it as it is. */
export class QueryError extends ServiceError {
  /** Where in the query it is (an offset in UTF-16 units), or null where no one place is to blame. */
  readonly position: number | null;

  constructor(message: string, position: number | null) {
    super(Code.INVALID_ARGUMENT, `invalid query: ${message}`);
    this.position = position;
  }
}

/**
 * What the reference wraps a query in before it is parsed. The positions in its messages count from there, and clients
 * may have learned to read them.
 */
const WRAPPING = 'select * from table1 ';
const WHERE = 'where ';

/** A query that does not follow the grammar; `near` is the word that was not expected, if it was a word. */
export function malformed(query: string, end: number, near: string): QueryError {
  const begin = query.length - query.trimStart().length;
  const bare = /^\s*(order|group)\s+by/i.test(query);
  const offset = WRAPPING.length + (bare ? 0 : WHERE.length) - begin;
  const words = near === '' ? '' : ` near '${near}'`;
  return new QueryError(`malformed SQL query: syntax error at position ${offset + end + 1}${words}`, end);
}

export const unsupported = (what: string, position: number | null): QueryError =>
  new QueryError(`operation is not supported: ${what}`, position);

export const invalidExpression = (what: string, position: number | null): QueryError =>
  new QueryError(`invalid expression: ${what}`, position);
