import type { Poller, PollerSeen } from './contract.ts';

/** Who polled a queue and when, the latest last. Bounded: past the limit the longest unseen is forgotten. */
export interface Seen {
  readonly byIdentity: Map<string, PollerSeen>;
  /** Of any poller, named or not. */
  lastPollAt: number;
}

export const createSeen = (): Seen => ({ byIdentity: new Map(), lastPollAt: Number.NEGATIVE_INFINITY });

export function note(seen: Seen, poller: Poller, now: number, limit: number): void {
  seen.lastPollAt = now;
  if (poller.identity === '') return;
  seen.byIdentity.delete(poller.identity);
  seen.byIdentity.set(poller.identity, { poller, lastAccessTime: now });
  if (seen.byIdentity.size > limit) {
    for (const identity of seen.byIdentity.keys()) {
      seen.byIdentity.delete(identity);
      break;
    }
  }
}

/** Forgets who was last seen at `before` or earlier. */
export function forgetUntil(seen: Seen, before: number): void {
  for (const [identity, { lastAccessTime }] of seen.byIdentity) {
    if (lastAccessTime > before) return;
    seen.byIdentity.delete(identity);
  }
}

/** Forgets pollers that have said goodbye. That the queue was polled stays true. */
export function forgetPollers(seen: Seen, isGone: (poller: Poller) => boolean): void {
  for (const [identity, { poller }] of seen.byIdentity) if (isGone(poller)) seen.byIdentity.delete(identity);
}

export const latestFirst = (seen: Seen): PollerSeen[] => [...seen.byIdentity.values()].reverse();
