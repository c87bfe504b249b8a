import { IndexedValueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import {
  type AttributeNumber,
  afterPrefix,
  bound,
  DEFAULT_ORDER,
  isColumn,
  joined,
  OPEN,
  placeholders,
  type Sql,
  type SqlValue,
  sql,
  UNINDEXED,
} from './compile-sqlite.ts';
import type { Attribute, Condition } from './tree.ts';

/**
 * A way through an index to the runs that meet a condition: what a list or a count reads instead of all runs.
 * SQLite's planner does not know how often a value occurs; the driver looks into each access (`rows`) and chooses.
 */
export interface Access {
  /** A SELECT of the numbers of the runs, some perhaps more than once. */
  readonly rows: Sql;
  /** The same rows to be read in place; null when a run may come more than once. */
  readonly source: Source | null;
  /** The condition, if all that comes meets it: then it need not be looked at again. */
  readonly meets: Condition | null;
}

/** What stands after FROM and WHERE; its alias is `k`, and it has the columns that every index carries. */
export interface Source {
  readonly from: string;
  readonly where: Sql;
  /** Where the run's row is: here, or still to be joined as `v`. */
  readonly row: 'k' | 'v';
  /** Whether reading it backwards yields the default order, so that a page costs its own length. */
  readonly ordered: boolean;
  /** The order in which to read it. */
  readonly order: string;
}

/** In what the runs of a query lie, and how attributes are called there. */
export interface Lookup {
  readonly scopes: readonly number[];
  readonly numberOf: AttributeNumber;
}

const { KEYWORD_LIST } = IndexedValueType;

/** All there is of the namespace, in the default order. */
export const everything = (lookup: Lookup): Source => ({
  from: 'visibility AS k INDEXED BY visibility_by_time',
  where: inScope(lookup),
  row: 'k',
  ordered: true,
  order: DEFAULT_ORDER,
});

/** The same in the order in which the rows lie. */
export const everyRow = (lookup: Lookup): Source => ({
  ...everything(lookup),
  from: 'visibility AS k NOT INDEXED',
  ordered: false,
});

/** The rows of an access, each run once. */
export const asSet = (lookup: Lookup, { rows }: Access): Source => ({
  from: 'visibility AS k NOT INDEXED',
  where: joined([sql('k.run IN ('), rows, sql(') AND +'), inScope(lookup)], ''),
  row: 'k',
  ordered: false,
  order: DEFAULT_ORDER,
});

const inScope = ({ scopes: [only, other] }: Lookup): Sql =>
  other === undefined ? sql('k.scope = ?', only ?? -1) : sql('k.scope IN (?, ?)', only ?? -1, other);

/** The access that a condition allows, or null. */
export function accessOf(lookup: Lookup, condition: Condition): Access | null {
  switch (condition.kind) {
    case 'and':
      return weakened(firstOf(condition.of.map((each) => accessOf(lookup, each))));
    case 'or':
      return union(condition.of.map((each) => accessOf(lookup, each)));
    case 'not':
      return null;
    case 'words':
      return condition.negated ? null : valuesIn(lookup, condition, condition.attribute, condition.words);
    case 'compare':
      if (condition.operator === '=') return equal(lookup, condition, [bound(condition.value)]);
      if (condition.operator === '!=') return null;
      return range(lookup, condition, sql(`${condition.operator} ?`, bound(condition.value)));
    case 'in':
      return condition.negated ? null : equal(lookup, condition, [...new Set(condition.values.map(bound))]);
    case 'between':
      if (condition.negated) return null;
      return range(lookup, condition, sql('BETWEEN ? AND ?', bound(condition.from), bound(condition.to)));
    case 'starts-with':
      return condition.negated ? null : prefixed(lookup, condition, condition.attribute, condition.prefix);
    case 'is-null':
      return condition.negated ? range(lookup, condition, null) : null;
  }
}

const firstOf = (accesses: readonly (Access | null)[]): Access | null => accesses.find((each) => each !== null) ?? null;

const weakened = (access: Access | null): Access | null => access && { ...access, source: null, meets: null };

/** SQLite puts together 500 SELECTs at most. */
const MAX_UNION = 100;

function union(accesses: readonly (Access | null)[]): Access | null {
  const rows = accesses.flatMap((access) => (access ? [access.rows] : []));
  if (rows.length < accesses.length || rows.length > MAX_UNION) return null;
  return { rows: joined(rows, ' UNION ALL '), source: null, meets: null };
}

type WithAttribute = Extract<Condition, { attribute: Attribute }>;

function equal(lookup: Lookup, condition: WithAttribute, values: readonly SqlValue[]): Access | null {
  const { attribute } = condition;
  switch (attribute.name) {
    case 'RunId':
      return {
        rows: sql(`SELECT r.run FROM runs AS r WHERE r.run_id IN ${placeholders(values)}`, ...values),
        source: null,
        meets: condition,
      };
    case 'WorkflowId':
      return column(lookup, condition, 'visibility_by_workflow', 'workflow_id', values);
    case 'TaskQueue':
      return column(lookup, condition, 'visibility_by_queue', 'task_queue', values);
    case 'WorkflowType':
      return column(lookup, condition, 'visibility_by_type', 'workflow_type', values);
    case 'ParentWorkflowId':
      return column(lookup, condition, 'visibility_by_parent', 'parent_workflow_id', values);
    case 'RootWorkflowId':
      return family(lookup, condition, values);
    case 'ExecutionStatus':
      return rareStatus(lookup, condition, values);
    default:
      return isColumn(attribute) ? null : valuesIn(lookup, condition, attribute, values);
  }
}

const among = (values: readonly SqlValue[]): Sql =>
  values.length === 1 ? sql('= ?', ...values) : sql(`IN ${placeholders(values)}`, ...values);

function column(
  lookup: Lookup,
  condition: Condition,
  index: string,
  name: string,
  values: readonly SqlValue[],
  more = '',
): Access {
  const from = `visibility AS k INDEXED BY ${index}`;
  const where = joined([inScope(lookup), sql(`AND k.${name}`), among(values), sql(more)], ' ');
  const single = values.length === 1;
  // The runs of one workflow id follow one another.
  const order = index === 'visibility_by_workflow' && single ? 'k.run DESC' : DEFAULT_ORDER;
  const ordered =
    single && (order !== DEFAULT_ORDER || index === 'visibility_by_type' || index === 'visibility_by_status');
  return { rows: rowsOf(from, where), source: { from, where, row: 'k', ordered, order }, meets: condition };
}

const rowsOf = (from: string, where: Sql): Sql => sql(`SELECT k.run FROM ${from} WHERE ${where.text}`, ...where.values);

/** Those that have the root, and the root itself. */
function family(lookup: Lookup, condition: Condition, values: readonly SqlValue[]): Access {
  const descendants = column(lookup, condition, 'visibility_by_root', 'root_workflow_id', values);
  const roots = column(
    lookup,
    condition,
    'visibility_by_workflow',
    'workflow_id',
    values,
    'AND k.root_workflow_id IS NULL',
  );
  return { rows: joined([descendants.rows, roots.rows], ' UNION ALL '), source: null, meets: condition };
}

const COMMON: ReadonlySet<SqlValue> = new Set([
  WorkflowExecutionStatus.UNSPECIFIED,
  WorkflowExecutionStatus.RUNNING,
  WorkflowExecutionStatus.COMPLETED,
]);

/** Most runs are running or completed; only the others have an index. */
function rareStatus(lookup: Lookup, condition: Condition, values: readonly SqlValue[]): Access | null {
  if (values.some((value) => COMMON.has(value))) return null;
  return column(lookup, condition, 'visibility_by_status', 'status', values, 'AND k.status > 2');
}

function valuesIn(
  lookup: Lookup,
  condition: Condition,
  attribute: Attribute,
  values: readonly SqlValue[],
): Access | null {
  const several = values.length > 1;
  const repeats = several && (condition.kind === 'words' || attribute.type === KEYWORD_LIST);
  return ofAttribute(lookup, condition, attribute, among(values), !several, repeats);
}

/** A range of values of a custom attribute; null asks for all of them. */
function range(lookup: Lookup, condition: WithAttribute, values: Sql | null): Access | null {
  const { attribute } = condition;
  if (isColumn(attribute)) return null;
  const repeats = attribute.type === KEYWORD_LIST || attribute.type === IndexedValueType.TEXT;
  return ofAttribute(lookup, condition, attribute, values, false, repeats);
}

function prefixed(lookup: Lookup, condition: Condition, attribute: Attribute, prefix: string): Access | null {
  const known = { WorkflowId: 'workflow', WorkflowType: 'type' }[attribute.name];
  if (known === undefined) {
    if (isColumn(attribute)) return null;
    const values = sql('>= ? AND k.value < ?', prefix, afterPrefix(prefix));
    return ofAttribute(lookup, condition, attribute, values, false, false);
  }
  const name = known === 'workflow' ? 'workflow_id' : 'workflow_type';
  const from = `visibility AS k INDEXED BY visibility_by_${known}`;
  const between = sql(`AND k.${name} >= ? AND k.${name} < ?`, prefix, afterPrefix(prefix));
  const where = joined([inScope(lookup), between], ' ');
  return {
    rows: rowsOf(from, where),
    source: { from, where, row: 'k', ordered: false, order: DEFAULT_ORDER },
    meets: condition,
  };
}

function ofAttribute(
  lookup: Lookup,
  condition: Condition,
  attribute: Attribute,
  values: Sql | null,
  ordered: boolean,
  repeats: boolean,
): Access | null {
  if (UNINDEXED.has(attribute.name)) return null;
  const number = lookup.numberOf(attribute);
  // No run has it: the condition is false throughout, and costs nothing.
  const pieces = [inScope(lookup), sql('AND k.attribute = ?', number ?? -1)];
  if (values) pieces.push(sql('AND k.value'), values);
  const where = joined(pieces, ' ');
  const from = 'attribute_values AS k';
  const source = repeats ? null : { from, where, row: 'v' as const, ordered, order: DEFAULT_ORDER };
  return { rows: rowsOf(from, where), source, meets: condition };
}

/** What conditions say of the close time, on top of what they say themselves: bounds for an index. */
export function closeTimeBounds(conditions: readonly Condition[]): readonly Sql[] {
  return conditions.flatMap((condition) => {
    if (!('attribute' in condition)) return [];
    switch (condition.attribute.name) {
      case 'CloseTime':
        return closeTimeBound(condition);
      case 'StartTime':
        return startTimeBound(condition);
      case 'ExecutionStatus':
        return statusBound(condition);
      default:
        return [];
    }
  });
}

const open = [sql('k.closed = ?', OPEN)];
const closed = [sql('k.closed < ?', OPEN)];

function closeTimeBound(condition: WithAttribute): readonly Sql[] {
  switch (condition.kind) {
    case 'compare':
      if (condition.operator === '!=') return closed;
      // SQLite reads an index up to the first bound it finds.
      return [
        ...(condition.operator.startsWith('>') ? closed : []),
        sql(`k.closed ${condition.operator} ?`, bound(condition.value)),
      ];
    case 'between':
      return condition.negated ? closed : [sql('k.closed BETWEEN ? AND ?', bound(condition.from), bound(condition.to))];
    case 'is-null':
      return condition.negated ? closed : open;
    default:
      return [];
  }
}

/** No run closes before it starts. */
function startTimeBound(condition: WithAttribute): readonly Sql[] {
  if (condition.kind === 'between' && !condition.negated) return [sql('k.closed >= ?', bound(condition.from))];
  if (condition.kind !== 'compare' || !['=', '>', '>='].includes(condition.operator)) return [];
  return [sql('k.closed >= ?', bound(condition.value))];
}

function statusBound(condition: WithAttribute): readonly Sql[] {
  const values =
    condition.kind === 'compare' && condition.operator === '='
      ? [condition.value]
      : condition.kind === 'in' && !condition.negated
        ? condition.values
        : [];
  if (values.length === 0) return [];
  const { RUNNING, COMPLETED, PAUSED } = WorkflowExecutionStatus;
  if (values.every((value) => value === RUNNING || value === PAUSED)) return open;
  return values.every((value) => Number(value) >= COMPLETED && value !== PAUSED) ? closed : [];
}
