import type { IndexedValueType } from '@perdure/api/enums';

/** A query whose names and values are known to fit: what a driver compiles. Times and durations are milliseconds. */
export interface Query {
  readonly where: Condition | null;
  /** Before the default order: running first, then by close time, then by start time, each newest first. */
  readonly orderBy: readonly Order[];
  /** Of a count: one number for each value. */
  readonly groupBy: Attribute | null;
  /** Whether `TemporalNamespaceDivision` is named; if not, only runs without one are meant. */
  readonly namesDivision: boolean;
}

export interface Order {
  readonly attribute: Attribute;
  readonly descending: boolean;
}

export interface Attribute {
  readonly name: string;
  readonly type: IndexedValueType;
}

/** A time is a number (epoch ms), a duration too (ms), and so is a status. */
export type Value = string | number | boolean;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * Conditions have three values, as in SQL: a comparison with an attribute that is not set is neither true nor false, and
 * `not` leaves it so. Those on Text and KeywordList are always true or false.
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'compare';
      readonly attribute: Attribute;
      readonly operator: Comparison;
      readonly value: Value;
    }
  | { readonly kind: 'in'; readonly attribute: Attribute; readonly negated: boolean; readonly values: readonly Value[] }
  | {
      readonly kind: 'between';
      readonly attribute: Attribute;
      readonly negated: boolean;
      readonly from: Value;
      readonly to: Value;
    }
  | { readonly kind: 'starts-with'; readonly attribute: Attribute; readonly negated: boolean; readonly prefix: string }
  /** A Text that has at least one of the words. */
  | {
      readonly kind: 'words';
      readonly attribute: Attribute;
      readonly negated: boolean;
      readonly words: readonly string[];
    }
  | { readonly kind: 'is-null'; readonly attribute: Attribute; readonly negated: boolean };
