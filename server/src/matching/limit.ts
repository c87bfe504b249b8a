/**
 * How fast tasks may leave a queue: a bucket of tokens, one per task, that holds what comes in within a second (at
 * least one) and is full at the start. A rate of 0 lets nothing through.
 */
export interface Limit {
  /** Per second; Infinity for no limit. */
  perSecond: number;
  tokens: number;
  /** Up to when `tokens` was filled (epoch ms). */
  filledAt: number;
}

export const unlimited = (now: number): Limit => ({
  perSecond: Number.POSITIVE_INFINITY,
  tokens: Number.POSITIVE_INFINITY,
  filledAt: now,
});

export function setRate(limit: Limit, perSecond: number, now: number): void {
  if (limit.perSecond === perSecond) return;
  fill(limit, now);
  limit.perSecond = perSecond;
  limit.tokens = Math.min(limit.tokens, capacity(limit));
}

/** Takes one token; false when there is none. */
export function takeToken(limit: Limit, now: number): boolean {
  if (limit.perSecond === Number.POSITIVE_INFINITY) return true;
  fill(limit, now);
  if (limit.tokens < 1) return false;
  limit.tokens--;
  return true;
}

/** When the next token can be had (epoch ms, rounded up to a whole one); null for never. */
export function nextTokenAt(limit: Limit, now: number): number | null {
  if (limit.perSecond === Number.POSITIVE_INFINITY) return now;
  fill(limit, now);
  if (limit.tokens >= 1) return now;
  return limit.perSecond === 0 ? null : Math.ceil(now + ((1 - limit.tokens) / limit.perSecond) * 1000);
}

const capacity = ({ perSecond }: Limit): number => (perSecond === 0 ? 0 : Math.max(1, perSecond));

function fill(limit: Limit, now: number): void {
  const elapsed = Math.max(0, now - limit.filledAt);
  limit.filledAt = now;
  if (limit.perSecond === Number.POSITIVE_INFINITY) return;
  limit.tokens = Math.min(capacity(limit), limit.tokens + (elapsed / 1000) * limit.perSecond);
}
