/**
 * Runs the tests: every `*.test.ts` of the repository, or those whose path contains one of the arguments. Files run
 * in parallel, each in its own process. The last line is always `N passed, N failed`, counted over test cases: a test
 * that only groups others is not one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { EventData } from 'node:test';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { isTest, root, sourceFiles } from './sources.ts';

const watchdog = path.join(import.meta.dirname, 'test.watchdog.ts');

/** What both SDKs must be able to run is run with each. */
const withOwnSdk: Way = { name: ' with @perdure', preload: path.join(import.meta.dirname, 'with-own-sdk.ts') };
const onSkippedTime: Way = { ...withOwnSdk, name: ' with @perdure, on skipped time', env: { PERDURE_TIME: 'skipped' } };
const withOfficialSdk: Way = {
  name: ' with @temporalio',
  preload: path.join(import.meta.dirname, 'with-official-sdk.ts'),
};

/** What the runner of Node knows besides: of a file that did not end well, its exit code or the signal that ended it. */
type TestError = Error & { readonly failureType?: unknown; readonly exitCode?: number; readonly signal?: string };

type Failure = { readonly title: string; readonly where: string; readonly error: Error | string };

/** What has been heard of one test file so far. */
type Heard = { passed: number; failures: Failure[]; nesting: number; output: string };

/** A way of running tests: what its lines are marked with, what is loaded first, and what its environment says besides. */
export type Way = {
  readonly name: string;
  readonly preload?: string;
  readonly env?: Readonly<Record<string, string>>;
};

export type Tally = { passed: number; failed: number; skipped: number };

/** The test files to run for these arguments (all of them for none), the slow end-to-end ones first. */
export function selectTests(files: readonly string[], filters: readonly string[]): string[] {
  const wanted = filters.map((filter) => path.relative(root, path.resolve(filter)).split(path.sep).join('/'));
  const isSlow = (file: string) => /^(conformance|examples|bench)\//.test(file);
  return files
    .filter((file) => isTest(file) && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
    .sort((a, b) => Number(isSlow(b)) - Number(isSlow(a)));
}

/** Runs the given files (absolute paths), prints one line for each as it ends and then every failure in full. */
export async function runTests(
  files: readonly string[],
  print: (line: string) => void,
  way: Way = { name: '' },
): Promise<Tally> {
  const heard = new Map<string, Heard>();
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const of = (file: string | undefined): Heard => {
    const known = heard.get(file ?? '') ?? { passed: 0, failures: [], nesting: 0, output: '' };
    heard.set(file ?? '', known);
    return known;
  };
  const stream = run({
    files,
    concurrency: availableParallelism(),
    env: { ...process.env, ...way.env },
    execArgv: ['--disable-warning=ExperimentalWarning', ...[watchdog, way.preload].flatMap(preloading)],
  });
  for await (const event of stream) {
    if (event.type === 'test:stdout' || event.type === 'test:stderr') of(event.data.file).output += event.data.message;
    if (event.type === 'test:pass') passed(event.data, of(event.data.file), tally);
    if (event.type === 'test:fail') failed(event.data, of(event.data.file), tally);
    if (event.type === 'test:summary' && event.data.file) {
      const { passed, failures } = of(event.data.file);
      const counts = `${passed} passed${failures.length > 0 ? `, ${failures.length} failed` : ''}`;
      const seconds = (event.data.duration_ms / 1000).toFixed(1);
      const name = `${path.relative(root, event.data.file)}${way.name}`;
      print(`${failures.length > 0 ? '✗' : '✓'} ${name}  ${counts}  ${seconds} s`);
    }
  }
  for (const [file, { failures, output }] of heard)
    if (failures.length > 0) printFailures(file, failures, output, print);
  return tally;
}

const isBehaviour = (file: string): boolean => file.startsWith('conformance/sdk/');
/** An embedded server is ours alone. */
const isExample = (file: string): boolean => file.startsWith('examples/') && !file.startsWith('examples/embedded-app/');

const ways: readonly { readonly way: Way; readonly of: (file: string) => boolean }[] = [
  { way: { name: '' }, of: (file) => !isBehaviour(file) },
  { way: withOfficialSdk, of: (file) => isBehaviour(file) || isExample(file) },
  { way: withOwnSdk, of: isBehaviour },
  // Last: what it leaves behind is compared with what is left behind on real time.
  { way: onSkippedTime, of: isBehaviour },
];

const preloading = (file: string | undefined): string[] => (file === undefined ? [] : [`--import=${file}`]);

function passed(data: EventData.TestPass, file: Heard, tally: Tally): void {
  if (!isCase(data, file)) return;
  if (data.skip || data.todo) {
    tally.skipped++;
  } else if (data.name === data.file) {
    tally.failed++;
    file.failures.push({ title: 'the file as a whole', where: data.name, error: 'there is no test in it' });
  } else {
    tally.passed++;
    file.passed++;
  }
}

function failed(data: EventData.TestFail, file: Heard, tally: Tally): void {
  const error: TestError = data.details.error;
  isCase(data, file);
  if (error.failureType === 'subtestsFailed') return;
  tally.failed++;
  const wholeFile = data.name === data.file;
  // What goes around all tests of a file is told of as the file, too, but has an error of its own.
  const exited = wholeFile && error.failureType !== 'hookFailed';
  file.failures.push({
    title: wholeFile ? 'the file as a whole' : data.name,
    where: `${data.file}:${data.line}`,
    error: exited
      ? `ended with ${error.signal ?? `exit code ${error.exitCode}`}; what it printed is below`
      : (data.details.error.cause ?? error),
  });
}

/** Tests are told of after the tests inside them, so one that is followed by a lesser nesting was inside another. */
function isCase(data: EventData.TestPass | EventData.TestFail, file: Heard): boolean {
  const groups = data.nesting < file.nesting;
  file.nesting = data.nesting;
  return !groups && data.details.type !== 'suite';
}

function printFailures(
  file: string,
  failures: readonly Failure[],
  output: string,
  print: (line: string) => void,
): void {
  for (const { title, where, error } of failures) {
    print(`\n✗ ${title}\n  ${path.relative(root, where)}`);
    const text = typeof error === 'string' ? error : inspect(error, { depth: 6 });
    print(indent(text.replaceAll(/^ +at .*(node:internal|node_modules).*\n?/gm, '')));
  }
  if (output.trim()) print(`\n  printed by ${path.relative(root, file)}:\n${indent(output.trimEnd())}`);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}

async function main(filters: readonly string[]): Promise<void> {
  const files = selectTests(sourceFiles(), filters);
  if (files.length === 0) console.error(`no test file matches ${filters.join(' ')}`);
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const histories = mkdtempSync(path.join(tmpdir(), 'perdure-histories-'));
  for (const { way, of } of ways) {
    const chosen = files.filter(of).map((file) => path.join(root, file));
    if (chosen.length === 0) continue;
    const { passed, failed, skipped } = await runTests(chosen, console.log, {
      ...way,
      env: { ...way.env, PERDURE_HISTORIES: histories },
    });
    tally.passed += passed;
    tally.failed += failed;
    tally.skipped += skipped;
  }
  rmSync(histories, { recursive: true });
  const { passed, failed, skipped } = tally;
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || files.length === 0 ? 1 : 0;
}

if (import.meta.main) await main(process.argv.slice(2));
