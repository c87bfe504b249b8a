import type { StatementSync } from 'node:sqlite';

/**
 * A statement whose rows are arrays, which the declared types do not know. Before 22.16 Node has only rows that are
 * objects: then it is their values, in the order of the columns, no two of which may have one name.
 */
export function withArrayRows(statement: StatementSync): StatementSync {
  if ('setReturnArrays' in statement) {
    statement.setReturnArrays(true);
    return statement;
  }
  return withValues(statement);
}

/** What stands in for `setReturnArrays`. */
export function withValues(statement: StatementSync): StatementSync {
  const [get, all] = [statement.get.bind(statement), statement.all.bind(statement)] as const;
  const valuesOf = (row: object | undefined) => row && Object.values(row);
  return Object.assign(statement, {
    get: (...parameters: Parameters<typeof get>) => valuesOf(get(...parameters)),
    all: (...parameters: Parameters<typeof all>) => all(...parameters).map(valuesOf),
  });
}
