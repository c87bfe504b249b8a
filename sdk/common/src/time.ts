import type { google } from '@perdure/proto';
import Long from 'long';
import ms from 'ms';
import { ValueError } from './errors.ts';

type Unit =
  | `${'Year' | 'Yr' | 'Week' | 'Day' | 'Hour' | 'Hr' | 'Minute' | 'Min' | 'Second' | 'Sec'}${'' | 's'}`
  | `${'Millisecond' | 'Msec'}${'' | 's'}`
  | 'Y'
  | 'W'
  | 'D'
  | 'H'
  | 'M'
  | 's'
  | 'Ms';
type UnitInAnyCase = Unit | Uppercase<Unit> | Lowercase<Unit>;

/** A text that the package `ms` understands, such as `'2 hours'`, `'1.5d'` or `'100'`, which is in milliseconds. */
export type StringValue = `${number}` | `${number}${UnitInAnyCase}` | `${number} ${UnitInAnyCase}`;

/** Seconds and nanoseconds: an instant since 1970, or a duration. */
export type Timestamp = google.protobuf.ITimestamp;

/** A number of milliseconds, or a text such as `'2 hours'` in the format of the package `ms`. */
export type Duration = StringValue | number;

type Absent = null | undefined;

const msPerSecond = 1000;
const nanosPerMs = 1_000_000;

/** Milliseconds, rounded down. */
export function tsToMs(ts: Timestamp | Absent): number {
  if (ts == null) throw new Error(`Expected timestamp, got ${ts}`);
  return secondsOf(ts) * msPerSecond + Math.floor((ts.nanos ?? 0) / nanosPerMs);
}

/** `Number` of a Long goes by way of its text; of what was read from JSON, text is what there is. */
function secondsOf({ seconds }: Timestamp): number {
  return Long.isLong(seconds) ? seconds.toNumber() : Number(seconds ?? 0);
}

export function optionalTsToMs(ts: Timestamp | Absent): number | undefined {
  return ts == null ? undefined : tsToMs(ts);
}

/** Throws a `TypeError` that names the field if there is no timestamp. */
export function requiredTsToMs(ts: Timestamp | Absent, fieldName: string): number {
  if (ts == null) throw new TypeError(`Expected ${fieldName} to be a timestamp, got ${ts}`);
  return tsToMs(ts);
}

/** Throws a {@link ValueError} for what is no number. */
export function msNumberToTs(millis: number): Timestamp {
  const seconds = Math.floor(millis / msPerSecond);
  // The remainder has the sign of the dividend: what is negative is off by a second, as it is in the reference.
  const nanos = (millis % msPerSecond) * nanosPerMs;
  if (Number.isNaN(seconds) || Number.isNaN(nanos)) throw new ValueError(`Invalid millis ${millis}`);
  return { seconds: Long.fromNumber(seconds), nanos };
}

/** Throws a `TypeError` for a text that is no duration. */
export function msToNumber(val: Duration): number {
  if (typeof val === 'number') return val;
  const millis: number | undefined = ms(val);
  if (millis == null || Number.isNaN(millis)) throw new TypeError(`Invalid duration string: '${val}'`);
  return millis;
}

export function msOptionalToNumber(val: Duration | undefined): number | undefined {
  return val === undefined ? undefined : msToNumber(val);
}

export function msToTs(str: Duration): Timestamp {
  return msNumberToTs(msToNumber(str));
}

export function msOptionalToTs(str: Duration | Absent): Timestamp | undefined {
  return str == null ? undefined : msToTs(str);
}

export function tsToDate(ts: Timestamp): Date {
  return new Date(tsToMs(ts));
}

export function optionalTsToDate(ts: Timestamp | Absent): Date | undefined {
  return ts == null ? undefined : tsToDate(ts);
}

/** Throws a `TypeError` that names the field if there is no timestamp. */
export function requiredTsToDate(ts: Timestamp | Absent, fieldName: string): Date {
  return new Date(requiredTsToMs(ts, fieldName));
}

export function optionalDateToTs(date: Date | Absent): Timestamp | undefined {
  return date == null ? undefined : msToTs(date.getTime());
}
