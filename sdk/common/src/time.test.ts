import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Long from 'long';
import {
  type Duration,
  msNumberToTs,
  msOptionalToNumber,
  msOptionalToTs,
  msToNumber,
  msToTs,
  optionalDateToTs,
  optionalTsToDate,
  optionalTsToMs,
  requiredTsToDate,
  requiredTsToMs,
  tsToDate,
  tsToMs,
} from './time.ts';

const ts = (seconds: number, nanos = 0) => ({ seconds: Long.fromNumber(seconds), nanos });

describe('a duration', () => {
  const durations: [Duration, number][] = [
    [5, 5],
    [0, 0],
    ['1s', 1000],
    ['1.5 hours', 5_400_000],
    ['100', 100],
    ['-2 days', -172_800_000],
  ];
  for (const [duration, ms] of durations) {
    test(`of ${duration} is ${ms} milliseconds`, () => assert.equal(msToNumber(duration), ms));
  }

  test('that is none is refused', () => {
    assert.throws(() => msToNumber('soon' as '1s'), new TypeError("Invalid duration string: 'soon'"));
    assert.throws(() => msToNumber('' as '1s'), Error);
  });

  test('may be absent', () => {
    assert.equal(msOptionalToNumber(undefined), undefined);
    assert.equal(msOptionalToTs(undefined), undefined);
    assert.equal(msOptionalToTs(null), undefined);
    assert.deepEqual(msOptionalToTs('1s'), ts(1));
  });

  test('on the wire is seconds and nanoseconds', () => {
    assert.deepEqual(msToTs('1.5s'), ts(1, 500_000_000));
    assert.deepEqual(msNumberToTs(0), ts(0));
  });

  test('that is no number is refused', () => {
    assert.throws(() => msNumberToTs(Number.NaN), { name: 'ValueError', message: 'Invalid millis NaN' });
  });
});

describe('a timestamp', () => {
  test('is rounded down to milliseconds', () => {
    assert.equal(tsToMs(ts(2, 1_999_999)), 2001);
    assert.equal(tsToMs(ts(-2, 500_000_000)), -1500);
    assert.equal(tsToMs({}), 0);
  });

  test('may have a plain number of seconds, as messages that were never encoded have', () => {
    assert.equal(tsToMs({ seconds: 3 as unknown as Long, nanos: null }), 3000);
  });

  test('may be absent where it says so', () => {
    assert.equal(optionalTsToMs(null), undefined);
    assert.equal(optionalTsToDate(undefined), undefined);
    assert.equal(optionalDateToTs(null), undefined);
    assert.equal(optionalTsToMs(ts(1)), 1000);
  });

  test('is missed where it is required', () => {
    assert.throws(() => tsToMs(undefined), new Error('Expected timestamp, got undefined'));
    assert.throws(
      () => requiredTsToMs(null, 'startTime'),
      new TypeError('Expected startTime to be a timestamp, got null'),
    );
    assert.throws(() => requiredTsToDate(undefined, 'startTime'), TypeError);
    assert.equal(requiredTsToMs(ts(1), 'startTime'), 1000);
  });

  test('is a date and back', () => {
    const date = new Date('2024-02-29T12:00:00.250Z');
    assert.deepEqual(tsToDate(optionalDateToTs(date) ?? {}), date);
    assert.deepEqual(optionalTsToDate(msToTs(date.getTime())), date);
    assert.deepEqual(requiredTsToDate(msToTs(0), 'x'), new Date(0));
  });
});
