import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '@perdure/api/failure';
import { Code } from './errors.ts';
import { readFailure } from './read-failure.ts';

test('a failure is read, and what is none is the sender’s fault', () => {
  assert.equal(readFailure(Failure.encode({ message: 'no' })).message, 'no');
  assert.throws(() => readFailure(Buffer.of(0x0a, 0x7f)), { code: Code.INVALID_ARGUMENT, message: /cannot be read/ });
});
