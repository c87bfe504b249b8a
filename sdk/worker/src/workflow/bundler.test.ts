import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ParsedBundle, parseBundle } from './bundle-format.ts';
import { type BundleOptions, bundleWorkflowCode, moduleMatches } from './bundler.ts';
import { createIsolate } from './isolate/context.ts';

let folder: string;
before(async () => {
  // Within this package, so that the code finds what it imports.
  folder = await mkdtemp(path.join(import.meta.dirname, '.bundled-'));
});
after(() => rm(folder, { recursive: true }));

async function bundle(files: Record<string, string>, options: Partial<BundleOptions> = {}): Promise<ParsedBundle> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const [first] = Object.keys(files);
  return parseBundle((await bundleWorkflowCode({ workflowsPath: path.join(folder, first ?? ''), ...options })).code);
}

type Loaded = { workflows: () => Record<string, (...args: unknown[]) => unknown> };

/** The modules of a bundle, as a run gets them. */
function load(parsed: ParsedBundle): Record<string, (...args: unknown[]) => unknown> {
  const isolate = createIsolate({ ...parsed, isShared: true });
  const module = { exports: {} as Loaded };
  const require = Object.assign((name: string) => isolate.modules[name], { exports: isolate.newExports });
  isolate.newRun(isolate.newGlobals(), require, module, module.exports);
  return module.exports.workflows();
}

/** Arrays of a context are not those of the test. */
const plain = (value: unknown): unknown => structuredClone(value);

describe('a bundle', () => {
  test('has TypeScript and ESM as they are, and functions keep their names', async () => {
    const loaded = load(
      await bundle({
        'names.ts': `
          import { other } from './other.ts';
          function same() { return 1 as number; }
          export const both = () => [same.name, other().name];
          export default function anyOther() {}`,
        'other.ts': 'function same() { return 2; } export const other = () => same;',
      }),
    );
    assert.deepEqual(plain(loaded['both']?.()), ['same', 'same']);
    assert.equal(loaded['default']?.name, 'anyOther');
  });

  test('has namespaces like those of modules', async () => {
    const loaded = load(
      await bundle({
        'spaces.ts': `
          import * as other from './other.ts';
          export { other };
          export const seen = () => [Object.keys(other), { ...other }, 'count' in other, 'toString' in other];
          export const count = () => { other.increment(); return [other.count, (other as any)['count'], Object.values(other)[0]]; };
          export const change = () => { 'use strict'; const alias: any = other; alias.count = 7; };`,
        'other.ts': 'export let count = 0; export function increment() { count++; }',
      }),
    );
    const { increment } = loaded['other'] as never as { increment: unknown };
    const seen = (loaded['seen']?.() ?? []) as [string[], { count: number; increment: unknown }, boolean];
    const [names, copy, ...isIn] = seen;
    assert.deepEqual(plain(names), ['count', 'increment']);
    assert.deepEqual([copy.count, copy.increment, isIn], [0, increment, [true, true]]);
    assert.deepEqual(plain(loaded['count']?.()), [1, 1, 1]);
    assert.throws(() => loaded['change']?.(), { name: 'TypeError' });
  });

  test('has the deterministic part of some of the modules of Node.js', async () => {
    const loaded = load(
      await bundle({
        'builtins.ts': `
          import assert from 'node:assert';
          import { URL } from 'url';
          import { TextEncoder } from 'util';
          export function use() {
            try { assert.equal(1, 2); } catch (error) { assert(error instanceof assert.AssertionError); }
            return [__filename, new URL('a:b').href, new TextEncoder().encode('ab').length]; }`,
      }),
    );
    assert.deepEqual(plain(loaded['use']?.()), ['/index.js', 'a:b', 2]);
  });

  test('gets this SDK where it asks for the official one', async () => {
    const loaded = load(
      await bundle({
        'official.ts': `
          import { proxyActivities } from '@temporalio/workflow';
          import { ApplicationFailure } from '@temporalio/common';
          import * as own from '@perdure/workflow';
          export const isSame = () => proxyActivities === own.proxyActivities && ApplicationFailure === own.ApplicationFailure;`,
      }),
    );
    assert.equal(loaded['isSame']?.(), true);
  });

  test('shares what is preloaded, frozen, and nothing else', async () => {
    const files = {
      'counts.ts': `
        import { shared } from './shared.ts';
        import { own } from './own.ts';
        export const count = () => [++shared.count, ++own.count];`,
      'shared.ts':
        'const counts = new Map([["n", 0]]); export const shared = { get count() { return counts.get("n")!; }, set count(n) { counts.set("n", n); } };',
      'own.ts': 'export const own = { count: 0 };',
    };
    const parsed = await bundle(files, { preloadModules: [path.join(folder, 'shared.ts')] });
    const isolate = createIsolate({ ...parsed, isShared: true });
    const counts = [1, 2].map(() => {
      const module = { exports: {} as Loaded };
      const require = Object.assign((name: string) => isolate.modules[name], { exports: isolate.newExports });
      isolate.newRun(isolate.newGlobals(), require, module, module.exports);
      return plain(module.exports.workflows()['count']?.());
    });
    assert.deepEqual(counts, [
      [1, 1],
      [2, 1],
    ]);
  });

  test('tells where an error comes from, in the source', async () => {
    const loaded = load(
      await bundle({ 'throws.ts': 'type A = 1;\n\nexport function fail() {\n  return new Error("x").stack;\n}' }),
    );
    assert.match(String(loaded['fail']?.()), /at fail \(.*throws\.ts:4:10\)/);
  });

  test('is the same whoever makes it, and small', async () => {
    const files = { 'small.ts': "import { sleep } from '@perdure/workflow'; export const nap = () => sleep(1);" };
    const [one, two] = [await bundle(files), await bundle(files)];
    assert.equal(one.code, two.code);
    assert.ok(one.code.length < 400_000, `${one.code.length} bytes`);
  });
});

describe('what may not be in a bundle', () => {
  test('is refused with all of it, and with the files that led there', async () => {
    await assert.rejects(
      bundle({
        'refused.ts':
          "import './deep.ts'; import { Client } from '@perdure/client'; export const a = () => new Client();",
        'deep.ts': "import dns from 'node:dns'; export const b = dns;",
      }),
      ({ message }: Error) => {
        assert.match(message, /is importing the following disallowed modules.*dns/s);
        assert.match(message, /'dns'\n\s+imported by .*deep\.ts\n\s+imported by .*refused\.ts/);
        assert.match(message, /'@perdure\/client'/);
        return true;
      },
    );
  });

  test('may be there by type, by name only, or ignored', async () => {
    const loaded = load(
      await bundle(
        {
          'ignored.ts': `
            import type { Client } from '@perdure/client';
            import { readFile } from 'node:fs/promises';
            import dns from 'dns';
            export const found = (_?: Client) => typeof dns.lookup;`,
        },
        { ignoreModules: ['dns'] },
      ),
    );
    assert.equal(loaded['found']?.(), 'undefined');
  });

  test('are options of webpack, and modules both preloaded and ignored', async () => {
    const file = { 'options.ts': 'export {}' };
    await assert.rejects(bundle(file, { webpackConfigHook: (config) => config }), /esbuildOptionsHook/);
    await assert.rejects(
      bundle(file, { preloadModules: ['dns'], ignoreModules: ['dns'] }),
      /Cannot preload modules that are also ignored: 'dns'/,
    );
  });

  test('is a file that is not there', async () => {
    await assert.rejects(bundleWorkflowCode({ workflowsPath: path.join(folder, 'nothing.ts') }), /ENOENT/);
  });
});

test('a plugin changes how code is bundled', async () => {
  const plugin = { name: 'p', configureBundler: (given: BundleOptions) => ({ ...given, ignoreModules: ['dns'] }) };
  await bundle({ 'plugged.ts': "import dns from 'dns'; export const a = dns;" }, { plugins: [plugin] });
});

test('modules match by whole names', () => {
  assert.ok(moduleMatches('fs', ['fs']));
  assert.ok(moduleMatches('fs/lib/foo', ['fs']));
  assert.ok(!moduleMatches('fsx', ['fs']));
});
