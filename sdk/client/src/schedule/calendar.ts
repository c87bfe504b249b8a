import type { temporal } from '@perdure/proto';
import { given } from '../given.ts';
import type { CalendarSpec, CalendarSpecDescription, Range } from '../schedule-spec.ts';
import { DAYS_OF_WEEK, MONTHS } from '../schedule-spec.ts';

type RawRange = temporal.api.schedule.v1.IRange;
type RawCalendar = temporal.api.schedule.v1.IStructuredCalendarSpec;

/** A field of a calendar: what its values are on the wire, and what it means to leave it out. */
interface Field<Unit> {
  readonly name: string;
  /** Undefined for a value that the field does not have. */
  toNumber(value: unknown): number | undefined;
  fromNumber(value: number): Unit | undefined;
  readonly leftOut: readonly RawRange[];
  /** For `'*'`. */
  readonly all: readonly RawRange[];
}

const onlyZero: readonly RawRange[] = [{ start: 0, end: 0, step: 0 }];

function numbers(name: string, from: number, to: number, leftOut?: readonly RawRange[]): Field<number> {
  const all = [{ start: from, end: to, step: 1 }];
  return {
    name,
    toNumber: (value) => (typeof value === 'number' && value >= from && value <= to ? value : undefined),
    fromNumber: (value) => value,
    leftOut: leftOut ?? all,
    all,
  };
}

function words<Word extends string>(name: string, list: readonly Word[], first: number): Field<Word> {
  const all = [{ start: first, end: first + list.length - 1, step: 1 }];
  return {
    name,
    toNumber: (value) => {
      const index = list.indexOf(value as Word);
      return index < 0 ? undefined : index + first;
    },
    fromNumber: (value) => list[value - first],
    leftOut: all,
    all,
  };
}

const second = numbers('second', 0, 59, onlyZero);
const minute = numbers('minute', 0, 59, onlyZero);
const hour = numbers('hour', 0, 23, onlyZero);
const everyDay: readonly RawRange[] = [{ start: 1, end: 31, step: 1 }];
// A day 0 never comes, but it is no error either: so the API has it.
const dayOfMonth: Field<number> = { ...numbers('dayOfMonth', 0, 31), leftOut: everyDay, all: everyDay };
const month = words('month', MONTHS, 1);
// No range at all matches every year.
const year: Field<number> = { ...numbers('year', Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, []), all: [] };
const dayOfWeek = words('dayOfWeek', DAYS_OF_WEEK, 0);

function encodeField<Unit>(field: Field<Unit>, input: unknown): RawRange[] {
  if (input === undefined) return [...field.leftOut];
  if (input === '*') return [...field.all];
  return (Array.isArray(input) ? input : [input]).map((item: unknown) => encodeItem(field, item));
}

function encodeItem<Unit>(field: Field<Unit>, item: unknown): RawRange {
  const single = field.toNumber(item);
  if (single !== undefined) return { start: single, end: single, step: 1 };
  if (typeof item === 'object' && item !== null) {
    const { start, end, step } = item as Partial<Range<unknown>>;
    const from = field.toNumber(start);
    if (from !== undefined) {
      return {
        start: from,
        // Ranges without an end are sent with 1, which the server takes for an end before the start: the start alone.
        end: end === undefined ? 1 : (field.toNumber(end) ?? from),
        step: typeof step === 'number' && step > 0 ? step : 1,
      };
    }
  }
  throw new TypeError(`Invalid CalendarSpec component for field ${field.name}: '${item}' of type '${typeof item}'`);
}

function decodeField<Unit>(field: Field<Unit>, input: RawRange[] | null | undefined): Range<Unit>[] {
  return (input ?? []).map((raw) => {
    const from = raw.start ?? 0;
    const start = field.fromNumber(from);
    if (start === undefined) {
      throw new RangeError(`Invalid CalendarSpec component for field ${field.name}: ${from} is out of bounds`);
    }
    const to = raw.end ?? 0;
    const step = raw.step ?? 0;
    return { start, end: to > from ? (field.fromNumber(to) ?? start) : start, step: step > 0 ? step : 1 };
  });
}

/** @throws TypeError for values that a field does not have */
export function encodeOptionalStructuredCalendarSpecs(
  input: CalendarSpec[] | null | undefined,
): RawCalendar[] | undefined {
  return input?.map((spec) =>
    given({
      second: encodeField(second, spec.second),
      minute: encodeField(minute, spec.minute),
      hour: encodeField(hour, spec.hour),
      dayOfMonth: encodeField(dayOfMonth, spec.dayOfMonth),
      month: encodeField(month, spec.month),
      year: encodeField(year, spec.year),
      dayOfWeek: encodeField(dayOfWeek, spec.dayOfWeek),
      comment: spec.comment,
    }),
  );
}

/** @throws RangeError for values that a field does not have */
export function decodeOptionalStructuredCalendarSpecs(
  input: RawCalendar[] | null | undefined,
): CalendarSpecDescription[] {
  return (input ?? []).map((raw) => {
    const spec = {
      second: decodeField(second, raw.second),
      minute: decodeField(minute, raw.minute),
      hour: decodeField(hour, raw.hour),
      dayOfMonth: decodeField(dayOfMonth, raw.dayOfMonth),
      month: decodeField(month, raw.month),
      year: decodeField(year, raw.year),
      dayOfWeek: decodeField(dayOfWeek, raw.dayOfWeek),
      comment: raw.comment,
    };
    return spec as CalendarSpecDescription;
  });
}
