import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { installed } from './installed.ts';

describe('an installation', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'perdure-installed-'));
  after(() => rmSync(root, { recursive: true }));

  /** A package whose files come to so many bytes. */
  const write = (folder: string, manifest: object, bytes: number) => {
    const text = JSON.stringify(manifest);
    mkdirSync(path.join(root, folder, 'lib'), { recursive: true });
    writeFileSync(path.join(root, folder, 'package.json'), text);
    writeFileSync(path.join(root, folder, 'lib/content'), Buffer.alloc(bytes - text.length));
  };
  const sizes = (...folders: string[]) =>
    installed(folders.map((folder) => path.join(root, folder))).map(({ name, bytes }) => [name, bytes]);

  test('counts a package once, where it is found, biggest first', () => {
    write('app', { name: 'app', dependencies: { a: '1', b: '1' } }, 100);
    write('app/node_modules/a', { name: 'a', dependencies: { b: '1', c: '2' } }, 40_000);
    write('app/node_modules/a/node_modules/c', { name: 'c', version: '2' }, 8_192);
    write('app/node_modules/b', { name: 'b', dependencies: { a: '1' } }, 12_289);
    write('app/node_modules/unneeded', { name: 'unneeded' }, 1_000_000);
    assert.deepEqual(sizes('app'), [
      ['a', 40_000],
      ['b', 12_289],
      ['c', 8_192],
      ['app', 100],
    ]);
  });

  test('leaves out what is optional and not there, and throws where anything else is missing', () => {
    write('tool', { name: 'tool', optionalDependencies: { 'tool-for-mars': '1' } }, 100);
    assert.deepEqual(sizes('tool'), [['tool', 100]]);
    write('broken', { name: 'broken', dependencies: { 'not-installed': '1' } }, 100);
    assert.throws(() => sizes('broken'), /broken needs not-installed, which is not installed/);
  });
});
