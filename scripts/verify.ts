/** All the gates in the order of their cost, then the tests, so that the tests' closing line is the last one. */
import { spawnSync } from 'node:child_process';
import { root } from './sources.ts';

export type Step = { readonly name: string; readonly command: readonly [string, ...string[]] };

const steps: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'sizes', command: ['node', 'scripts/sizes.ts'] },
  { name: 'pure folders', command: ['node', 'scripts/pure.ts'] },
  { name: 'one clock', command: ['node', 'scripts/clocks.ts'] },
  { name: 'imports', command: ['node', 'scripts/imports.ts'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'tests', command: ['npm', 'test', '--silent'] },
];

/** Runs the steps one after the other and stops at the first that fails, giving its name. */
export function runSteps(toRun: readonly Step[], print: (line: string) => void): string | undefined {
  for (const { name, command } of toRun) {
    const [program, ...args] = command;
    const isLast = name === toRun.at(-1)?.name;
    if (isLast) print(name);
    const started = performance.now();
    const { status, error, stdout, stderr } = spawnSync(program, args, {
      cwd: root,
      stdio: isLast ? 'inherit' : 'pipe',
      encoding: 'utf8',
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (status !== 0) {
      if (!isLast) print(`✗ ${name}  ${seconds} s\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
      return name;
    }
    if (!isLast) print(`✓ ${name}  ${seconds} s`);
  }
  return undefined;
}

if (import.meta.main) process.exitCode = runSteps(steps, console.log) === undefined ? 0 : 1;
