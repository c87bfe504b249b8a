import { malformed } from './errors.ts';

/** The smallest parts of a query: words, quoted texts, numbers, signs. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end';
  /** A word as written, what a quoted text or name says, a number's digits, a sign; '' at the end. */
  readonly text: string;
  /** Of a word: in lower case, to compare it with keywords. */
  readonly word: string;
  readonly begin: number;
  /** The offset after it. */
  readonly end: number;
}

const SPACE = /\s*/y;
const WORD = /[A-Za-z_@][A-Za-z0-9_@$.]*/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SIGN = /<=>|<=|>=|<>|!=|[=<>()+\-*/%,~!&|^;?{}[\].:]/y;

/** Cuts a query into tokens, the last of which is `end`. Throws a `QueryError` for an open quote or a foreign sign. */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(query, 0);
  while (at < query.length) {
    const token = tokenAt(query, at);
    tokens.push(token);
    at = skipSpace(query, token.end);
  }
  const end = query.trimEnd().length;
  tokens.push({ kind: 'end', text: '', word: '', begin: end, end });
  return tokens;
}

function tokenAt(query: string, begin: number): Token {
  const first = query[begin] ?? '';
  if (first === "'" || first === '"') return quoted(query, begin, first);
  if (first === '`') return backticked(query, begin);
  const word = match(WORD, query, begin);
  if (word !== '') return { kind: 'word', text: word, word: word.toLowerCase(), begin, end: begin + word.length };
  const number = match(NUMBER, query, begin);
  if (number !== '') return { kind: 'number', text: number, word: '', begin, end: begin + number.length };
  const sign = match(SIGN, query, begin);
  if (sign === '') throw malformed(query, begin + 1, first);
  return { kind: 'sign', text: sign, word: '', begin, end: begin + sign.length };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', 0: '\0', Z: '\x1a' };

/** A text in single or double quotes. A backslash, or the quote doubled, puts the quote into it. */
function quoted(query: string, begin: number, quote: string): Token {
  let text = '';
  let at = begin + 1;
  for (; at < query.length; at++) {
    const sign = query[at] ?? '';
    if (sign === '\\' && at + 1 < query.length) {
      const escaped = query[++at] ?? '';
      text += ESCAPES[escaped] ?? escaped;
    } else if (sign !== quote) text += sign;
    else if (query[at + 1] === quote) text += query[++at] ?? '';
    else return { kind: 'text', text, word: '', begin, end: at + 1 };
  }
  throw malformed(query, query.length, text);
}

function backticked(query: string, begin: number): Token {
  const close = query.indexOf('`', begin + 1);
  const text = query.slice(begin + 1, close);
  if (close < 0 || text === '') throw malformed(query, close < 0 ? query.length : close + 1, text);
  return { kind: 'name', text, word: '', begin, end: close + 1 };
}

function match(pattern: RegExp, query: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(query)?.[0] ?? '';
}

const skipSpace = (query: string, at: number): number => at + match(SPACE, query, at).length;
