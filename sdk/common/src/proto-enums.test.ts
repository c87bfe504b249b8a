import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeActivityCancellationType, encodeActivityCancellationType } from './activity-options.ts';
import { decodeRetryState, encodeRetryState } from './failure.ts';

describe('an enum of the API', () => {
  test('is written from short names, full names and numbers', () => {
    assert.equal(encodeRetryState('TIMEOUT'), 3);
    assert.equal(encodeRetryState('RETRY_STATE_TIMEOUT'), 3);
    assert.equal(encodeRetryState(3), 3);
    assert.equal(encodeRetryState(null), undefined);
    assert.equal(encodeRetryState(undefined), undefined);
  });

  test('refuses to be written from anything else', () => {
    assert.throws(() => encodeRetryState('LATE' as 'TIMEOUT'), {
      name: 'ValueError',
      message: "Invalid enum value: 'LATE'",
    });
    assert.throws(() => encodeRetryState(true as unknown as 3), {
      name: 'ValueError',
      message: "Invalid enum value: 'true' of type boolean",
    });
    assert.throws(() => encodeRetryState('toString' as 'TIMEOUT'), { name: 'ValueError' });
  });

  test('is read from numbers, where unspecified is nothing', () => {
    assert.equal(decodeRetryState(3), 'TIMEOUT');
    assert.equal(decodeRetryState(0), undefined);
    assert.equal(decodeRetryState(null), undefined);
  });

  test('is read from a number that is not known yet', () => {
    assert.equal(decodeRetryState(99 as 3), 'unknown_99');
  });

  test('refuses to be read from a name', () => {
    assert.throws(() => decodeRetryState('TIMEOUT' as unknown as 3), { name: 'ValueError' });
  });

  test('may have a name for zero', () => {
    assert.equal(encodeActivityCancellationType('TRY_CANCEL'), 0);
    assert.equal(decodeActivityCancellationType(0), 'TRY_CANCEL');
  });
});
