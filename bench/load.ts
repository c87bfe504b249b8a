/** Keeps a number of operations in flight for a while and measures those that end within the measured time. */
import { type Figures, figuresOf } from './process-figures.ts';

export interface Pids {
  readonly server?: number | undefined;
  readonly worker?: number | undefined;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpuMs: number | null;
  readonly workerCpuMs: number | null;
  readonly serverRssMb: number | null;
}

export interface LoadOptions {
  readonly inFlight: number;
  /** How long to measure, in milliseconds, after a warm-up of a quarter of that. */
  readonly measureMs: number;
  readonly pids: Pids;
}

/**
 * Runs `operation` in `inFlight` lanes, each starting the next as soon as the last is done. What is in flight at the
 * end is waited for, but not counted.
 *
 * @param operation does one round trip; gets its lane's number
 */
export async function measure(operation: (lane: number) => Promise<unknown>, options: LoadOptions): Promise<Measured> {
  const { inFlight, measureMs, pids } = options;
  const begins = performance.now() + measureMs / 4;
  const ends = begins + measureMs;
  const latencies: number[] = [];
  const lane = async (number: number) => {
    for (let start = performance.now(); start < ends; start = performance.now()) {
      await operation(number);
      const now = performance.now();
      if (now >= begins && now < ends) latencies.push(now - start);
    }
  };
  const lanes = Promise.all(Array.from({ length: inFlight }, (_, number) => lane(number)));
  const before = await at(begins, pids);
  const after = await at(ends, pids);
  await lanes;

  latencies.sort((a, b) => a - b);
  const count = latencies.length;
  const perOne = (pid: number | undefined, a: Figures, b: Figures) => (pid === undefined ? null : (b.cpuMs - a.cpuMs) / count);
  return {
    perSecond: count / (measureMs / 1000),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    serverCpuMs: perOne(pids.server, before.server, after.server),
    workerCpuMs: perOne(pids.worker, before.worker, after.worker),
    serverRssMb: pids.server === undefined ? null : after.server.rssBytes / 2 ** 20,
  };
}

async function at(time: number, pids: Pids): Promise<{ server: Figures; worker: Figures }> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
  return { server: figuresOf(pids.server), worker: figuresOf(pids.worker) };
}

/** The value below which a share of the sorted values lies; NaN when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
