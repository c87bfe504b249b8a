let last = 0n;

/**
 * Nanoseconds since the epoch. Always more than the last time, so that what is sorted by it stays in the order in which it
 * was logged: the clock itself only counts milliseconds.
 */
export function timeOfDayNanos(): bigint {
  const now = BigInt(Date.now()) * 1_000_000n;
  last = now > last ? now : last + 1n;
  return last;
}
