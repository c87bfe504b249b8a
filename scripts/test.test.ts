import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { runTests, selectTests, type Way } from './test.ts';

describe('the test runner', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-test-'));
  after(() => rmSync(folder, { recursive: true }));

  const outcome = async (name: string, text: string, way?: Way) => {
    const file = path.join(folder, `${name}.test.ts`);
    writeFileSync(file, `import { describe, test } from 'node:test';\n${text}\n`);
    const lines: string[] = [];
    // A runner inside a test would take itself for a child of the outer one and report to it.
    const context = process.env['NODE_TEST_CONTEXT'];
    delete process.env['NODE_TEST_CONTEXT'];
    try {
      return { tally: await runTests([file], (line) => lines.push(line), way), printed: lines.join('\n') };
    } finally {
      if (context !== undefined) process.env['NODE_TEST_CONTEXT'] = context;
    }
  };

  test('selects by part of a path, end-to-end tests first', () => {
    const files = ['api/a.test.ts', 'api/a.ts', 'conformance/b.test.ts', 'server/src/a.test.ts'];
    assert.deepEqual(selectTests(files, []), ['conformance/b.test.ts', 'api/a.test.ts', 'server/src/a.test.ts']);
    assert.deepEqual(selectTests(files, ['server']), ['server/src/a.test.ts']);
  });

  test('counts cases, not the groups around them', async () => {
    const { tally } = await outcome(
      'groups',
      `describe('g', () => { test('a', () => {}); test('b', (t) => t.test('c', () => {})); });
       test('d', (t) => t.test('e', () => { throw new Error('inner'); }));`,
    );
    assert.deepEqual(tally, { passed: 2, failed: 1, skipped: 0 });
  });

  test('shows a failure with its place, its error and what its file printed', async () => {
    const { tally, printed } = await outcome(
      'fails',
      `test('adds up', () => { console.log('on the way'); throw new Error('went wrong'); });`,
    );
    assert.deepEqual(tally, { passed: 0, failed: 1, skipped: 0 });
    assert.match(printed, /✗ adds up\n.*fails\.test\.ts:2\n.*Error: went wrong[\s\S]*on the way/);
  });

  test('shows what a hook around all tests failed with, and how a process ended', async () => {
    const hook = await outcome(
      'hook',
      `import { after } from 'node:test'; after(() => { throw new Error('at last'); }); test('a', () => {});`,
    );
    assert.deepEqual(hook.tally, { passed: 1, failed: 1, skipped: 0 });
    assert.match(hook.printed, /✗ the file as a whole\n.*hook\.test\.ts:2\n.*Error: at last/);
    const killed = await outcome('killed', `test('a', () => {}); setTimeout(() => process.abort(), 20);`);
    assert.match(killed.printed, /ended with SIGABRT/);
  });

  test('loads what a way of running asks for, and marks its lines', async () => {
    const preload = path.join(folder, 'preload.ts');
    writeFileSync(preload, 'process.env.PRELOADED = "yes";\n');
    const text = `test('a', () => { if (process.env.PRELOADED !== 'yes') throw new Error('not loaded'); });`;
    const { tally, printed } = await outcome('way', text, { name: ' another way', preload });
    assert.deepEqual(tally, { passed: 1, failed: 0, skipped: 0 });
    assert.match(printed, /way\.test\.ts another way {2}1 passed/);
  });

  test('fails a file that does not load, one that breaks after its tests, and one without any', async () => {
    const broken = [
      ['load', `throw new Error('at load');`, 0],
      ['late', `test('a', () => {}); setTimeout(() => { throw new Error('late'); }, 20);`, 1],
      ['none', 'export {};', 0],
    ] as const;
    for (const [name, text, passed] of broken) {
      const { tally } = await outcome(name, text);
      assert.deepEqual(tally, { passed, failed: 1, skipped: 0 }, name);
    }
  });

  test('ends a file that would never end, and says what keeps it alive', async () => {
    process.env['TEST_FILE_TIMEOUT_MS'] = '300';
    const { tally, printed } = await outcome(
      'hangs',
      `test('waits', () => new Promise(() => setInterval(() => {}, 9)));`,
    );
    delete process.env['TEST_FILE_TIMEOUT_MS'];
    assert.ok(tally.failed > 0);
    assert.match(printed, /still running after 0\.3 s; kept alive by: .*Timeout/);
  });
});
