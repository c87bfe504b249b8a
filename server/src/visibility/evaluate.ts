import { IndexedValueType } from '@perdure/api/enums';
import type { Attribute, Comparison, Condition, Value } from './tree.ts';
import { wordsOf } from './words.ts';

/** What an attribute is of the thing in question; null where it is not set, several values for a KeywordList. */
export type ValueOf = (attribute: Attribute) => Value | readonly string[] | null;

/** SQL's third truth value is null: a comparison with what is not set. */
type Truth = boolean | null;

/**
 * Answers a condition for one thing in memory, as a driver's SQL answers it for a row. For what is no run and has no
 * row: workers. Also what the drivers are tested against.
 */
export function holds(condition: Condition, valueFor: ValueOf): boolean {
  return truth(condition, valueFor) === true;
}

function truth(condition: Condition, valueFor: ValueOf): Truth {
  switch (condition.kind) {
    case 'and':
      return all(condition.of, valueFor);
    case 'or':
      return negation(
        all(
          condition.of.map((of) => ({ kind: 'not', of })),
          valueFor,
        ),
      );
    case 'not':
      return negation(truth(condition.of, valueFor));
    case 'is-null':
      return (valueFor(condition.attribute) === null) !== condition.negated;
    case 'words':
      return hasWord(valueFor(condition.attribute), condition.words) !== condition.negated;
    case 'compare':
    case 'in':
    case 'between':
    case 'starts-with':
      return ofValue(condition, valueFor(condition.attribute));
  }
}

function all(conditions: readonly Condition[], valueFor: ValueOf): Truth {
  let result: Truth = true;
  for (const condition of conditions) {
    const one = truth(condition, valueFor);
    if (one === false) return false;
    if (one === null) result = null;
  }
  return result;
}

const negation = (value: Truth): Truth => (value === null ? null : !value);

type OfValue = Extract<Condition, { readonly kind: 'compare' | 'in' | 'between' | 'starts-with' }>;

function ofValue(condition: OfValue, value: Value | readonly string[] | null): Truth {
  if (condition.attribute.type === IndexedValueType.KEYWORD_LIST) return ofList(condition, asList(value));
  if (value === null || Array.isArray(value)) return null;
  const scalar = value as Value;
  switch (condition.kind) {
    case 'compare':
      return compare(scalar, condition.operator, condition.value);
    case 'in':
      return condition.values.some((each) => same(each, scalar)) !== condition.negated;
    case 'between':
      return (compare(scalar, '>=', condition.from) && compare(scalar, '<=', condition.to)) !== condition.negated;
    case 'starts-with':
      return String(scalar).startsWith(condition.prefix) !== condition.negated;
  }
}

/** A list is equal to what it contains. */
function ofList(condition: OfValue, list: readonly string[]): Truth {
  switch (condition.kind) {
    case 'compare':
      return list.includes(String(condition.value)) === (condition.operator === '=');
    case 'in':
      return condition.values.some((each) => list.includes(String(each))) !== condition.negated;
    case 'between':
      return list.some((each) => each >= String(condition.from) && each <= String(condition.to)) !== condition.negated;
    case 'starts-with':
      return list.some((each) => each.startsWith(condition.prefix)) !== condition.negated;
  }
}

const asList = (value: Value | readonly string[] | null): readonly string[] =>
  value === null ? [] : typeof value === 'object' ? value : [String(value)];

const hasWord = (value: Value | readonly string[] | null, words: readonly string[]): boolean => {
  const own = new Set(asList(value).flatMap((text) => wordsOf(text)));
  return words.some((word) => own.has(word));
};

const same = (a: Value, b: Value): boolean => (typeof a === typeof b ? a === b : Number(a) === Number(b));

function compare(a: Value, operator: Comparison, b: Value): boolean {
  const [left, right] = typeof a === 'string' && typeof b === 'string' ? [a, b] : [Number(a), Number(b)];
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
