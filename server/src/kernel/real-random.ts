import { randomFillSync } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Random } from './ids.ts';
import { uuid7Source } from './ids.ts';
import { realClock } from './real-clock.ts';

// One system call for many ids: asking the kernel for every word would cost more than the id.
const pool = new Uint32Array(1024);
let next = pool.length;

function word(): number {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  return pool[next++] ?? 0;
}

/** Randomness of the machine; the time in its ids is the clock's. */
export function randomOn(clock: Clock): Random {
  return { uuid: uuid7Source(clock.now, word), float: Math.random };
}

/** Randomness and time of the machine. */
export const systemRandom: Random = randomOn(realClock);
