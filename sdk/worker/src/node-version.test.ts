import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireNode } from './node-version.ts';

test('the versions that the worker was made for are taken', () => {
  for (const version of ['22.16.0', '22.20.1', '24.0.0', '100.0.0']) requireNode(version);
});

test('others are refused with what is needed and what there is', () => {
  for (const version of ['22.15.1', '20.19.0', '9.99.0', '23.11.0'])
    assert.throws(() => requireNode(version), {
      message: new RegExp(`needs Node.js 24 or later, or 22 from 22.16 on, and this is ${version}`),
    });
});
