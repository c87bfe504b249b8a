import { seededRandom } from '../../../kernel/seeded-random.ts';

/** Picks one. */
export type Choose = <T>(of: readonly T[]) => T;

/** The same seed picks the same. */
export function chooser(seed: number): Choose {
  const random = seededRandom(seed);
  return (of) => of[Math.floor(random.float() * of.length)] as (typeof of)[number];
}

const upTo = Array.from({ length: 100 }, (_, n) => Array.from({ length: n }, (_, index) => index));

/** True once in so many times (below 100). */
export const seldom = (choose: Choose, times: number): boolean => choose(upTo[times] ?? []) === 0;
