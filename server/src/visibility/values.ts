import { IndexedValueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { pascalCase } from '../kernel/enum-names.ts';
import { parseDuration, parseTime } from '../kernel/instants.ts';
import { typeName } from '../kernel/search-attributes.ts';
import { invalidExpression, unsupported } from './errors.ts';
import type { Literal } from './syntax.ts';
import type { Attribute, Value } from './tree.ts';

const NANOS_PER_MS = 1_000_000;

/** A written value as one of the attribute's type. @throws QueryError when it is none. */
export function valueFor(attribute: Attribute, literal: Literal): Value {
  switch (literal.kind) {
    case 'text':
    case 'number':
    case 'bool':
      break;
    case 'null':
      throw invalidExpression('nothing compares with NULL; ask with IS NULL or IS NOT NULL', literal.at);
    case 'name':
      throw unsupported(
        `column name on the right side of comparison expression (did you forget to quote "${literal.name}"?)`,
        literal.at,
      );
    case 'function':
      throw unsupported('nested func', literal.at);
    case 'arithmetic':
      throw invalidExpression('values cannot be computed; write the result', literal.at);
  }
  if (attribute.name === 'ExecutionStatus') return status(literal);
  if (attribute.name === 'ExecutionDuration') return duration(literal);
  return typed(attribute, literal);
}

type Simple = Extract<Literal, { kind: 'text' | 'number' | 'bool' }>;

function typed(attribute: Attribute, literal: Simple): Value {
  switch (attribute.type) {
    case IndexedValueType.INT:
    case IndexedValueType.DOUBLE:
      if (literal.kind === 'number') return numberOf(literal);
      break;
    case IndexedValueType.BOOL:
      if (literal.kind === 'bool') return literal.value;
      break;
    case IndexedValueType.DATETIME:
      if (literal.kind === 'text') return time(literal.text, literal.at);
      if (literal.kind === 'number' && isWhole(literal.text)) return nanosToMs(literal.text);
      break;
    default:
      if (literal.kind === 'text') return literal.text;
  }
  throw invalidExpression(
    `invalid value type for search attribute ${attribute.name} of type ${typeName(attribute.type)}: ${shown(literal)}`,
    literal.at,
  );
}

function time(text: string, at: number): number {
  const ms = parseTime(text);
  if (ms === null) throw invalidExpression(`unable to parse datetime '${text}'`, at);
  return ms;
}

function numberOf({ text, at }: { text: string; at: number }): number {
  const value = text === '?' ? Number.NaN : text.startsWith('-') ? -Number(text.slice(1)) : Number(text);
  if (!Number.isFinite(value)) throw invalidExpression(`unable to parse value "${text}"`, at);
  return value;
}

const statuses: ReadonlyMap<string, number> = new Map(
  Object.entries(WorkflowExecutionStatus).flatMap(([name, value]) => [
    [pascalCase(name), value] as const,
    [`WORKFLOW_EXECUTION_STATUS_${name}`, value] as const,
  ]),
);
const statusNumbers: ReadonlySet<number> = new Set(Object.values(WorkflowExecutionStatus));

/** By name (`TimedOut`, or as the enum spells it), or by number. */
function status(literal: Simple): number {
  if (literal.kind === 'text') {
    const known = statuses.get(literal.text);
    if (known === undefined) throw invalidExpression(`invalid ExecutionStatus value '${literal.text}'`, literal.at);
    return known;
  }
  if (literal.kind === 'number' && isWhole(literal.text)) {
    const value = numberOf(literal);
    if (!statusNumbers.has(value)) throw invalidExpression(`invalid ExecutionStatus value ${literal.text}`, literal.at);
    return value;
  }
  throw invalidExpression(`unexpected value type ${goType(literal)} for search attribute ExecutionStatus`, literal.at);
}

/** `1h30m`, `3s`, `hh:mm:ss`, or a number of nanoseconds, quoted or not. */
function duration(literal: Simple): number {
  if (literal.kind === 'number' && isWhole(literal.text)) return nanosToMs(literal.text);
  if (literal.kind !== 'text') {
    throw invalidExpression(
      `unexpected value type ${goType(literal)} for search attribute ExecutionDuration`,
      literal.at,
    );
  }
  const ms = isWhole(literal.text) ? nanosToMs(literal.text) : parseDuration(literal.text);
  if (ms === null)
    throw invalidExpression(
      `invalid duration value for search attribute ExecutionDuration: ${literal.text}`,
      literal.at,
    );
  return ms;
}

const isWhole = (text: string): boolean => /^[+-]?\d+$/.test(text);

/** Through whole numbers, for a double cannot hold the nanoseconds since 1970. */
function nanosToMs(text: string): number {
  const nanos = BigInt(text.replace('+', ''));
  const ms = nanos / BigInt(NANOS_PER_MS);
  return Number(ms) + Number(nanos - ms * BigInt(NANOS_PER_MS)) / NANOS_PER_MS;
}

const goType = ({ kind, text }: { kind: Simple['kind']; text?: string }): string =>
  kind === 'bool' ? 'bool' : kind === 'text' ? 'string' : isWhole(text ?? '') ? 'int64' : 'float64';

/** The value and its type as the reference shows them. */
function shown(literal: Simple): string {
  const value =
    literal.kind === 'bool' ? literal.value : literal.kind === 'text' ? JSON.stringify(literal.text) : literal.text;
  return `${value} (type: ${goType(literal)})`;
}
