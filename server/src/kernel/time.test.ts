import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { durationMs, fromTimestamp, toDuration, toTimestamp, validateDuration } from './time.ts';

describe('instants and durations on the wire', () => {
  for (const [ms, seconds, nanos] of [
    [0, 0, 0],
    [1, 0, 1_000_000],
    [1_700_000_000_123, 1_700_000_000, 123_000_000],
    [-1, -1, 999_000_000],
    [-1_000, -1, 0],
  ] as const) {
    test(`the instant ${ms} ms is ${seconds} s and ${nanos} ns, and back`, () => {
      assert.deepEqual(toTimestamp(ms), { seconds, nanos });
      assert.equal(fromTimestamp({ seconds, nanos }), ms);
    });
  }

  for (const [ms, seconds, nanos] of [
    [0, 0, 0],
    [1_500, 1, 500_000_000],
    [0.000_001, 0, 1],
    [0.25, 0, 250_000],
    [-1_500, -1, -500_000_000],
    [-0.5, 0, -500_000],
    [2_592_000_000.000_001, 2_592_000, 1],
  ] as const) {
    test(`the duration ${ms} ms is ${seconds} s and ${nanos} ns, and back`, () => {
      assert.deepEqual(toDuration(ms), { seconds, nanos });
      assert.equal(durationMs({ seconds, nanos }), ms);
    });
  }

  test('every nanosecond of a duration survives the way through milliseconds, for a month', () => {
    for (const seconds of [0, 1, 59, 86_399, 2_592_000]) {
      for (const nanos of [1, 999, 1_001, 123_456_789, 333_333_333, 999_999_999]) {
        assert.deepEqual(toDuration(durationMs({ seconds, nanos })), { seconds, nanos });
      }
    }
  });

  test('nanos never reach a whole second by rounding', () => {
    assert.deepEqual(toDuration(999.999_999_9), { seconds: 1, nanos: 0 });
    assert.deepEqual(toDuration(-999.999_999_9), { seconds: -1, nanos: 0 });
    assert.deepEqual(toTimestamp(999.999_999_9), { seconds: 1, nanos: 0 });
  });

  test('an absent duration is nothing, an absent instant stays absent', () => {
    assert.equal(durationMs(null), 0);
    assert.equal(durationMs(undefined), 0);
    assert.equal(fromTimestamp(null), null);
  });

  for (const [duration, problem] of [
    [null, null],
    [{ seconds: 0, nanos: 0 }, null],
    [{ seconds: 1, nanos: 1 }, null],
    [{ seconds: -1, nanos: 0 }, 'negative duration'],
    [{ seconds: 0, nanos: -1 }, 'negative duration'],
    [{ seconds: 1, nanos: -1 }, 'duration has seconds and nanos with different signs'],
    [{ seconds: -1, nanos: 1 }, 'duration has seconds and nanos with different signs'],
  ] as const) {
    test(`the duration ${JSON.stringify(duration)} is ${problem ?? 'fine'}`, () => {
      assert.equal(validateDuration(duration), problem);
    });
  }
});
