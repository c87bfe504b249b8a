import type { google } from '@perdure/proto';
import Long from 'long';

export type Timestamp = google.protobuf.ITimestamp;

/** 64-bit numbers come as Long objects; those used here (event ids, sizes, seconds) fit a double. */
export function toNumber(value: Long | number | null | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === 'number' ? value : value.toNumber();
}

export function isLater(a: Timestamp, b: Timestamp): boolean {
  const seconds = toNumber(a.seconds) - toNumber(b.seconds);
  return seconds === 0 ? (a.nanos ?? 0) > (b.nanos ?? 0) : seconds > 0;
}

/** The time so many milliseconds after another. */
export function after(time: Timestamp, ms: number): Timestamp {
  const nanos = (time.nanos ?? 0) + Math.round((ms % 1000) * 1e6);
  return {
    seconds: Long.fromNumber(toNumber(time.seconds) + Math.floor(ms / 1000) + Math.floor(nanos / 1e9)),
    nanos: nanos % 1e9,
  };
}

export function timestampOf(ms: number): Timestamp {
  return after({ seconds: Long.ZERO, nanos: 0 }, ms);
}

/** A time since the epoch, or a duration. */
export function toMilliseconds({ seconds, nanos }: Timestamp): number {
  return toNumber(seconds) * 1000 + (nanos ?? 0) / 1e6;
}
