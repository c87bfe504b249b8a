/** How much memory and CPU is in use: of the container when there are limits, of the machine otherwise. */
import { readFileSync } from 'node:fs';
import os from 'node:os';

export interface ResourceUsage {
  /** Share of the memory in use, 0 to 1. */
  memory(): number;
  /** Share of the CPU in use, 0 to 1. */
  cpu(): number;
}

/** What usage is computed from. */
export interface ResourceSources {
  /** A file's text, or undefined when it cannot be read. */
  readonly file: (path: string) => string | undefined;
  /** Milliseconds. */
  readonly now: () => number;
  readonly machineMemory: () => { readonly total: number; readonly free: number };
  /** Time of all cores since they started: all of it, and the part spent idle. */
  readonly machineCpu: () => { readonly total: number; readonly idle: number };
}

/** Measurements younger than this are used again (ms). */
const FRESH = 100;

export function measureResources(sources: ResourceSources = realSources): ResourceUsage {
  const readCpu = cpuReader(sources);
  let measured = Number.NEGATIVE_INFINITY;
  let memory = 0;
  let cpu = 0;
  const refresh = () => {
    if (sources.now() - measured < FRESH) return;
    measured = sources.now();
    memory = readMemory(sources);
    cpu = readCpu();
  };
  refresh();
  return {
    memory() {
      refresh();
      return memory;
    },
    cpu() {
      refresh();
      return cpu;
    },
  };
}

const CGROUP = '/sys/fs/cgroup';
/** The first version of control groups says "no limit" with a number close to the largest. */
const NO_LIMIT = 2 ** 60;

function readMemory({ file, machineMemory }: ResourceSources): number {
  const machine = machineMemory();
  const limits = [
    { max: `${CGROUP}/memory.max`, current: `${CGROUP}/memory.current`, stat: `${CGROUP}/memory.stat` },
    {
      max: `${CGROUP}/memory/memory.limit_in_bytes`,
      current: `${CGROUP}/memory/memory.usage_in_bytes`,
      stat: `${CGROUP}/memory/memory.stat`,
    },
  ];
  for (const { max, current, stat } of limits) {
    const limit = number(file(max));
    const used = number(file(current));
    if (limit === undefined || used === undefined || limit >= Math.min(NO_LIMIT, machine.total)) continue;
    // The page cache counts as used, but is given back when somebody needs it.
    const reclaimable = number(/^inactive_file (\d+)$/m.exec(file(stat) ?? '')?.[1]) ?? 0;
    return share(used - reclaimable, limit);
  }
  return share(machine.total - machine.free, machine.total);
}

/** CPU is known as a difference only: each call says what was used since the last. */
function cpuReader(sources: ResourceSources): () => number {
  let lastMachine = sources.machineCpu();
  let lastGroup = groupCpu(sources);
  let last = 0;
  return () => {
    const machine = sources.machineCpu();
    const group = groupCpu(sources);
    const before = lastGroup;
    const machineTotal = machine.total - lastMachine.total;
    const machineUsed = machineTotal - (machine.idle - lastMachine.idle);
    lastMachine = machine;
    lastGroup = group;
    if (group && before && group.at > before.at)
      last = share(group.usedMs - before.usedMs, (group.at - before.at) * group.cores);
    else if (machineTotal > 0) last = share(machineUsed, machineTotal);
    return last;
  };
}

interface GroupCpu {
  readonly at: number;
  readonly usedMs: number;
  /** How many cores the container may use. */
  readonly cores: number;
}

function groupCpu({ file, now }: ResourceSources): GroupCpu | undefined {
  const [quota, period] = (file(`${CGROUP}/cpu.max`) ?? '').split(/\s+/, 2).map(number);
  const usedMicros = number(/^usage_usec (\d+)$/m.exec(file(`${CGROUP}/cpu.stat`) ?? '')?.[1]);
  if (!quota || !period || usedMicros === undefined) return undefined;
  return { at: now(), usedMs: usedMicros / 1000, cores: quota / period };
}

const share = (part: number, whole: number) => Math.min(1, Math.max(0, part / whole));

function number(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? undefined : value;
}

const realSources: ResourceSources = {
  file(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  now: Date.now,
  machineMemory: () => ({ total: os.totalmem(), free: availableMemory() }),
  machineCpu() {
    let total = 0;
    let idle = 0;
    for (const { times } of os.cpus()) {
      total += times.user + times.nice + times.sys + times.irq + times.idle;
      idle += times.idle;
    }
    return { total, idle };
  },
};

/** `os.freemem` leaves out what the system would give back; Linux says what is really to be had. */
function availableMemory(): number {
  const available = number(/^MemAvailable:\s+(\d+) kB$/m.exec(realSources.file('/proc/meminfo') ?? '')?.[1]);
  return available === undefined ? os.freemem() : available * 1024;
}
