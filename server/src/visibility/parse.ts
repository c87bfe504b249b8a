import { malformed, QueryError } from './errors.ts';
import { type Token, tokensOf } from './lexer.ts';
import type { Expression, Literal, NamePart, Operator, Syntax } from './syntax.ts';

/**
 * Text → syntax, by recursive descent. From loose to tight:
 *
 *     query      = [ or ] [ GROUP BY name, … ] [ ORDER BY name [ASC|DESC], … ] [ LIMIT … ] [ ; ]
 *     or         = and { OR and }
 *     and        = not { AND not }
 *     not        = NOT not | condition
 *     condition  = "(" or ")" | value [ operator value | [NOT] IN "(" value, … ")" | [NOT] BETWEEN value AND value
 *                | IS [NOT] NULL ]
 */
interface Parser {
  readonly query: string;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  values: number;
}

/** Bounds on what one query may ask: more is no query of a person, and the parser and SQL recurse. */
const MAX_DEPTH = 100;
const MAX_VALUES = 10_000;
const MAX_LENGTH = 1 << 20;

/** @throws QueryError for a text that does not follow the grammar. */
export function parse(query: string): Syntax {
  if (query.length > MAX_LENGTH) throw new QueryError(`longer than ${MAX_LENGTH} characters; ask in parts`, MAX_LENGTH);
  const p: Parser = { query, tokens: tokensOf(query), at: 0, depth: 0, values: 0 };
  const where = atClause(p) ? null : or(p);
  const groupBy = takePhrase(p, 'group') ? commaSeparated(p, name) : [];
  const orderBy = takePhrase(p, 'order') ? commaSeparated(p, ordering) : [];
  const limitAt = takeLimit(p);
  takeSign(p, ';');
  if (peek(p).kind !== 'end') throw unexpected(p);
  return { where, groupBy, orderBy, limitAt };
}

const atClause = (p: Parser): boolean => {
  const { kind, word } = peek(p);
  return kind === 'end' || word === 'group' || word === 'order' || word === 'limit';
};

function or(p: Parser): Expression {
  const { begin: at } = peek(p);
  const of = [and(p)];
  while (takeWord(p, 'or')) of.push(and(p));
  return of.length === 1 ? (of[0] as Expression) : { kind: 'or', of, at };
}

function and(p: Parser): Expression {
  const { begin: at } = peek(p);
  const of = [not(p)];
  while (takeWord(p, 'and')) of.push(not(p));
  return of.length === 1 ? (of[0] as Expression) : { kind: 'and', of, at };
}

function not(p: Parser): Expression {
  const { begin: at } = peek(p);
  if (!takeWord(p, 'not')) return condition(p);
  return nested(p, () => ({ kind: 'not', of: not(p), at }));
}

function condition(p: Parser): Expression {
  const { begin: at } = peek(p);
  if (takeSign(p, '(')) {
    const inner = nested(p, () => or(p));
    expectSign(p, ')');
    return inner;
  }
  const left = value(p);
  if (takeWord(p, 'is')) return is(p, left, at);
  const negated = takeWord(p, 'not');
  if (takeWord(p, 'in')) {
    expectSign(p, '(');
    const values = commaSeparated(p, value);
    expectSign(p, ')');
    return { kind: 'in', left, negated, values, at };
  }
  if (takeWord(p, 'between')) {
    const from = value(p);
    if (!takeWord(p, 'and')) throw unexpected(p);
    return { kind: 'between', left, negated, from, to: value(p), at };
  }
  const operator = takeOperator(p, negated);
  if (operator) return { kind: 'compare', left, operator, right: value(p), at };
  if (negated) throw unexpected(p);
  return { kind: 'value', value: left, at };
}

function is(p: Parser, left: Literal, at: number): Expression {
  const negated = takeWord(p, 'not');
  const { word } = peek(p);
  if (word !== 'null' && word !== 'true' && word !== 'false') throw unexpected(p);
  p.at++;
  return { kind: 'is', left, negated, what: word, at };
}

const SIGNS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '<=>': '<=>',
};
const WORDS: Readonly<Record<string, readonly [plain: Operator, negated: Operator]>> = {
  like: ['like', 'not like'],
  regexp: ['regexp', 'not regexp'],
  rlike: ['regexp', 'not regexp'],
  starts_with: ['starts_with', 'not starts_with'],
};

function takeOperator(p: Parser, negated: boolean): Operator | undefined {
  const { kind, text, word } = peek(p);
  const known =
    kind === 'sign' && !negated ? SIGNS[text] : kind === 'word' ? WORDS[word]?.[negated ? 1 : 0] : undefined;
  if (known) p.at++;
  return known;
}

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '&', '|', '^']);

function value(p: Parser): Literal {
  const single = simpleValue(p);
  if (peek(p).kind !== 'sign' || !ARITHMETIC.has(peek(p).text)) return single;
  while (peek(p).kind === 'sign' && ARITHMETIC.has(peek(p).text)) {
    p.at++;
    simpleValue(p);
  }
  return { kind: 'arithmetic', at: single.at };
}

/** Words that mean something to the grammar; they name an attribute only in backticks. */
const RESERVED: ReadonlySet<string> = new Set(
  'and or not in between is like regexp rlike starts_with null order group by limit select from where having union insert update delete drop xor'.split(
    ' ',
  ),
);

function simpleValue(p: Parser): Literal {
  if (++p.values > MAX_VALUES) throw new QueryError(`more than ${MAX_VALUES} values; ask in parts`, peek(p).begin);
  const token = peek(p);
  const at = token.begin;
  if (token.kind === 'sign') return signed(p, token);
  if (token.kind === 'word' && RESERVED.has(token.word) && token.word !== 'null') throw unexpected(p);
  p.at++;
  switch (token.kind) {
    case 'text':
      return { kind: 'text', text: token.text, at };
    case 'number':
      return { kind: 'number', text: token.text, at };
    case 'name':
      return { kind: 'name', name: token.text, at };
    case 'word':
      break;
    default:
      throw unexpected(p, token);
  }
  if (token.word === 'null') return { kind: 'null', at };
  if (token.word === 'true' || token.word === 'false') return { kind: 'bool', value: token.word === 'true', at };
  if (!takeSign(p, '(')) return { kind: 'name', name: token.text, at };
  if (!takeSign(p, ')')) {
    nested(p, () => commaSeparated(p, value));
    expectSign(p, ')');
  }
  return { kind: 'function', name: token.text, at };
}

/** A number with a sign before it, or a placeholder, which is parsed as a value but stands for none. */
function signed(p: Parser, token: Token): Literal {
  if (token.text === '?') {
    p.at++;
    return { kind: 'number', text: '?', at: token.begin };
  }
  const next = p.tokens[p.at + 1];
  if ((token.text !== '-' && token.text !== '+') || next?.kind !== 'number') throw unexpected(p);
  p.at += 2;
  return { kind: 'number', text: token.text === '-' ? `-${next.text}` : next.text, at: token.begin };
}

function name(p: Parser): NamePart {
  const token = peek(p);
  if (token.kind !== 'name' && (token.kind !== 'word' || RESERVED.has(token.word))) throw unexpected(p);
  p.at++;
  return { kind: 'name', name: token.text, at: token.begin };
}

function ordering(p: Parser): { by: NamePart; descending: boolean } {
  const by = name(p);
  const descending = takeWord(p, 'desc');
  if (!descending) takeWord(p, 'asc');
  return { by, descending };
}

function takeLimit(p: Parser): number | null {
  const { begin } = peek(p);
  if (!takeWord(p, 'limit')) return null;
  while (peek(p).kind === 'number' || peek(p).text === ',' || peek(p).word === 'offset') p.at++;
  return begin;
}

function commaSeparated<T>(p: Parser, read: (p: Parser) => T): T[] {
  const items = [read(p)];
  while (takeSign(p, ',')) items.push(read(p));
  return items;
}

function nested<T>(p: Parser, read: () => T): T {
  if (++p.depth > MAX_DEPTH) throw new QueryError(`nested deeper than ${MAX_DEPTH} levels`, peek(p).begin);
  const inner = read();
  p.depth--;
  return inner;
}

const peek = (p: Parser): Token => p.tokens[p.at] as Token;

function takeWord(p: Parser, word: string): boolean {
  if (peek(p).word !== word) return false;
  p.at++;
  return true;
}

function takeSign(p: Parser, sign: string): boolean {
  const { kind, text } = peek(p);
  if (kind !== 'sign' || text !== sign) return false;
  p.at++;
  return true;
}

function expectSign(p: Parser, sign: string): void {
  if (!takeSign(p, sign)) throw unexpected(p);
}

/** `GROUP BY`, `ORDER BY`. */
function takePhrase(p: Parser, word: string): boolean {
  if (!takeWord(p, word)) return false;
  if (!takeWord(p, 'by')) throw unexpected(p);
  return true;
}

function unexpected(p: Parser, token: Token = peek(p)): QueryError {
  const near = token.kind === 'sign' ? '' : RESERVED.has(token.word) ? token.word : token.text;
  // At the end there is one more sign to read: the end itself.
  return malformed(p.query, token.end, near);
}
