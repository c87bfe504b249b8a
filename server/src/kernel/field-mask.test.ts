import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { camelCased } from './field-mask.ts';

describe('a path of a field mask', () => {
  for (const [path, expected] of [
    ['start_to_close_timeout', 'startToCloseTimeout'],
    ['startToCloseTimeout', 'startToCloseTimeout'],
    ['RetryPolicy.MaximumAttempts', 'retryPolicy.maximumAttempts'],
    ['retry_policy.initial_interval', 'retryPolicy.initialInterval'],
    ['priority', 'priority'],
    ['', ''],
  ] as const)
    test(`"${path}" is ${expected || 'nothing'}`, () => {
      assert.equal(camelCased(path), expected);
    });
});
