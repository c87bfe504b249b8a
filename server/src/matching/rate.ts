/** How often something happened per second, lately: buckets of 5 s over 30 s, as the reference counts. */
export interface Rate {
  readonly since: number;
  /** The bucket that is being filled, counted in bucket widths since the epoch. */
  bucket: number;
  readonly counts: number[];
}

const BUCKET_MS = 5_000;
const WINDOW_MS = 30_000;
/** One more than the window holds: the one being filled counts only as far as it has come. */
const BUCKETS = WINDOW_MS / BUCKET_MS + 1;

export const createRate = (now: number): Rate => ({
  since: now,
  bucket: Math.floor(now / BUCKET_MS),
  counts: new Array<number>(BUCKETS).fill(0),
});

export function count(rate: Rate, now: number): void {
  turnTo(rate, now);
  const slot = rate.bucket % BUCKETS;
  rate.counts[slot] = (rate.counts[slot] ?? 0) + 1;
}

export function perSecond(rate: Rate, now: number): number {
  turnTo(rate, now);
  const sum = rate.counts.reduce((a, b) => a + b, 0);
  const elapsed = Math.min(now - rate.bucket * BUCKET_MS + WINDOW_MS, now - rate.since);
  return elapsed <= 0 ? 0 : sum / (elapsed / 1000);
}

function turnTo(rate: Rate, now: number): void {
  const bucket = Math.floor(now / BUCKET_MS);
  if (bucket <= rate.bucket) return;
  for (let old = Math.max(rate.bucket + 1, bucket - BUCKETS + 1); old <= bucket; old++) rate.counts[old % BUCKETS] = 0;
  rate.bucket = bucket;
}
