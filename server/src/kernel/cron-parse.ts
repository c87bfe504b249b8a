import type { OffsetAt } from './time-zone.ts';
import { zoneOffset } from './time-zone.ts';

/** Once every so many ms, counted from the last time. */
export interface CronEvery {
  readonly kind: 'every';
  readonly everyMs: number;
}

/** At every minute whose local time is in all of the sets. */
export interface CronFields {
  readonly kind: 'fields';
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  /** From 1. */
  readonly months: ReadonlySet<number>;
  /** From 0, which is Sunday. */
  readonly daysOfWeek: ReadonlySet<number>;
  /** The field had a star without a step. */
  readonly anyDayOfMonth: boolean;
  readonly anyDayOfWeek: boolean;
  readonly offsetAt: OffsetAt;
}

interface Field {
  readonly values: ReadonlySet<number>;
  readonly any: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly any: boolean;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const bounds = {
  minute: { min: 0, max: 59 },
  hour: { min: 0, max: 23 },
  dayOfMonth: { min: 1, max: 31 },
  month: {
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  dayOfWeek: { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
} as const;

const named: { readonly [name: string]: string } = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * A standard cron expression: five fields, `@every <duration>` or a name such as `@daily`, after an optional
 * `CRON_TZ=<zone> ` or `TZ=<zone> `. Null when it is none.
 */
export function parseCron(spec: string): CronEvery | CronFields | null {
  const zone = /^(?:CRON_)?TZ=([^ ]*) (.*)$/s.exec(spec);
  if (zone === null && /^(?:CRON_)?TZ=/.test(spec)) return null;
  const offsetAt = zoneOffset(zone?.[1] ?? '');
  if (offsetAt === null) return null;
  const text = zone === null ? spec : (zone[2] ?? '').trim();

  if (text.startsWith('@every ')) {
    const ms = parseGoDuration(text.slice('@every '.length));
    return ms === null ? null : { kind: 'every', everyMs: Math.max(1, Math.floor(ms / 1000)) * 1000 };
  }
  if (text.startsWith('@')) {
    const fields = Object.hasOwn(named, text) ? named[text] : undefined;
    return fields === undefined ? null : parseFields(fields, offsetAt);
  }
  return parseFields(text, offsetAt);
}

function parseFields(text: string, offsetAt: OffsetAt): CronFields | null {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [m = '', h = '', dom = '', mon = '', dow = ''] = fields;
  const minutes = parseField(m, bounds.minute);
  const hours = parseField(h, bounds.hour);
  const daysOfMonth = parseField(dom, bounds.dayOfMonth);
  const months = parseField(mon, bounds.month);
  const daysOfWeek = parseField(dow, bounds.dayOfWeek);
  if (minutes === null || hours === null || daysOfMonth === null || months === null || daysOfWeek === null) return null;
  return {
    kind: 'fields',
    minutes: minutes.values,
    hours: hours.values,
    daysOfMonth: daysOfMonth.values,
    months: months.values,
    daysOfWeek: daysOfWeek.values,
    anyDayOfMonth: daysOfMonth.any,
    anyDayOfWeek: daysOfWeek.any,
    offsetAt,
  };
}

/** Ranges with commas between them; empty ones count for nothing. */
function parseField(field: string, within: Bounds): Field | null {
  const values = new Set<number>();
  let any = false;
  for (const part of field.split(',')) {
    if (part === '') continue;
    const range = parseRange(part, within);
    if (range === null) return null;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
    any ||= range.any;
  }
  return { values, any };
}

/** `*`, `?`, `n`, `n-m`, each with an optional `/step`; `n/step` goes on to the end. */
function parseRange(part: string, { min, max, names }: Bounds): Range | null {
  const [range = '', stepText, ...moreSteps] = part.split('/');
  const [low = '', high, ...moreHyphens] = range.split('-');
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (moreSteps.length > 0 || step === null || step === 0) return null;
  if (low === '*' || low === '?') return { from: min, to: max, step, any: step === 1 };

  const from = parseNumber(low, names, min);
  const to = high !== undefined ? parseNumber(high, names, min) : stepText !== undefined ? max : from;
  if (moreHyphens.length > 0 || from === null || to === null) return null;
  return from < min || to > max || from > to ? null : { from, to, step, any: false };
}

function parseNumber(text: string, names: readonly string[] = [], first = 0): number | null {
  const name = names.indexOf(text.toLowerCase());
  if (name >= 0) return name + first;
  return /^\+?\d+$/.test(text) ? Number(text) : null;
}

const unitMs: { readonly [unit: string]: number } = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A duration as Go writes it, such as `1h30m` or `-1.5s`, in ms; null when it is none. */
function parseGoDuration(text: string): number | null {
  const signed = /^([+-]?)(.+)$/s.exec(text);
  if (signed === null) return null;
  const [, sign = '', rest = ''] = signed;
  if (rest === '0') return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return null;
  let ms = 0;
  for (const [, amount, unit = ''] of rest.matchAll(/([\d.]+)([a-zµμ]+)/g)) ms += Number(amount) * (unitMs[unit] ?? 0);
  // More nanoseconds than Go can count is an error there.
  return ms >= 2 ** 63 / 1e6 ? null : sign === '-' ? -ms : ms;
}
