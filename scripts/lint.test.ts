import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { root } from './sources.ts';

describe('the linter', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-lint-'));
  after(() => rmSync(folder, { recursive: true }));
  cpSync(path.join(root, 'biome.json'), path.join(folder, 'biome.json'));

  /** What the linter, as the repository configures it, says about a text at a path. */
  const lint = (file: string, text: string): string => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
    const biome = path.join(root, 'node_modules/.bin/biome');
    const { stdout, stderr } = spawnSync(biome, ['lint', '--colors=off', file], { cwd: folder, encoding: 'utf8' });
    return stdout + stderr;
  };
  const functionOf = (lines: number) =>
    `export function long(): void {\n${'  work();\n'.repeat(lines)}}\n\nfunction work(): void {}\n`;

  test('refuses a function whose body is longer than 70 lines', () => {
    assert.match(lint('server/src/long.ts', functionOf(71)), /noExcessiveLinesPerFunction/);
  });

  test('accepts a function of 70 lines', () => {
    assert.doesNotMatch(lint('server/src/short.ts', functionOf(70)), /noExcessiveLinesPerFunction/);
  });

  test('does not count the lines of a test', () => {
    assert.doesNotMatch(lint('server/src/long.test.ts', functionOf(71)), /noExcessiveLinesPerFunction/);
  });

  test('refuses any', () => {
    assert.match(lint('server/src/any.ts', 'export const x = JSON.parse("1") as any;\n'), /noExplicitAny/);
  });

  test('refuses a promise that nobody waits for', () => {
    const text = 'async function f() {}\nexport function g() {\n  f();\n}\n';
    assert.match(lint('server/src/floating.ts', text), /noFloatingPromises/);
  });

  test('refuses a switch that leaves out a kind', () => {
    const text = `type K = { kind: 'a' } | { kind: 'b' };
export function f(k: K): number {
  switch (k.kind) {
    case 'a':
      return 1;
  }
  return 2;
}
`;
    assert.match(lint('server/src/switch.ts', text), /useExhaustiveSwitchCases/);
  });
});
