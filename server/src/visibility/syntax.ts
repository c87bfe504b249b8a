/** What a query says, before anything is known of the attributes it names. */

export interface Syntax {
  readonly where: Expression | null;
  readonly groupBy: readonly NamePart[];
  readonly orderBy: readonly { readonly by: NamePart; readonly descending: boolean }[];
  /** Where a LIMIT begins; null if there is none. */
  readonly limitAt: number | null;
}

/** A place in the text: an offset in UTF-16 units. */
interface At {
  readonly at: number;
}

export interface NamePart extends At {
  readonly kind: 'name';
  readonly name: string;
}

/** A value as it was written. */
export type Literal = At &
  (
    | { readonly kind: 'text'; readonly text: string }
    /** Digits, with sign, point and exponent if there were any. */
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'arithmetic' }
  );

export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '<=>'
  | 'like'
  | 'not like'
  | 'regexp'
  | 'not regexp'
  | 'starts_with'
  | 'not starts_with';

export type Expression = At &
  (
    | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
    | { readonly kind: 'not'; readonly of: Expression }
    | { readonly kind: 'compare'; readonly left: Literal; readonly operator: Operator; readonly right: Literal }
    | { readonly kind: 'in'; readonly left: Literal; readonly negated: boolean; readonly values: readonly Literal[] }
    | {
        readonly kind: 'between';
        readonly left: Literal;
        readonly negated: boolean;
        readonly from: Literal;
        readonly to: Literal;
      }
    | {
        readonly kind: 'is';
        readonly left: Literal;
        readonly negated: boolean;
        readonly what: 'null' | 'true' | 'false';
      }
    /** A value that stands where a condition should. */
    | { readonly kind: 'value'; readonly value: Literal }
  );
