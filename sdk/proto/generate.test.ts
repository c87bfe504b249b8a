import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generate } from './generate.ts';

test('the generated files are what the generator makes of the installed protos', () => {
  const folder = new URL('src/generated/', import.meta.url);
  const made = generate();
  assert.deepEqual(readdirSync(folder).sort(), [...made.keys()].sort());
  for (const [name, text] of made) {
    assert.ok(readFileSync(new URL(name, folder), 'utf8') === text, `${name} is stale: run \`npm run generate\``);
  }
});
