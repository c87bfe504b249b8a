import { IndexedValueType } from '@perdure/api/enums';
import { typeName } from '../kernel/search-attributes.ts';
import { invalidExpression, QueryError, unsupported } from './errors.ts';
import { parse } from './parse.ts';
import type { Expression, Literal, NamePart, Operator } from './syntax.ts';
import type { Attribute, Condition, Order, Query, Value } from './tree.ts';
import { valueFor } from './values.ts';
import { wordsOf } from './words.ts';

const { TEXT, KEYWORD, KEYWORD_LIST, BOOL } = IndexedValueType;
const DIVISION = 'TemporalNamespaceDivision';

/** The attributes of a namespace, system and custom ones, and their types. */
export type AttributeTypes = ReadonlyMap<string, IndexedValueType>;

interface Check {
  readonly types: AttributeTypes;
  namesDivision: boolean;
}

/**
 * Text → query, every name and value of which is known to fit.
 *
 * @throws QueryError (INVALID_ARGUMENT, with the place in the text) for anything that cannot be answered.
 */
export function parseQuery(text: string, types: AttributeTypes): Query {
  const syntax = parse(text);
  if (syntax.limitAt !== null) throw unsupported("'LIMIT' clause", syntax.limitAt);
  const check: Check = { types, namesDivision: false };
  const where = syntax.where && conditionOf(check, syntax.where);
  const groupBy = groupOf(check, syntax.groupBy);
  const orderBy = syntax.orderBy.map(({ by, descending }): Order => ({ attribute: sortable(check, by), descending }));
  return { where, orderBy, groupBy, namesDivision: check.namesDivision };
}

function conditionOf(check: Check, expression: Expression): Condition {
  switch (expression.kind) {
    case 'and':
      return { kind: 'and', of: expression.of.map((each) => conditionOf(check, each)) };
    case 'or':
      return anyOf(expression.of.map((each) => conditionOf(check, each)));
    case 'not':
      return { kind: 'not', of: conditionOf(check, expression.of) };
    case 'compare':
      return comparison(check, expression);
    case 'in':
      return membership(check, expression);
    case 'between':
      return range(check, expression);
    case 'is':
      return nullTest(check, expression);
    case 'value':
      throw notACondition(expression.value);
  }
}

/** Equalities of one attribute become a list of values: people ask for a thousand ids with OR, and an index likes lists. */
function anyOf(conditions: readonly Condition[]): Condition {
  const lists = new Map<string, { readonly attribute: Attribute; readonly values: Value[] }>();
  const of: Condition[] = [];
  for (const condition of conditions) {
    const values = equalTo(condition);
    const attribute = 'attribute' in condition ? condition.attribute : null;
    const known = attribute && lists.get(attribute.name);
    if (values === null || attribute === null) of.push(condition);
    else if (known) known.values.push(...values);
    else lists.set(attribute.name, { attribute, values: [...values] });
  }
  for (const { attribute, values } of lists.values()) {
    const [only] = values;
    if (only !== undefined && values.length === 1) of.push({ kind: 'compare', attribute, operator: '=', value: only });
    else of.push({ kind: 'in', attribute, negated: false, values });
  }
  return of.length === 1 ? (of[0] as Condition) : { kind: 'or', of };
}

function equalTo(condition: Condition): readonly Value[] | null {
  if (condition.kind === 'compare' && condition.operator === '=') return [condition.value];
  return condition.kind === 'in' && !condition.negated ? condition.values : null;
}

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

const COMPARISONS: ReadonlySet<Operator> = new Set(['=', '!=', '<', '<=', '>', '>=']);

function comparison(check: Check, { left, operator, right, at }: Of<'compare'>): Condition {
  const attribute = named(check, left);
  const value = valueFor(attribute, right);
  const negated = operator === '!=' || operator.startsWith('not ');
  const { type } = attribute;
  const refuse = () =>
    unsupported(
      `operator '${operator.toUpperCase()}' not supported for ${typeName(type)} type search attribute '${attribute.name}'`,
      at,
    );
  if (operator === 'starts_with' || operator === 'not starts_with') {
    if (type !== KEYWORD) throw refuse();
    if (typeof value !== 'string')
      throw invalidExpression(`right-hand side of "${operator}" operator must be a literal string`, right.at);
    return { kind: 'starts-with', attribute, negated, prefix: value };
  }
  if (!COMPARISONS.has(operator)) throw refuse();
  if ((type === TEXT || type === KEYWORD_LIST) && operator !== '=' && operator !== '!=') throw refuse();
  if (type === TEXT) return { kind: 'words', attribute, negated, words: someWords(String(value), right.at) };
  // Checked above; the compiler does not follow a Set.
  return { kind: 'compare', attribute, operator: operator as '=', value };
}

function someWords(text: string, at: number): readonly string[] {
  const words = wordsOf(text);
  if (words.length > 0) return words;
  throw invalidExpression('unexpected value for Text type search attribute (no tokens found)', at);
}

function membership(check: Check, { left, negated, values, at }: Of<'in'>): Condition {
  const attribute = named(check, left);
  const known = values.map((value) => valueFor(attribute, value));
  if (attribute.type === TEXT)
    throw unsupported(
      `operator '${negated ? 'NOT IN' : 'IN'}' not supported for Text type search attribute '${attribute.name}'`,
      at,
    );
  return { kind: 'in', attribute, negated, values: known };
}

function range(check: Check, { left, negated, from, to, at }: Of<'between'>): Condition {
  const attribute = named(check, left);
  const { type } = attribute;
  if (type === TEXT || type === KEYWORD_LIST || type === BOOL)
    throw invalidExpression(
      `cannot do range condition on search attribute '${attribute.name}' of type ${typeName(type)}`,
      at,
    );
  return { kind: 'between', attribute, negated, from: valueFor(attribute, from), to: valueFor(attribute, to) };
}

function nullTest(check: Check, { left, negated, what, at }: Of<'is'>): Condition {
  const attribute = named(check, left);
  if (what !== 'null') throw invalidExpression("'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'", at);
  return { kind: 'is-null', attribute, negated };
}

function notACondition({ kind, at }: Literal): QueryError {
  if (kind === 'name') return invalidExpression('incomplete expression', at);
  if (kind === 'function') return unsupported('function expression', at);
  // In the words of the reference, which names a type of its own there.
  return unsupported('expression of type *sqlparser.SQLVal', at);
}

function named(check: Check, left: Literal): Attribute {
  if (left.kind === 'name') return attributeOf(check, left);
  throw invalidExpression('a condition begins with the name of a search attribute, without quotes', left.at);
}

/** As the namespace knows it, or with the prefix of predefined ones added or left out. */
function attributeOf(check: Check, { name: written, at }: Pick<NamePart, 'name' | 'at'>): Attribute {
  const bare = written.startsWith('Temporal') ? written.slice('Temporal'.length) : written;
  const candidates = [written, bare === 'ScheduleId' ? 'WorkflowId' : `Temporal${written}`, bare];
  for (const name of candidates) {
    const type = check.types.get(name);
    if (type === undefined) continue;
    if (name === DIVISION) check.namesDivision = true;
    return { name, type };
  }
  throw new QueryError(`invalid search attribute: ${written}`, at);
}

const GROUPED: ReadonlySet<string> = new Set(['ExecutionStatus', DIVISION]);

function groupOf(check: Check, [first, second]: readonly NamePart[]): Attribute | null {
  if (second) throw unsupported("'GROUP BY' clause supports only a single field", second.at);
  if (!first) return null;
  const attribute = attributeOf(check, first);
  if (GROUPED.has(attribute.name)) return attribute;
  throw unsupported(`'GROUP BY' clause is not supported for search attribute ${first.name}`, first.at);
}

function sortable(check: Check, by: NamePart): Attribute {
  const attribute = attributeOf(check, by);
  if (attribute.type !== TEXT && attribute.type !== KEYWORD_LIST) return attribute;
  throw unsupported(`unable to sort by search attribute type ${typeName(attribute.type)}`, by.at);
}
