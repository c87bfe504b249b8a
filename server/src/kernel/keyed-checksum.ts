/**
 * HalfSipHash-2-4 with a 64-bit result (Aumasson and Bernstein): a short checksum that nobody can make, or guess, who
 * does not have the key. A few hundred bytes take about a microsecond, a tenth of a call into the crypto library.
 */
export interface ChecksumKey {
  readonly k0: number;
  readonly k1: number;
}

export const CHECKSUM_BYTES = 8;

/** The key is the first 8 bytes. */
export function checksumKey(bytes: Uint8Array): ChecksumKey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { k0: view.getInt32(0, true), k1: view.getInt32(4, true) };
}

/** The state of the function; it never outlives a call. */
let v0 = 0;
let v1 = 0;
let v2 = 0;
let v3 = 0;

function mix(rounds: number): void {
  let a = v0;
  let b = v1;
  let c = v2;
  let d = v3;
  for (let round = 0; round < rounds; round++) {
    a = (a + b) | 0;
    b = ((b << 5) | (b >>> 27)) ^ a;
    a = (a << 16) | (a >>> 16);
    c = (c + d) | 0;
    d = ((d << 8) | (d >>> 24)) ^ c;
    a = (a + d) | 0;
    d = ((d << 7) | (d >>> 25)) ^ a;
    c = (c + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ c;
    c = (c << 16) | (c >>> 16);
  }
  v0 = a;
  v1 = b;
  v2 = c;
  v3 = d;
}

function take(word: number): void {
  v3 ^= word;
  mix(2);
  v0 ^= word;
}

/** Writes the checksum of all that follows into the first 8 bytes. */
export function seal(key: ChecksumKey, bytes: Uint8Array): void {
  const [low, high] = checksum(key, bytes);
  for (let n = 0; n < 4; n++) {
    bytes[n] = low >>> (8 * n);
    bytes[n + 4] = high >>> (8 * n);
  }
}

/** Whether the first 8 bytes are the checksum of all that follow. */
export function isSealed(key: ChecksumKey, bytes: Uint8Array): boolean {
  if (bytes.length < CHECKSUM_BYTES) return false;
  const [low, high] = checksum(key, bytes);
  return low === word(bytes, 0, 4) && high === word(bytes, 4, 4);
}

function checksum({ k0, k1 }: ChecksumKey, bytes: Uint8Array): readonly [number, number] {
  v0 = k0;
  v1 = k1 ^ 0xee;
  v2 = 0x6c796765 ^ k0;
  v3 = 0x74656462 ^ k1;
  const length = bytes.length - CHECKSUM_BYTES;
  const tail = bytes.length - (length & 3);
  for (let at = CHECKSUM_BYTES; at < tail; at += 4) take(word(bytes, at, 4));
  take((length << 24) | word(bytes, tail, length & 3));
  v2 ^= 0xee;
  mix(4);
  const low = v1 ^ v3;
  v1 ^= 0xdd;
  mix(4);
  return [low, v1 ^ v3];
}

/** The next bytes, at most four, as a number. */
function word(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let n = 0; n < count; n++) value |= (bytes[at + n] ?? 0) << (8 * n);
  return value;
}
