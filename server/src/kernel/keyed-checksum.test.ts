import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHECKSUM_BYTES, checksumKey, isSealed, seal } from './keyed-checksum.ts';

const counting = (length: number) => Uint8Array.from({ length }, (_, n) => n);
const key = checksumKey(counting(8));

const sealed = (content: Uint8Array) => {
  const bytes = Buffer.concat([Buffer.alloc(CHECKSUM_BYTES), content]);
  seal(key, bytes);
  return bytes;
};

describe('the checksum is the one that the authors of the function publish', () => {
  // With the key 00 01 … 07, of the bytes 00 01 … of each length.
  const published = [
    [0, '218d1f59b9b83cc8'],
    [1, 'be552412f8387315'],
    [2, '064f39ef7c50eb57'],
    [3, 'ce0f1a45f7060679'],
    [4, 'd5e78a175be52ea1'],
    [7, 'ff202728b07bc684'],
    [8, 'edfee820bce4858c'],
  ] as const;
  for (const [length, expected] of published)
    test(`for ${length} bytes`, () => {
      assert.equal(sealed(counting(length)).subarray(0, CHECKSUM_BYTES).toString('hex'), expected);
    });
});

test('changing any bit breaks the seal', () => {
  const bytes = sealed(counting(150));
  assert.ok(isSealed(key, bytes));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const at = bit >> 3;
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
    assert.ok(!isSealed(key, changed), `bit ${bit}`);
  }
});

test('another key has other seals', () => {
  assert.ok(!isSealed(checksumKey(counting(9).subarray(1)), sealed(counting(20))));
});

test('what is shorter than a checksum is not sealed', () => {
  assert.ok(!isSealed(key, new Uint8Array(7)));
});
