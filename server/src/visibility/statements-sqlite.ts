import {
  type Access,
  accessOf,
  asSet,
  closeTimeBounds,
  everyRow,
  everything,
  type Lookup,
  type Source,
} from './access-sqlite.ts';
import {
  attributeSql,
  chain,
  compileAfter,
  compileCondition,
  compileOrder,
  DEFAULT_ORDER,
  joined,
  type Scope,
  type Sql,
  type SqlValue,
  sql,
} from './compile-sqlite.ts';
import type { Attribute, Condition, Query } from './tree.ts';

/** The conditions of which all must hold. */
function conjuncts(where: Condition | null): readonly Condition[] {
  if (where === null) return [];
  return where.kind === 'and' ? where.of.flatMap(conjuncts) : [where];
}

/** The accesses that a query allows, one for each condition that has one. */
export const accesses = (lookup: Lookup, query: Query): readonly Access[] =>
  conjuncts(query.where).flatMap((condition) => accessOf(lookup, condition) ?? []);

/** How many rows an access has, up to a limit. */
export const compileProbe = ({ rows }: Access, limit: number): Sql =>
  joined([sql('SELECT count(*) FROM ('), rows, sql('LIMIT ?)', limit)], ' ');

/** Of a list: the numbers of the runs, each with its place in the order. */
export function compileList(
  lookup: Lookup,
  query: Query,
  {
    access,
    limit,
    after,
  }: {
    readonly access: Access | null;
    readonly limit: number;
    readonly after: readonly SqlValue[] | null;
  },
): Sql {
  const source = access === null ? everything(lookup) : (access.source ?? asSet(lookup, access));
  const scope = scopeOf(lookup, source);
  // Each column has a name of its own: some versions of Node tell them apart by that.
  const place = [
    ...query.orderBy.map(({ attribute }, index) =>
      joined([attributeSql(scope, attribute), sql(`AS by_${index}`)], ' '),
    ),
    sql('k.closed AS last_closed, k.start AS last_start, k.run AS last_run'),
  ];
  const filters = filtersOf(scope, query, access, source);
  if (after) filters.push(compileAfter(scope, query.orderBy, after));
  const order = [...compileOrder(scope, query.orderBy), sql(query.orderBy.length > 0 ? DEFAULT_ORDER : source.order)];
  return joined(
    [
      sql('SELECT k.run,'),
      joined(place, ', '),
      from(scope, source),
      chain(filters, ' AND '),
      sql('ORDER BY'),
      joined(order, ', '),
      sql('LIMIT ?', limit),
    ],
    ' ',
  );
}

/** Of a count without `groupBy`: one number. */
export function compileCount(lookup: Lookup, query: Query, access: Access | null): Sql {
  const { source, scope, filters } = counted(lookup, query, access);
  return joined([sql('SELECT count(*)'), from(scope, source), filters], ' ');
}

/** Of a count by status: one number for each of `statuses`. Far quicker than GROUP BY, which collects and sorts. */
export function compileStatusCounts(
  lookup: Lookup,
  query: Query,
  access: Access | null,
  statuses: readonly number[],
): Sql {
  const { source, scope, filters } = counted(lookup, query, access);
  const each = statuses.map((status) => `count(*) FILTER (WHERE k.status = ${status})`);
  return joined([sql(`SELECT ${each.join(', ')}`), from(scope, source), filters], ' ');
}

/** Of a count by another attribute: its values, and how often each occurs. */
export function compileGroups(lookup: Lookup, query: Query, by: Attribute, access: Access | null): Sql {
  const { source, scope, filters } = counted(lookup, query, access);
  const value = attributeSql(scope, by);
  const select = joined([sql('SELECT'), value, sql(', count(*)')], ' ');
  return joined([select, from(scope, source), filters, sql('GROUP BY 1 ORDER BY 1')], ' ');
}

function counted(lookup: Lookup, query: Query, access: Access | null) {
  const inOrder = access === null ? everything(lookup) : (access.source ?? asSet(lookup, access));
  const scope = scopeOf(lookup, inOrder);
  const filters = chain(filtersOf(scope, query, access, inOrder), ' AND ');
  if (query.groupBy) attributeSql(scope, query.groupBy);
  const isBounded = closeTimeBounds(conjuncts(query.where)).length > 0;
  const source = access === null && scope.needsRow && !isBounded ? everyRow(lookup) : inOrder;
  return { source, scope, filters };
}

const scopeOf = ({ numberOf }: Lookup, { row }: Source): Scope => ({ numberOf, row, needsRow: false });

const from = (scope: Scope, source: Source): Sql =>
  sql(
    `FROM ${source.from}${scope.needsRow && scope.row === 'v' ? ' CROSS JOIN visibility AS v ON v.run = k.run' : ''} WHERE`,
  );

function filtersOf(scope: Scope, query: Query, access: Access | null, source: Source): Sql[] {
  const all = conjuncts(query.where);
  const left = all.filter((condition) => condition !== access?.meets).map((each) => compileCondition(scope, each));
  return [source.where, ...closeTimeBounds(all), ...left];
}
