import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Code, type ServiceError } from '../kernel/errors.ts';
import { pollDeadline } from './deadline.ts';
import type { Call } from './transport/contract.ts';

const NOW = 1_000_000;
const call = (deadline: number | undefined): Call => ({
  service: '',
  method: '',
  body: new Uint8Array(0),
  metadata: new Map(),
  deadline,
  signal: new AbortController().signal,
});

describe('a worker’s poll waits', () => {
  test('until shortly before its deadline', () => {
    assert.equal(pollDeadline(call(NOW + 30_000), NOW, 60_000), NOW + 29_000);
  });
  test('no longer than the longest', () => {
    assert.equal(pollDeadline(call(NOW + 300_000), NOW, 60_000), NOW + 60_000);
  });
  test('also when its two seconds shrank a little on the way', () => {
    assert.equal(pollDeadline(call(NOW + 1_950), NOW, 60_000), NOW + 950);
  });
});

describe('a worker’s poll is refused', () => {
  const table: [string, number | undefined, Code, string][] = [
    ['without a deadline', undefined, Code.INVALID_ARGUMENT, 'Context timeout is not set.'],
    ['with too little time', NOW + 1_500, Code.FAILED_PRECONDITION, 'Context timeout is too short.'],
    ['with a deadline that has passed', NOW - 1, Code.FAILED_PRECONDITION, 'Context timeout is too short.'],
  ];
  for (const [name, deadline, code, message] of table)
    test(name, () => {
      assert.throws(
        () => pollDeadline(call(deadline), NOW, 60_000),
        (error: ServiceError) => error.code === code && error.message === message,
      );
    });
});
