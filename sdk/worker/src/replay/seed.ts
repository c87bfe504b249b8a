import Long from 'long';

/*
 * SipHash-1-3 with a zero key over the run id and a closing 0xff: the seed of a run's random numbers. It must be this
 * function, because ids that workflow code draws from it are in histories that other workers began.
 *
 * In halves of 32 bits, the low one first: every run needs a seed, and numbers of 64 bits are slow.
 */

/** The four words a, b, c and d. */
type State = Int32Array;
const [a, b, c, d] = [0, 2, 4, 6] as const;

/** Adds one word to another. */
function add(s: State, to: number, from: number): void {
  const low = (at(s, to) >>> 0) + (at(s, from) >>> 0);
  s[to + 1] = at(s, to + 1) + at(s, from + 1) + (low > 0xffffffff ? 1 : 0);
  s[to] = low;
}

/** Rotates a word to the left by less than 32 bits, and takes another into it. */
function rotateInto(s: State, word: number, bits: number, other: number): void {
  const [low, high] = [at(s, word), at(s, word + 1)];
  s[word] = ((low << bits) | (high >>> (32 - bits))) ^ at(s, other);
  s[word + 1] = ((high << bits) | (low >>> (32 - bits))) ^ at(s, other + 1);
}

/** Rotates a word by 32 bits. */
function swap(s: State, word: number): void {
  const low = at(s, word);
  s[word] = at(s, word + 1);
  s[word + 1] = low;
}

const at = (s: State, half: number): number => s[half] ?? 0;

function round(s: State): void {
  add(s, a, b);
  rotateInto(s, b, 13, a);
  swap(s, a);
  add(s, c, d);
  rotateInto(s, d, 16, c);
  add(s, a, d);
  rotateInto(s, d, 21, a);
  add(s, c, b);
  rotateInto(s, b, 17, c);
  swap(s, c);
}

const utf8 = new TextEncoder();

/** The 64-bit seed that belongs to a run id. */
export function randomnessSeed(runId: string): Long {
  const text = utf8.encode(runId);
  // Words of eight bytes; the last of them ends with the length.
  const bytes = new Uint8Array((Math.floor((text.length + 1) / 8) + 1) * 8);
  bytes.set(text);
  bytes[text.length] = 0xff;
  bytes[bytes.length - 1] = text.length + 1;
  const view = new DataView(bytes.buffer);
  const s = new Int32Array([
    0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462,
  ]);
  for (let from = 0; from < bytes.length; from += 8)
    absorb(s, view.getInt32(from, true), view.getInt32(from + 4, true));
  s[c] = at(s, c) ^ 0xff;
  round(s);
  round(s);
  round(s);
  return new Long(
    at(s, a) ^ at(s, b) ^ at(s, c) ^ at(s, d),
    at(s, a + 1) ^ at(s, b + 1) ^ at(s, c + 1) ^ at(s, d + 1),
    true,
  );
}

function absorb(s: State, low: number, high: number): void {
  s[d] = at(s, d) ^ low;
  s[d + 1] = at(s, d + 1) ^ high;
  round(s);
  s[a] = at(s, a) ^ low;
  s[a + 1] = at(s, a + 1) ^ high;
}
