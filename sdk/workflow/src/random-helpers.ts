import type { UnsafeRandomSource } from './workflow-info.ts';

/** Fills an array with random bytes, one draw each. */
export function fillWithRandom(random: () => number, bytes: Uint8Array): Uint8Array {
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 0x100);
  return bytes;
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** A version 4 UUID out of four draws, 32 bits each. */
export function uuid4FromRandom(random: () => number): string {
  const word = () => (random() * 0x100000000) >>> 0;
  const first = hex(word());
  const second = hex(((word() & 0xffff0fff) | 0x4000) >>> 0);
  const third = hex(((word() & 0x3fffffff) | 0x80000000) >>> 0);
  const fourth = hex(word());
  return `${first}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${fourth}`;
}

/** A source over `random` that leaves no trace where workflow info is written as JSON. */
export function createUnsafeRandomSource(random: () => number): UnsafeRandomSource {
  const source = {
    random,
    uuid4: () => uuid4FromRandom(random),
    fillRandom: (bytes: Uint8Array) => fillWithRandom(random, bytes),
    toJSON: () => undefined,
  };
  return source;
}
