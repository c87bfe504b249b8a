import assert from 'node:assert/strict';
import { test } from 'node:test';
import { msToTs } from '@perdure/common/lib/time';
import { retryDelay } from './retry.ts';

const seconds = (n: number) => msToTs(n * 1000);
const failure = (type: string, more = {}) => ({ applicationFailureInfo: { type, ...more } });

test('without a policy the wait begins at a second, doubles, and ends at a hundred seconds', () => {
  const waits = [1, 2, 3, 8, 30].map((attempt) => retryDelay(null, attempt, failure('any')));
  assert.deepEqual(waits, [1000, 2000, 4000, 100_000, 100_000]);
});

test('a policy sets the wait', () => {
  const policy = { initialInterval: seconds(2), backoffCoefficient: 3, maximumInterval: seconds(10) };
  const waits = [1, 2, 3].map((attempt) => retryDelay(policy, attempt, undefined));
  assert.deepEqual(waits, [2000, 6000, 10_000]);
});

test('the last attempt is not followed by another', () => {
  assert.equal(retryDelay({ maximumAttempts: 3 }, 2, undefined), 2000);
  assert.equal(retryDelay({ maximumAttempts: 3 }, 3, undefined), undefined);
});

test('a failure that says so is final, and so is one whose type the policy names, in whatever case', () => {
  assert.equal(retryDelay(null, 1, failure('any', { nonRetryable: true })), undefined);
  assert.equal(retryDelay({ nonRetryableErrorTypes: ['BadInput'] }, 1, failure('badinput')), undefined);
});

test('a failure may say when to try again', () => {
  assert.equal(retryDelay(null, 1, failure('any', { nextRetryDelay: seconds(7) })), 7000);
});
