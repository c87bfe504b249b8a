import { asSet, type Access, accessOf, closeTimeBounds, everything, type Lookup, type Source } from './access-sqlite.ts';
import {
  compileAfter,
  compileCondition,
  compileOrder,
  DEFAULT_ORDER,
  joined,
  type Scope,
  type Sql,
  type SqlValue,
  sql,
  valueOf,
} from './compile-sqlite.ts';
import type { Condition, Query } from './tree.ts';

/** The conditions of which all must hold. */
export function conjuncts(where: Condition | null): readonly Condition[] {
  if (where === null) return [];
  return where.kind === 'and' ? where.of.flatMap(conjuncts) : [where];
}

/** The accesses that a query allows, one for each condition that has one. */
export const accesses = (lookup: Lookup, query: Query): readonly Access[] =>
  conjuncts(query.where).flatMap((condition) => accessOf(lookup, condition) ?? []);

/** How many rows an access has, up to a limit. */
export const compileProbe = ({ rows }: Access, limit: number): Sql =>
  joined([sql('SELECT count(*) FROM ('), rows, sql('LIMIT ?)', limit)], ' ');

/** Of a list: the columns of the runs are `columns` (of `v` and `r`), then those that make the place of the last one. */
export function compileList(
  lookup: Lookup,
  query: Query,
  { access, columns, limit, after }: {
    readonly access: Access | null;
    readonly columns: string;
    readonly limit: number;
    readonly after: readonly SqlValue[] | null;
  },
): Sql {
  const scope: Scope = { numberOf: lookup.numberOf, needsRow: true };
  const source = sourceOf(lookup, access);
  const place = [...query.orderBy.map(({ attribute }) => valueOf(scope, attribute)), sql('k.closed, k.start, k.run')];
  const filters = filtersOf(scope, query, access, source);
  if (after) filters.push(compileAfter(scope, query.orderBy, after));
  const order = [...compileOrder(scope, query.orderBy), sql(query.orderBy.length > 0 ? DEFAULT_ORDER : source.order)];
  return joined(
    [
      sql(`SELECT ${columns},`),
      joined(place, ', '),
      sql(`FROM ${source.from} CROSS JOIN visibility AS v ON v.run = k.run CROSS JOIN runs AS r ON r.run = k.run WHERE`),
      joined(filters, ' AND '),
      sql('ORDER BY'),
      joined(order, ', '),
      sql('LIMIT ?', limit),
    ],
    ' ',
  );
}

/** Of a count: rows of a value (NULL without `groupBy`) and how often it occurs. */
export function compileCount(lookup: Lookup, query: Query, access: Access | null): Sql {
  const scope: Scope = { numberOf: lookup.numberOf, needsRow: false };
  const source = sourceOf(lookup, access);
  const value = query.groupBy ? valueOf(scope, query.groupBy) : sql('NULL');
  const filters = filtersOf(scope, query, access, source);
  const row = scope.needsRow ? ' CROSS JOIN visibility AS v ON v.run = k.run' : '';
  return joined(
    [
      sql('SELECT'),
      value,
      sql(`, count(*) FROM ${source.from}${row} WHERE`),
      joined(filters, ' AND '),
      sql(query.groupBy ? 'GROUP BY 1 ORDER BY 1' : ''),
    ],
    ' ',
  );
}

const sourceOf = (lookup: Lookup, access: Access | null): Source =>
  access === null ? everything(lookup) : (access.source ?? asSet(lookup, access));

function filtersOf(scope: Scope, query: Query, access: Access | null, source: Source): Sql[] {
  const all = conjuncts(query.where);
  const left = all.filter((condition) => condition !== access?.meets).map((each) => compileCondition(scope, each));
  return [source.where, ...closeTimeBounds(all), ...left];
}
