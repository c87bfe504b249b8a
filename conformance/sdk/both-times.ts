/**
 * Real and skipped time give the same histories: what a test file leaves behind on real time is kept, and what it leaves
 * behind when time is skipped is compared with it. The runner of the tests says where it is kept, and runs the files both
 * ways (`scripts/test.ts`).
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { comparableStory } from './comparable.ts';
import type { History } from './histories.ts';

/** Whether the servers of this process skip time while a client waits for a result. */
export const skipsTime = process.env['PERDURE_TIME'] === 'skipped';

/**
 * How many tests of a file run at once. On skipped time, one: while others wait for a result, time would jump under a test
 * that is still preparing something.
 */
export const concurrency = skipsTime ? 1 : 20;

const folder = process.env['PERDURE_HISTORIES'] ?? '';
let worlds = 0;

/** Keeps the histories of a world that is being closed, or compares them with those that were kept. */
export function assertSameOnBothTimes(histories: readonly History[]): void {
  if (folder === '') return;
  const kept = join(folder, `${basename(process.argv[1] ?? '')}.${++worlds}.json`);
  const stories = histories.map((history) => comparableStory(history).join('\n')).sort();
  if (!skipsTime) writeFileSync(kept, JSON.stringify(stories));
  // Where it failed on real time there is nothing to compare with, and that has been said.
  else if (existsSync(kept)) assert.deepEqual(stories, JSON.parse(readFileSync(kept, 'utf8')));
}
