import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '@perdure/worker/package.json' with { type: 'json' };
import { pkg } from './pkg.ts';

test('the package knows its name and its version', () => {
  assert.deepEqual(pkg, { name: manifest.name, version: manifest.version });
});
