import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageText, timeoutHeader } from './headers.ts';

test('a timeout has at most eight digits and is never shorter than asked', () => {
  assert.equal(timeoutHeader(0.2), '1m');
  assert.equal(timeoutHeader(70_000), '70000m');
  assert.equal(timeoutHeader(99_999_999), '99999999m');
  assert.equal(timeoutHeader(100_000_000.5), '100001S');
  assert.equal(timeoutHeader(99_999_999_001), '27778H');
  assert.equal(timeoutHeader(Number.MAX_VALUE), '99999999H');
});

test('a message that is not escaped as it should be is taken as it is', () => {
  assert.equal(messageText(undefined), '');
  assert.equal(messageText('plain'), 'plain');
  assert.equal(messageText('%E2%82%AC'), '€');
  assert.equal(messageText('100% sure'), '100% sure');
});
