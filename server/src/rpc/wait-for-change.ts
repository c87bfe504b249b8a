import type { Loaded } from '../host/loaded.ts';
import type { ServerContext } from './context.ts';
import type { Call } from './transport/contract.ts';

/** An answer to a long poll is on its way this long before the caller gives up. */
const TAIL_MS = 1_000;

/** Until when a client's long poll may wait (epoch ms): `longest`, or shortly before its own deadline. */
export function longPollDeadline({ deadline }: Call, now: number, longest: number): number {
  if (deadline === undefined) return now + longest;
  return Math.min(now + longest, Math.max(deadline - TAIL_MS, now + (deadline - now) / 2));
}

/**
 * Waits until `happened` says so, asked whenever a change of the run became durable. False when `until` (epoch ms) came
 * first, the caller has gone, or the run must be loaded again.
 */
export function waitForChange(
  { wall }: ServerContext,
  loaded: Loaded,
  happened: () => boolean,
  until: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (happened()) return Promise.resolve(true);
  if (loaded.dropped || signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (answer: boolean): void => {
      cancel();
      loaded.watchers.delete(look);
      signal.removeEventListener('abort', giveUp);
      resolve(answer);
    };
    const look = (): void => {
      if (happened()) end(true);
      else if (loaded.dropped) end(false);
    };
    const giveUp = (): void => end(false);
    const cancel = wall.schedule(until, giveUp);
    loaded.watchers.add(look);
    signal.addEventListener('abort', giveUp);
  });
}
