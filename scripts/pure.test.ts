import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { impurities, isPure } from './pure.ts';

const found = (text: string) =>
  impurities('server/src/engine/x.ts', text).map(({ line, message }) => `${line} ${message}`);

describe('the gate for pure folders', () => {
  const refused: readonly [source: string, fault: string][] = [
    ['const at = Date.now();', '1 Date.now'],
    ["const at = Date['now']();", '1 Date.now'],
    ['const at = new Date();', '1 new Date() without a time'],
    ['const at = Date();', '1 Date()'],
    ['const luck = Math.random();', '1 Math.random'],
    ['const id = crypto.randomUUID();', '1 crypto'],
    ['async function run() {}', '1 async'],
    ['const run = async () => 1;', '1 async'],
    ['class Run { async go() {} }', '1 async'],
    ['\nawait go();', '2 await'],
    ["const fs = import('fs');", '1 import()'],
    ['type Later = Promise<void>;', '1 Promise'],
    ['setTimeout(() => {}, 5);', '1 setTimeout'],
    ['const { env } = process;', '1 process'],
    ['const all = { process };', '1 process'],
    ["console.log('x');", '1 console'],
    ['const t = performance.now();', '1 performance'],
    ["fetch('x');", '1 fetch'],
    ["import { readFileSync } from 'node:fs';", '1 readFileSync of node:fs'],
    ["import 'node:fs';", '1 a side effect of node:fs'],
    ["import { createHash, randomBytes } from 'node:crypto';", '1 randomBytes of node:crypto'],
    ["import * as crypto2 from 'node:crypto';", '1 * of node:crypto'],
  ];
  for (const [source, fault] of refused) {
    test(`refuses ${source.trim()}`, () => {
      assert.deepEqual(found(source), [`${fault} in a pure folder`]);
    });
  }

  const accepted = [
    'const at = new Date(instant).toISOString();',
    'const name = state.process + state.performance;',
    'const record = { process: 1, fetch() {} };',
    'type Port = { readonly now: number; setTimeout: number };',
    "const text = 'Date.now() and await'; // Math.random()",
    "import { createHash } from 'node:crypto';",
    "import { Buffer } from 'node:buffer';",
    "import type { Clock } from '../kernel/clock.ts';",
  ];
  for (const source of accepted) {
    test(`accepts ${source}`, () => {
      assert.deepEqual(found(source), []);
    });
  }

  test('looks at pure folders only, and at neither tests nor the real ends of the ports', () => {
    assert.ok(isPure('server/src/engine/workflow/state.ts'));
    assert.ok(isPure('server/src/kernel/ids.ts'));
    assert.ok(!isPure('server/src/engine/workflow/state.test.ts'));
    assert.ok(!isPure('server/src/kernel/real-clock.ts'));
    assert.ok(!isPure('server/src/host/mailbox.ts'));
  });
});
