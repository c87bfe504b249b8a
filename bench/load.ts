/** Keeps a number of operations in flight for a while and measures those that end within the measured time. */
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Of this process, which runs the client. */
  readonly clientCpuMs: number;
  readonly serverRssMb: number | null;
}

export interface LoadOptions {
  readonly inFlight: number;
  /** How long to measure, in milliseconds, after a warm-up of the same length: code that runs for days is compiled. */
  readonly measureMs: number;
  readonly pids: Pids;
}

/** A slow server is given up to this many times as long, so that every lane ends at least once. */
const PATIENCE = 5;

/**
 * Runs `operation` in `inFlight` lanes, each starting the next as soon as the last is done. What is in flight at the
 * end is waited for, but not counted.
 *
 * @param operation does one round trip; gets its lane's number
 */
export async function measure(operation: (lane: number) => Promise<unknown>, options: LoadOptions): Promise<Measured> {
  const { inFlight, measureMs, pids } = options;
  const begins = performance.now() + measureMs;
  let measuring = true;
  const latencies: number[] = [];
  const lane = async (number: number) => {
    while (measuring) {
      const start = performance.now();
      await operation(number);
      const now = performance.now();
      if (measuring && now >= begins) latencies.push(now - start);
    }
  };
  const lanes = Promise.all(Array.from({ length: inFlight }, (_, number) => lane(number)));
  const before = await at(begins, pids);
  let ends = begins;
  do {
    ends += measureMs;
    await until(ends);
  } while (latencies.length < inFlight && ends < begins + PATIENCE * measureMs);
  const after = await at(ends, pids);
  measuring = false;
  const measuredMs = performance.now() - begins;
  await lanes;

  latencies.sort((a, b) => a - b);
  const count = latencies.length;
  const perOne = (pid: number | undefined, a: Figures, b: Figures) =>
    pid === undefined ? null : (b.cpuMs - a.cpuMs) / count;
  return {
    perSecond: count / (measuredMs / 1000),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    serverCpuMs: perOne(pids.server, before.server, after.server),
    workerCpuMs: perOne(pids.worker, before.worker, after.worker),
    clientCpuMs: (after.clientCpuMs - before.clientCpuMs) / count,
    serverRssMb: pids.server === undefined ? null : after.server.rssBytes / 2 ** 20,
  };
}

async function at(time: number, pids: Pids) {
  await until(time);
  const { user, system } = process.cpuUsage();
  return { server: figuresOf(pids.server), worker: figuresOf(pids.worker), clientCpuMs: (user + system) / 1000 };
}

function until(time: number): Promise<void> {
  return sleep(Math.max(0, time - performance.now()));
}

/** The value below which a share of the sorted values lies; NaN when there are none. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
