import Long from 'long';

/*
 * SipHash-1-3 with a zero key over the run id and a closing 0xff: the seed of a run's random numbers. It must be this
 * function, because ids that workflow code draws from it are in histories that other workers began.
 */

const mask = 0xffffffffffffffffn;

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & mask;
}

type State = { a: bigint; b: bigint; c: bigint; d: bigint };

function round(s: State): void {
  s.a = (s.a + s.b) & mask;
  s.b = rotate(s.b, 13n) ^ s.a;
  s.a = rotate(s.a, 32n);
  s.c = (s.c + s.d) & mask;
  s.d = rotate(s.d, 16n) ^ s.c;
  s.a = (s.a + s.d) & mask;
  s.d = rotate(s.d, 21n) ^ s.a;
  s.c = (s.c + s.b) & mask;
  s.b = rotate(s.b, 17n) ^ s.c;
  s.c = rotate(s.c, 32n);
}

/** The 64-bit seed that belongs to a run id. */
export function randomnessSeed(runId: string): Long {
  const text = new TextEncoder().encode(runId);
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text);
  bytes[text.length] = 0xff;
  const s: State = {
    a: 0x736f6d6570736575n,
    b: 0x646f72616e646f6dn,
    c: 0x6c7967656e657261n,
    d: 0x7465646279746573n,
  };
  const view = new DataView(bytes.buffer);
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) absorb(s, view.getBigUint64(at, true));
  let last = BigInt(bytes.length & 0xff) << 56n;
  for (let at = whole; at < bytes.length; at++) last |= BigInt(bytes[at] ?? 0) << BigInt(8 * (at - whole));
  absorb(s, last);
  s.c ^= 0xffn;
  round(s);
  round(s);
  round(s);
  return Long.fromString((s.a ^ s.b ^ s.c ^ s.d).toString(16), true, 16);
}

function absorb(s: State, word: bigint): void {
  s.d ^= word;
  round(s);
  s.a ^= word;
}
