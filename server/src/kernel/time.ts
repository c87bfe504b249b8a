/**
 * Instants and durations: the wire's `{ seconds, nanos }` to our milliseconds and back.
 *
 * Fractions of a millisecond are kept. A double holds nanoseconds exactly enough to come back unchanged for durations
 * up to a month, and instants of our century to within a quarter of a microsecond.
 */
export interface WireTime {
  seconds: number;
  nanos: number;
}

const NANOS_PER_SECOND = 1_000_000_000;
const NANOS_PER_MS = 1_000_000;

/** Epoch milliseconds to a `google.protobuf.Timestamp`; `nanos` is never negative, also before 1970. */
export function toTimestamp(ms: number): WireTime {
  const seconds = Math.floor(ms / 1000);
  const nanos = Math.round((ms - seconds * 1000) * NANOS_PER_MS);
  return nanos < NANOS_PER_SECOND ? { seconds, nanos } : { seconds: seconds + 1, nanos: 0 };
}

/** A `google.protobuf.Timestamp` to epoch milliseconds; an absent one stays `null`, it is not 1970. */
export function fromTimestamp(timestamp: WireTime): number;
export function fromTimestamp(timestamp: WireTime | null): number | null;
export function fromTimestamp(timestamp: WireTime | null): number | null {
  return timestamp === null ? null : timestamp.seconds * 1000 + timestamp.nanos / NANOS_PER_MS;
}

/** Milliseconds to a `google.protobuf.Duration`; seconds and nanos have the same sign. */
export function toDuration(ms: number): WireTime {
  const seconds = Math.trunc(ms / 1000) + 0;
  const nanos = Math.round((ms - seconds * 1000) * NANOS_PER_MS) + 0;
  if (nanos >= NANOS_PER_SECOND) return { seconds: seconds + 1, nanos: 0 };
  if (nanos <= -NANOS_PER_SECOND) return { seconds: seconds - 1, nanos: 0 };
  return { seconds, nanos };
}

/** The same, but nothing for 0: SDKs tell a timeout of zero from none. */
export const toDurationOrNone = (ms: number): WireTime | null => (ms === 0 ? null : toDuration(ms));

/** A `google.protobuf.Duration` to milliseconds; an absent one is 0, as everywhere in the API. */
export function durationMs(duration: WireTime | null | undefined): number {
  return duration == null ? 0 : duration.seconds * 1000 + duration.nanos / NANOS_PER_MS;
}

/** The longest duration that is taken at its word: a hundred years of 365 days. Longer ones are cut to it. */
export const LONGEST_DURATION_MS = 100 * 365 * 24 * 3_600_000;

/** What is wrong with a duration that came over the wire, in the words of the reference; null when nothing is. */
export function validateDuration(duration: WireTime | null): string | null {
  if (duration === null) return null;
  const { seconds, nanos } = duration;
  if (seconds * nanos < 0) return 'duration has seconds and nanos with different signs';
  return seconds < 0 || nanos < 0 ? 'negative duration' : null;
}

/** The shorter of two timeouts (ms); 0 stands for none. */
export const shorter = (a: number, b: number): number => (a === 0 || b === 0 ? a || b : Math.min(a, b));
