/**
 * Hands out slots as long as memory and CPU stay below their targets. Each has a controller; a slot is given when both
 * say that there is room, not before the last one has had time to show in the measurements (`rampThrottle`), and in any
 * case up to the minimum.
 */
import { pause } from '../gate.ts';
import { createPid } from './pid.ts';
import { measureResources, type ResourceUsage } from './resource-usage.ts';
import type { ReserveContext, Supplier } from './slots.ts';

/** Decides for all kinds of slots together: there is one machine. */
export interface ResourceController {
  readonly targetMemoryUsage: number;
  readonly targetCpuUsage: number;
  /** Whether there is room for one more. */
  mayIssue(): boolean;
  /** What it decided by, as last measured. */
  readonly last: ResourceReadings;
}

export interface ResourceReadings {
  memory: number;
  cpu: number;
  memoryOutput: number;
  cpuOutput: number;
}

export interface ResourceTargets {
  readonly targetMemoryUsage: number;
  readonly targetCpuUsage: number;
}

const GAINS = { proportional: 5, derivative: 1 };
const MEMORY_THRESHOLD = 0.25;
const CPU_THRESHOLD = 0.05;

export function createController(
  { targetMemoryUsage, targetCpuUsage }: ResourceTargets,
  usage: ResourceUsage = measureResources(),
): ResourceController {
  const memoryPid = createPid({ target: targetMemoryUsage, ...GAINS });
  const cpuPid = createPid({ target: targetCpuUsage, ...GAINS });
  const last: ResourceReadings = { memory: 0, cpu: 0, memoryOutput: 0, cpuOutput: 0 };
  return {
    targetMemoryUsage,
    targetCpuUsage,
    last,
    mayIssue() {
      last.memory = usage.memory();
      last.cpu = usage.cpu();
      last.memoryOutput = memoryPid(last.memory);
      last.cpuOutput = cpuPid(last.cpu);
      return last.memory <= targetMemoryUsage && last.memoryOutput > MEMORY_THRESHOLD && last.cpuOutput > CPU_THRESHOLD;
    },
  };
}

export interface ResourceSlotLimits {
  readonly minimumSlots: number;
  readonly maximumSlots: number;
  /** Milliseconds. */
  readonly rampThrottle: number;
}

/** How soon to ask again when there is no room (ms). */
const ASK_AGAIN = 10;

const token = Object.freeze({});

export function resourceBasedSupplier<Info>(
  controller: ResourceController,
  { minimumSlots, maximumSlots, rampThrottle }: ResourceSlotLimits,
  now: () => number = performance.now.bind(performance),
): Supplier<Info> {
  let lastIssued = Number.NEGATIVE_INFINITY;
  /** A workflow worker needs both queues: the first poll of each is always let through. */
  const workflowSlots = { sticky: 0, normal: 0 };
  const counted = (slotType: string, isSticky: boolean, change: number) => {
    if (slotType === 'workflow') workflowSlots[isSticky ? 'sticky' : 'normal'] += change;
  };
  const issue = ({ slotType, isSticky }: ReserveContext) => {
    counted(slotType, isSticky, 1);
    lastIssued = now();
    return { slotType, token };
  };
  const belowMinimum = ({ issued, slotType, isSticky }: ReserveContext) =>
    issued < minimumSlots || (slotType === 'workflow' && workflowSlots[isSticky ? 'sticky' : 'normal'] === 0);

  const tryReserve = (context: ReserveContext) => {
    if (belowMinimum(context)) return issue(context);
    const ramped = now() - lastIssued >= rampThrottle;
    return ramped && context.issued < maximumSlots && controller.mayIssue() ? issue(context) : undefined;
  };
  return {
    kind: 'ResourceBased',
    tryReserve,
    async reserve(context, stop) {
      while (!stop.aborted) {
        const reserved = tryReserve(context());
        if (reserved !== undefined) return reserved;
        const toWait = rampThrottle - (now() - lastIssued);
        await pause(Math.max(ASK_AGAIN, toWait), stop);
      }
      return undefined;
    },
    markUsed: () => {},
    release(_info, reserved, isSticky) {
      counted((reserved as { slotType: string }).slotType, isSticky, -1);
    },
  };
}
