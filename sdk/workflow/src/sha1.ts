/*
 * SHA-1 (FIPS 180-4) of a text's UTF-8 bytes, in plain arithmetic, since the isolate has no `crypto`. Not for secrets.
 */

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** The bytes, a one bit, zeros, and the length in bits as 64 bits: a whole number of blocks of 16 words. */
function padded(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  view.setBigUint64(view.byteLength - 8, BigInt(bytes.length) * 8n);
  return view;
}

type State = [number, number, number, number, number];

/** The round function and constant of each quarter of the 80 rounds. */
const quarters: readonly { readonly mix: (b: number, c: number, d: number) => number; readonly constant: number }[] = [
  { mix: (b, c, d) => (b & c) | (~b & d), constant: 0x5a827999 },
  { mix: (b, c, d) => b ^ c ^ d, constant: 0x6ed9eba1 },
  { mix: (b, c, d) => (b & c) | (b & d) | (c & d), constant: 0x8f1bbcdc },
  { mix: (b, c, d) => b ^ c ^ d, constant: 0xca62c1d6 },
];

function schedule(view: DataView, start: number): Uint32Array {
  const words = new Uint32Array(80);
  const at = (index: number): number => words[index] ?? 0;
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(start + 4 * i);
  for (let i = 16; i < 80; i++) words[i] = rotate(at(i - 3) ^ at(i - 8) ^ at(i - 14) ^ at(i - 16), 1);
  return words;
}

function absorb(state: State, words: Uint32Array): void {
  let [a, b, c, d, e] = state;
  for (const [quarter, { mix, constant }] of quarters.entries())
    for (let i = 20 * quarter; i < 20 * quarter + 20; i++) {
      const next = (rotate(a, 5) + mix(b, c, d) + e + constant + (words[i] ?? 0)) | 0;
      [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
    }
  for (const [i, word] of [a, b, c, d, e].entries()) state[i] = ((state[i] ?? 0) + word) | 0;
}

/** The digest as 40 hexadecimal digits. */
export function sha1Hex(input: string): string {
  const state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const view = padded(input);
  for (let start = 0; start < view.byteLength; start += 64) absorb(state, schedule(view, start));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
