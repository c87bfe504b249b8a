/** What a process has used so far, as Linux tells it under /proc. */
import { readFileSync } from 'node:fs';

export interface Figures {
  /** User and system time of all threads, in milliseconds; Linux counts in steps of 10. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Bytes that went, or will go, to a disk. */
  readonly writtenBytes: number;
}

const NOTHING: Figures = { cpuMs: 0, rssBytes: 0, writtenBytes: 0 };
const TICK_MS = 10;
const PAGE_BYTES = 4096;

/** All zero without a process, or where there is no /proc. */
export function figuresOf(pid: number | undefined): Figures {
  if (pid === undefined) return NOTHING;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const written = /^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'));
    return {
      cpuMs: ticks * TICK_MS,
      rssBytes: Number(fields[21]) * PAGE_BYTES,
      writtenBytes: Number(written?.[1] ?? 0),
    };
  } catch {
    return NOTHING;
  }
}
