/**
 * No source file is longer than 400 lines; around 150 is the aim. (The length of functions is checked by the linter.)
 * A file in `sizes.exceptions.json` may have the number of lines written there and not one more; when it gets
 * shorter the number must follow, so that the list can only shrink.
 */
import exceptions from './sizes.exceptions.json' with { type: 'json' };
import type { Fault } from './sources.ts';
import { readSource, report, sourceFiles } from './sources.ts';

const maxLines = 400;

export function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** The faults of files with these numbers of lines under this list of exceptions. */
export function sizeFaults(lines: ReadonlyMap<string, number>, allowed: { readonly [file: string]: number }): Fault[] {
  const faults: Fault[] = [];
  for (const [file, count] of lines) {
    const limit = allowed[file] ?? maxLines;
    if (count > limit)
      faults.push({ file, line: limit + 1, message: `${count} lines, over ${limit}: find the seam and split it` });
  }
  for (const [file, limit] of Object.entries(allowed)) {
    const count = lines.get(file);
    if (count === undefined || count <= maxLines) {
      faults.push({ file, line: 1, message: 'needs no exception any more: take it out of sizes.exceptions.json' });
    } else if (count < limit) {
      faults.push({ file, line: 1, message: `is down to ${count} lines: write that in sizes.exceptions.json` });
    }
  }
  return faults;
}

if (import.meta.main) {
  report('sizes', sizeFaults(new Map(sourceFiles().map((file) => [file, lineCount(readSource(file))])), exceptions));
}
