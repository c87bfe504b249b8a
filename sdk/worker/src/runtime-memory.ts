import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** Where Linux says how much memory a container may use, in the order in which they count. */
const limits = ['memory.high', 'memory.max', 'memory/memory.limit_in_bytes'];
/** And how much it can count on. */
const reservations = ['memory.low', 'memory.min', 'memory/memory.soft_limit_in_bytes'];

const MEBIBYTE = 1024 * 1024;
/** What is left for everything but the old generation of the heap. */
const OLD_SPACE_SHARE = 0.75;

/** What to say when the container has less memory than Node thinks it may use; undefined when that is not so. */
export function containerMemoryWarning(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const limit = firstNumber(limits);
  const reservation = firstNumber(reservations);
  // A reservation of 0 is none.
  const bytes = reservation || limit;
  if (!bytes || bytes >= totalmem() || bytes >= getHeapStatistics().heap_size_limit) return undefined;
  const suggested = Math.trunc((bytes * OLD_SPACE_SHARE) / MEBIBYTE);
  return (
    `This process may use ${Math.trunc(bytes / MEBIBYTE)} MB of memory, as its container says, but Node's heap may grow ` +
    `to ${Math.trunc(getHeapStatistics().heap_size_limit / MEBIBYTE)} MB: it is likely to be killed for want of memory. ` +
    `Start node with --max-old-space-size=${suggested}.`
  );
}

function firstNumber(files: readonly string[]): number | undefined {
  for (const file of files) {
    const value = readNumber(`/sys/fs/cgroup/${file}`);
    if (value !== undefined) return value;
  }
  return undefined;
}

function readNumber(file: string): number | undefined {
  try {
    const value = Number(readFileSync(file, 'ascii'));
    return Number.isNaN(value) ? undefined : value;
  } catch {
    return undefined;
  }
}
