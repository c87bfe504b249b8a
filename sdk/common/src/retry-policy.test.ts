import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Long from 'long';
import { compilePriority, decodePriority } from './priority.ts';
import { compileRetryPolicy, decompileRetryPolicy, type RetryPolicy } from './retry-policy.ts';

const ts = (seconds: number) => ({ seconds: Long.fromNumber(seconds), nanos: 0 });

describe('a retry policy', () => {
  test('begins with a second if it does not say with what', () => {
    assert.deepEqual(compileRetryPolicy({}).initialInterval, ts(1));
  });

  test('without a limit of attempts leaves the field out', () => {
    assert.equal(compileRetryPolicy({ maximumAttempts: Number.POSITIVE_INFINITY }).maximumAttempts, undefined);
  });

  test('goes out and comes in', () => {
    const policy: RetryPolicy = {
      backoffCoefficient: 1.5,
      initialInterval: '2s',
      maximumAttempts: 3,
      maximumInterval: '10s',
      nonRetryableErrorTypes: ['T'],
    };
    assert.deepEqual(decompileRetryPolicy(compileRetryPolicy(policy)), {
      ...policy,
      initialInterval: 2000,
      maximumInterval: 10_000,
    });
    assert.equal(decompileRetryPolicy(null), undefined);
  });

  const refused: [RetryPolicy, string][] = [
    [{ backoffCoefficient: 0 }, 'RetryPolicy.backoffCoefficient must be greater than 0'],
    [{ maximumAttempts: 0 }, 'RetryPolicy.maximumAttempts must be a positive integer'],
    [{ maximumAttempts: 1.5 }, 'RetryPolicy.maximumAttempts must be an integer'],
    [{ maximumInterval: 0 }, 'RetryPolicy.maximumInterval cannot be 0'],
    [{ initialInterval: 0 }, 'RetryPolicy.initialInterval cannot be 0'],
    [
      { initialInterval: '2s', maximumInterval: '1s' },
      'RetryPolicy.maximumInterval cannot be less than its initialInterval',
    ],
  ];
  for (const [policy, message] of refused) {
    test(`of ${JSON.stringify(policy)} is refused`, () => {
      assert.throws(() => compileRetryPolicy(policy), { name: 'ValueError', message });
    });
  }
});

describe('a priority', () => {
  test('has zero and nothing where it says nothing', () => {
    assert.deepEqual(compilePriority({}), { priorityKey: 0, fairnessKey: '', fairnessWeight: 0 });
    assert.deepEqual(compilePriority({ priorityKey: 2, fairnessKey: 'k', fairnessWeight: 0.5 }), {
      priorityKey: 2,
      fairnessKey: 'k',
      fairnessWeight: 0.5,
    });
  });

  test('needs a positive integer', () => {
    assert.throws(() => compilePriority({ priorityKey: 1.5 }), new TypeError('priorityKey must be an integer'));
    assert.throws(() => compilePriority({ priorityKey: -1 }), new RangeError('priorityKey must be a positive integer'));
  });

  test('is read, or is one that says nothing', () => {
    assert.deepEqual(decodePriority({ priorityKey: 2 }), {
      priorityKey: 2,
      fairnessKey: undefined,
      fairnessWeight: undefined,
    });
    assert.deepEqual(Object.values(decodePriority(null)), [undefined, undefined, undefined]);
  });
});
