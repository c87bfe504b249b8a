import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { count, createRate, perSecond } from './rate.ts';

const countAt = (since: number, instants: number[]) => {
  const rate = createRate(since);
  for (const at of instants) count(rate, at);
  return rate;
};
const every = (ms: number, from: number, to: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / ms) }, (_, i) => from + i * ms);

describe('a rate', () => {
  test('is nothing before any time has passed', () => assert.equal(perSecond(countAt(1_000, [1_000]), 1_000), 0));
  test('counts from its beginning while it is younger than the window', () =>
    assert.equal(perSecond(countAt(0, every(100, 0, 2_000)), 2_000), 10));
  test('stays the same while nothing changes', () =>
    assert.equal(perSecond(countAt(0, every(100, 0, 300_000)), 300_000), 10));
  test('follows a change within the window', () =>
    assert.equal(perSecond(countAt(0, [...every(100, 0, 60_000), ...every(1_000, 60_000, 95_000)]), 95_000), 1));
  test('fades to nothing when nothing happens', () => {
    const rate = countAt(0, every(100, 0, 30_000));
    assert.ok(perSecond(rate, 45_000) < 6);
    assert.equal(perSecond(rate, 65_000), 0);
    assert.equal(perSecond(rate, 10_000_000), 0);
  });
  test('does not mind a clock that goes backwards', () => {
    const rate = countAt(0, [20_000, 19_000, 4_000]);
    assert.equal(perSecond(rate, 30_000), 0.1);
  });
});
