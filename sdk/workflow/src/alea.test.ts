import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alea } from './alea.ts';
import { deriveAleaSeed } from './random-stream-seed.ts';

describe('alea', () => {
  test('gives the numbers that belong to a seed, which histories rest on', () => {
    const random = alea([1, 2, 3, 4, 5, 6, 7, 8]);
    const first = [random(), random(), random()];
    assert.deepEqual(first, [0.8785023803357035, 0.9782288579735905, 0.527670067967847]);
  });

  test('gives the same numbers for the same seed, and others for another', () => {
    const draw = (seed: number[]) => Array.from({ length: 5 }, alea(seed));
    assert.deepEqual(draw([1, 2]), draw([1, 2]));
    assert.notDeepEqual(draw([1, 2]), draw([2, 1]));
  });

  test('stays within bounds', () => {
    const random = alea([9]);
    for (let i = 0; i < 1000; i++) {
      const drawn = random();
      assert.ok(drawn >= 0 && drawn < 1);
    }
  });

  test('takes seeds for streams apart that differ in where the name begins', () => {
    assert.notDeepEqual(deriveAleaSeed([97], 'b'), deriveAleaSeed([97, 98], ''));
    assert.deepEqual(deriveAleaSeed([1, 2], 'ä').slice(-10), [0, 2, 1, 2, 0, 0, 0, 2, 195, 164]);
  });
});
