import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextTokenAt, setRate, takeToken, unlimited } from './limit.ts';

const START = 1_000_000;

function limitedTo(perSecond: number) {
  const limit = unlimited(START);
  setRate(limit, perSecond, START);
  return limit;
}

describe('a limit', () => {
  for (const { perSecond, atOnce, next } of [
    { perSecond: 10, atOnce: 10, next: 100 },
    { perSecond: 0.5, atOnce: 1, next: 2_000 },
    { perSecond: 0, atOnce: 0, next: null },
  ])
    test(`of ${perSecond} per second lets ${atOnce} through at once`, () => {
      const limit = limitedTo(perSecond);
      for (let n = 0; n < atOnce; n++) assert.ok(takeToken(limit, START));
      assert.equal(takeToken(limit, START), false);
      const at = nextTokenAt(limit, START);
      assert.equal(at, next === null ? null : START + next);
      if (at === null) return;
      assert.equal(takeToken(limit, at - 1), false);
      assert.ok(takeToken(limit, at));
    });

  test('does not save up more than a second’s worth', () => {
    const limit = limitedTo(2);
    const later = START + 3_600_000;
    assert.deepEqual(
      [1, 2, 3].map(() => takeToken(limit, later)),
      [true, true, false],
    );
  });

  test('that is lowered takes what was saved up with it', () => {
    const limit = limitedTo(100);
    setRate(limit, 1, START);
    assert.deepEqual(
      [1, 2].map(() => takeToken(limit, START)),
      [true, false],
    );
  });

  test('that is lifted lets everything through', () => {
    const limit = limitedTo(0);
    setRate(limit, Number.POSITIVE_INFINITY, START);
    assert.deepEqual([takeToken(limit, START), nextTokenAt(limit, START)], [true, START]);
  });
});
