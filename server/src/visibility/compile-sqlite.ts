import { IndexedValueType } from '@perdure/api/enums';
import type { Attribute, Condition, Order, Value } from './tree.ts';

/** A piece of SQL and the values of its `?`, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}
export type SqlValue = string | number | null;

/** The close time of an open run: later than any. */
export const OPEN = Number.MAX_SAFE_INTEGER;

/** The number that stands for an attribute inside the file, or undefined when no run has ever had it. */
export type AttributeNumber = (attribute: Attribute) => number | undefined;

/**
 * Where the columns of a run are found. What every index carries comes from what is read (`k`), the others from the
 * run's row in `visibility` (`row`). Some queries need no rows at all; `needsRow` tells.
 */
export interface Scope {
  readonly numberOf: AttributeNumber;
  readonly row: 'k' | 'v';
  needsRow: boolean;
}

export const sql = (text: string, ...values: readonly SqlValue[]): Sql => ({ text, values });

/** Puts pieces one after the other. */
export const joined = (pieces: readonly Sql[], between: string): Sql => ({
  text: pieces.map(({ text }) => text).join(between),
  values: pieces.flatMap(({ values }) => values),
});

const wrapped = (before: string, piece: Sql, after: string, ...values: readonly SqlValue[]): Sql =>
  sql(before + piece.text + after, ...piece.values, ...values);

const { KEYWORD_LIST, DOUBLE, DATETIME } = IndexedValueType;

/** The condition as an SQL expression with SQL's three values. */
export function compileCondition(scope: Scope, condition: Condition): Sql {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return chain(
        condition.of.map((each) => compileCondition(scope, each)),
        condition.kind === 'and' ? ' AND ' : ' OR ',
      );
    case 'not':
      return wrapped('(NOT ', compileCondition(scope, condition.of), ')');
    case 'compare':
      return comparison(scope, condition);
    case 'in':
      return membership(scope, condition);
    case 'between':
      return wrapped(
        '(',
        joined(
          [
            attributeSql(scope, condition.attribute),
            sql(`${condition.negated ? 'NOT ' : ''}BETWEEN ? AND ?`, bound(condition.from), bound(condition.to)),
          ],
          ' ',
        ),
        ')',
      );
    case 'starts-with': {
      const value = attributeSql(scope, condition.attribute);
      const range = joined(
        [value, sql('>= ? AND', condition.prefix), value, sql('< ?', afterPrefix(condition.prefix))],
        ' ',
      );
      return wrapped(condition.negated ? '(NOT (' : '((', range, '))');
    }
    case 'words':
      return hasValue(scope, condition.attribute, condition.negated, condition.words);
    case 'is-null':
      return wrapped('(', attributeSql(scope, condition.attribute), condition.negated ? ' IS NOT NULL)' : ' IS NULL)');
  }
}

/** Balanced, because SQLite bounds the depth of expressions, and people ask for a thousand ids with OR. */
export function chain(pieces: readonly Sql[], operator: ' AND ' | ' OR '): Sql {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const middle = pieces.length >> 1;
  const halves = [chain(pieces.slice(0, middle), operator), chain(pieces.slice(middle), operator)];
  return wrapped('(', joined(halves, operator), ')');
}

type Of<K extends Condition['kind']> = Extract<Condition, { kind: K }>;

function comparison(scope: Scope, { attribute, operator, value }: Of<'compare'>): Sql {
  if (attribute.type === KEYWORD_LIST) return hasValue(scope, attribute, operator === '!=', [bound(value)]);
  return wrapped('(', attributeSql(scope, attribute), ` ${operator} ?)`, bound(value));
}

function membership(scope: Scope, { attribute, negated, values }: Of<'in'>): Sql {
  const bounds = values.map((value) => bound(value));
  if (attribute.type === KEYWORD_LIST) return hasValue(scope, attribute, negated, bounds);
  return wrapped(
    '(',
    attributeSql(scope, attribute),
    ` ${negated ? 'NOT IN' : 'IN'} ${placeholders(bounds)})`,
    ...bounds,
  );
}

/**
 * Attributes that are not worth an index: the server sets them on every run, to values that nearly all runs share, and
 * an index would make starting and closing a run a third slower.
 */
export const UNINDEXED: ReadonlySet<string> = new Set(['BuildIds', 'BinaryChecksums']);

/** Whether one of the values is among those of the attribute; never NULL. */
function hasValue(scope: Scope, attribute: Attribute, negated: boolean, values: readonly SqlValue[]): Sql {
  const number = scope.numberOf(attribute);
  if (number === undefined) return sql(negated ? '1' : '0');
  if (UNINDEXED.has(attribute.name)) {
    scope.needsRow = true;
    return sql(
      `${negated ? 'NOT ' : ''}EXISTS (SELECT 1 FROM json_each(${scope.row}.attributes, '$."${number}"') AS w
         WHERE w.value IN ${placeholders(values)})`,
      ...values,
    );
  }
  return sql(
    `${negated ? 'NOT ' : ''}EXISTS (SELECT 1 FROM attribute_values AS w WHERE w.scope = k.scope AND w.attribute = ?
       AND w.value IN ${placeholders(values)} AND w.closed = k.closed AND w.start = k.start AND w.run = k.run)`,
    number,
    ...values,
  );
}

export const placeholders = (values: readonly unknown[]): string => `(${values.map(() => '?').join(', ')})`;

/** The smallest text that comes after all that begin with the prefix: nothing holds the last code point. */
export const afterPrefix = (prefix: string): string => `${prefix}\u{10ffff}`;

/** A value of a query as it is bound. */
export const bound = (value: Value): SqlValue => (typeof value === 'boolean' ? Number(value) : value);

/** Columns that every index carries. */
const INDEXED: Readonly<Record<string, string>> = {
  ExecutionStatus: 'k.status',
  StartTime: 'k.start',
  CloseTime: `nullif(k.closed, ${OPEN})`,
};

/** Columns of the run's row, `v`. */
const COLUMNS: Readonly<Record<string, string>> = {
  WorkflowId: 'v.workflow_id',
  RunId: '(SELECT r.run_id FROM runs AS r WHERE r.run = v.run)',
  WorkflowType: 'v.workflow_type',
  TaskQueue: 'v.task_queue',
  ExecutionTime: 'v.execution',
  ExecutionDuration: `(nullif(v.closed, ${OPEN}) - v.execution)`,
  HistoryLength: 'v.history_length',
  HistorySizeBytes: 'v.history_size',
  StateTransitionCount: 'v.transitions',
  ParentWorkflowId: 'v.parent_workflow_id',
  ParentRunId: 'v.parent_run_id',
  RootWorkflowId: 'coalesce(v.root_workflow_id, v.workflow_id)',
  RootRunId: 'coalesce(v.root_run_id, (SELECT r.run_id FROM runs AS r WHERE r.run = v.run))',
  TemporalNamespaceDivision: 'v.division',
};

export const isColumn = ({ name }: Attribute): boolean => Object.hasOwn(INDEXED, name) || Object.hasOwn(COLUMNS, name);

/** The attribute's value for a run, NULL where it is not set. */
export function attributeSql(scope: Scope, attribute: Attribute): Sql {
  const { name, type } = attribute;
  const indexed = Object.hasOwn(INDEXED, name) ? INDEXED[name] : undefined;
  if (indexed !== undefined) return sql(indexed);
  const column = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  const number = column === undefined ? scope.numberOf(attribute) : undefined;
  if (column === undefined && number === undefined) return sql('NULL');
  scope.needsRow = true;
  const { row } = scope;
  if (column !== undefined) return sql(row === 'v' ? column : column.replaceAll('v.', `${row}.`));
  // What looks like a whole number in JSON is compared as one, digit by digit, unless it is made a double first.
  const real = type === DOUBLE || type === DATETIME ? ' + 0.0' : '';
  return sql(`(${row}.attributes ->> '$."${number}"'${real})`);
}

export const DEFAULT_ORDER = 'k.closed DESC, k.start DESC, k.run DESC';

/** Runs without the attribute come last, whichever way it goes. */
export function compileOrder(scope: Scope, orderBy: readonly Order[]): readonly Sql[] {
  return orderBy.map(({ attribute, descending }) =>
    wrapped('', attributeSql(scope, attribute), ` ${descending ? 'DESC' : 'ASC'} NULLS LAST`),
  );
}

/** What comes after a place in the order: `last` holds the values of `orderBy` there, then those of the default order. */
export function compileAfter(scope: Scope, orderBy: readonly Order[], last: readonly SqlValue[]): Sql {
  const [closed = null, start = null, run = null] = last.slice(orderBy.length);
  const tied = sql('(k.closed, k.start, k.run) < (?, ?, ?)', closed, start, run);
  return orderBy.reduceRight((rest, { attribute, descending }, index) => {
    const value = attributeSql(scope, attribute);
    const at = last[index] ?? null;
    const same = joined([wrapped('', value, ' IS ?', at), rest], ' AND ');
    if (at === null) return wrapped('(', same, ')');
    const beyond = joined(
      [wrapped('', value, ` ${descending ? '<' : '>'} ?`, at), wrapped('', value, ' IS NULL')],
      ' OR ',
    );
    return wrapped('(', joined([beyond, wrapped('(', same, ')')], ' OR '), ')');
  }, tied);
}
