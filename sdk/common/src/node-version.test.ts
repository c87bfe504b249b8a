import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireNode } from './node-version.ts';

test('the versions that the worker was made for are taken', () => {
  for (const version of ['22.13.0', '23.11.0', '24.0.0', '100.0.0']) requireNode(version);
});

test('others are refused with what is needed and what there is', () => {
  for (const version of ['22.12.0', '20.19.0', '9.99.0'])
    assert.throws(() => requireNode(version), {
      message: new RegExp(`need Node.js 22.13 or later, and this is ${version}`),
    });
});
