import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { sha1Hex } from './sha1.ts';

describe('sha1', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000])
    test(`digests a text of ${length} characters as Node does`, () => {
      const text = 'aé€😀z'.repeat(length).slice(0, length);
      assert.equal(sha1Hex(text), createHash('sha1').update(text).digest('hex'));
    });
});
