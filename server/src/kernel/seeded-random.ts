import type { Random } from './ids.ts';
import { uuid7Source } from './ids.ts';

/**
 * The same seed gives the same ids and numbers. For tests and the simulator.
 *
 * `now` is the time in the ids (epoch milliseconds); without one it stands still and their sequence alone counts.
 */
export function seededRandom(seed: number, now: () => number = () => 0): Random {
  let state = seed | 0;
  // mulberry32: one word of state is plenty for a test run.
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { uuid: uuid7Source(now, word), float: () => word() / 0x1_0000_0000 };
}
