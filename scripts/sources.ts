/** Which files the gates look at, and how they read them. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node } from 'oxc-parser';
import { parseSync } from 'oxc-parser';

export const root = path.resolve(import.meta.dirname, '..');

const workspaces = ['api', 'server', 'sdk', 'cli', 'conformance', 'bench', 'examples', 'scripts'];
const skipped = new Set(['node_modules', 'dist', 'generated']);

/** A fault that a gate found, where it is and what is wrong with it. */
export type Fault = { readonly file: string; readonly line: number; readonly message: string };

/** Every hand-written TypeScript file of the repository, relative to its root, with forward slashes. */
export function sourceFiles(): string[] {
  return globSync(`{${workspaces.join(',')}}/**/*.ts`, {
    cwd: root,
    exclude: (name) => skipped.has(path.basename(name)),
  })
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

export function isTest(file: string): boolean {
  return file.endsWith('.test.ts');
}

/** Tests, and what only tests use. */
export function isTestCode(file: string): boolean {
  return isTest(file) || file.endsWith('.fixture.ts');
}

export function readSource(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The syntax tree and the imports of a source text. Throws on text that does not parse. */
export function parseSource(file: string, text: string): ReturnType<typeof parseSync> {
  const parsed = parseSync(file, text, { lang: 'ts', sourceType: 'module' });
  const error = parsed.errors[0];
  if (error) throw new Error(`${file}: ${error.message}`);
  return parsed;
}

export type { Node };

/** The direct children of a syntax node. */
export function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The 1-based line that an offset of a text lies on. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Prints the faults, if any, and ends the process accordingly. */
export function report(gate: string, faults: readonly Fault[]): void {
  for (const { file, line, message } of faults) console.error(`${file}:${line}  ${message}`);
  if (faults.length > 0) {
    console.error(`\n${gate}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`);
    process.exitCode = 1;
  }
}
