/*
 * Johannes Baagøe's Alea, a generator of random numbers, seeded with bytes. Histories hold ids that were drawn from it,
 * so the sequence that belongs to a seed may never change.
 *
 * Three fractions and a carry are the state. A hash (Mash) that keeps what it has absorbed so far makes the first
 * fractions from a blank, and takes from each what it makes of the seed. A draw multiplies the oldest fraction, adds the
 * carry, keeps the whole part as the new carry and gives out the rest.
 */

/** Draws the next number, at least 0 and less than 1. */
export type RNG = () => number;

const multiplier = 2091639;
const twoToThe32 = 0x100000000;
const twoToTheMinus32 = 2.3283064365386963e-10;
const mashStart = 0xefc8249d;
const mashFactor = 0.02519603282416938;
const blank = [0x20];

/** Absorbs bytes and gives back a fraction made of all that was absorbed so far. */
export class Mash {
  private absorbed: number = mashStart;

  mash(bytes: readonly number[]): number {
    let n = this.absorbed;
    for (const byte of bytes) {
      n += byte;
      const product = mashFactor * n;
      const whole = product >>> 0;
      const scaled = (product - whole) * whole;
      const low = scaled >>> 0;
      n = low + (scaled - low) * twoToThe32;
    }
    this.absorbed = n;
    return (n >>> 0) * twoToTheMinus32;
  }
}

/** The generator that belongs to a seed, given as bytes. */
export function alea(seed: readonly number[]): RNG {
  const hash = new Mash();
  let [oldest, middle, newest] = [hash.mash(blank), hash.mash(blank), hash.mash(blank)];
  const seeded = (fraction: number): number => {
    const rest = fraction - hash.mash(seed);
    return rest < 0 ? rest + 1 : rest;
  };
  oldest = seeded(oldest);
  middle = seeded(middle);
  newest = seeded(newest);
  let carry = 1;
  return () => {
    const product = multiplier * oldest + carry * twoToTheMinus32;
    carry = product | 0;
    oldest = middle;
    middle = newest;
    newest = product - carry;
    return newest;
  };
}
