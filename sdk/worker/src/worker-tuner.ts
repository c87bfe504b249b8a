/** How many tasks of each kind a worker takes on at once: the options, and the suppliers they stand for. */
import type { Duration, Logger, WorkerDeploymentVersion } from '@perdure/common';
import { msToNumber } from '@perdure/common/lib/time';
import { customSupplier } from './slots/custom.ts';
import { fixedSupplier } from './slots/fixed.ts';
import {
  createController,
  type ResourceController,
  type ResourceSlotLimits,
  resourceBasedSupplier,
} from './slots/resource-based.ts';
import type { Supplier } from './slots/slots.ts';

/**
 * Decides how many tasks of each kind a worker takes on at once: by the load of the machine (`ResourceBasedTuner`), or
 * kind by kind (`TunerHolder`).
 */
export type WorkerTuner = ResourceBasedTuner | ResourceBasedTunerWithController | TunerHolder;

/** A supplier for each kind of task. Suppliers that go by resources must share their targets or their controller. */
export interface TunerHolder {
  workflowTaskSlotSupplier: SlotSupplier<WorkflowSlotInfo>;
  activityTaskSlotSupplier: SlotSupplier<ActivitySlotInfo>;
  localActivityTaskSlotSupplier: SlotSupplier<LocalActivitySlotInfo>;
  nexusTaskSlotSupplier: SlotSupplier<NexusSlotInfo>;
}

/** Decides whether there is a slot for another task of one kind. */
export type SlotSupplier<SI extends SlotInfo> =
  | ResourceBasedSlotsForType
  | FixedSizeSlotSupplier
  | CustomSlotSupplier<SI>;

/** Tries to keep memory and CPU at given levels by handing out more or fewer slots. */
export interface ResourceBasedTuner extends ResourceBasedTunerSlotOptions, ResourceBasedTunerOptionsConfig {}

/** Like {@link ResourceBasedTuner}, with a controller that several workers of a process can share. */
export interface ResourceBasedTunerWithController
  extends ResourceBasedTunerSlotOptions,
    ResourceBasedControllerConfig {}

interface ResourceBasedTunerSlotOptions {
  /** Default: at least 2 slots, at most 1000, 10 ms between them. */
  workflowTaskSlotOptions?: ResourceBasedSlotOptions;
  /** Default: at least 1 slot, at most 2000, 50 ms between them. */
  activityTaskSlotOptions?: ResourceBasedSlotOptions;
  /** Default: at least 1 slot, at most 2000, 50 ms between them. */
  localActivityTaskSlotOptions?: ResourceBasedSlotOptions;
  /** Default: at least 1 slot, at most 2000, 50 ms between them. */
  nexusTaskSlotOptions?: ResourceBasedSlotOptions;
}

interface ResourceBasedTunerOptionsConfig {
  tunerOptions: ResourceBasedTunerOptions;
  controller?: never;
}

interface ResourceBasedControllerConfig {
  controller: ResourceBasedController;
  tunerOptions?: never;
}

type ResourceBasedTunerConfig = ResourceBasedTunerOptionsConfig | ResourceBasedControllerConfig;

/** The levels to keep. Within a container with limits they are shares of those, otherwise of the whole machine. */
export interface ResourceBasedTunerOptions {
  /** Share of the memory, 0 to 1. 1 is not recommended. */
  targetMemoryUsage: number;
  /** Share of the CPU, 0 to 1. */
  targetCpuUsage: number;
}

/** Measures the machine and decides whether there is room for more, for all tuners that are given it. */
export class ResourceBasedController {
  /** @internal */
  readonly resources: ResourceController;

  private constructor(resources: ResourceController) {
    this.resources = resources;
  }

  /** Makes a controller with these targets. */
  static create(options: ResourceBasedTunerOptions): ResourceBasedController {
    return new ResourceBasedController(createController(options));
  }
}

/** Bounds for slots that are handed out by resources. */
export interface ResourceBasedSlotOptions {
  /** Slots that are handed out whatever the load. Must be at least 1. */
  minimumSlots?: number;
  /** The most slots there will be. */
  maximumSlots?: number;
  /** How long to wait after a slot beyond the minimum before the next, so that the load can show. */
  rampThrottle?: Duration;
}

/** Slots of one kind, handed out by resources. */
export type ResourceBasedSlotsForType = ResourceBasedSlotOptions &
  ResourceBasedTunerConfig & {
    type: 'resource-based';
  };

/** A given number of slots. */
export interface FixedSizeSlotSupplier {
  type: 'fixed-size';
  /** Must be at least 1. */
  numSlots: number;
}

/**
 * Slots handed out by your own code. What it throws is logged, and asked again later.
 *
 * @experimental
 */
export interface CustomSlotSupplier<SI extends SlotInfo> {
  type: 'custom';
  /**
   * Resolves with a slot once there is one. Called before a poll is opened.
   *
   * @param abortSignal Aborted when the slot is not wanted any more; what the call then does is ignored.
   */
  reserveSlot(ctx: SlotReserveContext, abortSignal: AbortSignal): Promise<SlotPermit>;
  /** Returns a slot, or null when there is none at the moment. Used for eager activities. Must not block. */
  tryReserveSlot(ctx: SlotReserveContext): SlotPermit | null;
  /** A slot is about to be used for a task. Must not block. */
  markSlotUsed(ctx: SlotMarkUsedContext<SI>): void;
  /** A slot is given back, used or not. Must not block. */
  releaseSlot(ctx: SlotReleaseContext<SI>): void;
}

/** What a slot is used for. */
export type SlotInfo = WorkflowSlotInfo | ActivitySlotInfo | LocalActivitySlotInfo | NexusSlotInfo;

export interface WorkflowSlotInfo {
  type: 'workflow';
  workflowType: string;
  isSticky: boolean;
}

export interface ActivitySlotInfo {
  type: 'activity';
  activityType: string;
}

export interface LocalActivitySlotInfo {
  type: 'local-activity';
  activityType: string;
}

export interface NexusSlotInfo {
  type: 'nexus';
  service: string;
  operation: string;
}

/** A slot, as your supplier handed it out. It may carry whatever you like. */
// biome-ignore lint/suspicious/noEmptyInterface: suppliers put into it what they like
export interface SlotPermit {}

/** Who asks for a slot. */
export interface SlotReserveContext {
  slotType: SlotInfo['type'];
  taskQueue: string;
  workerIdentity: string;
  workerBuildId: string;
  workerDeploymentVersion?: WorkerDeploymentVersion;
  /** Whether it is for a poll of the worker's own queue, of workflows that it has in its cache. */
  isSticky: boolean;
}

export interface SlotMarkUsedContext<SI extends SlotInfo> {
  slotInfo: SI;
  permit: SlotPermit;
}

export interface SlotReleaseContext<SI extends SlotInfo> {
  /** Undefined when the slot was never used. */
  slotInfo?: SI;
  permit: SlotPermit;
}

/** A supplier for each kind of slot. */
export interface TunerSuppliers {
  readonly workflow: Supplier<WorkflowSlotInfo>;
  readonly activity: Supplier<ActivitySlotInfo>;
  readonly localActivity: Supplier<LocalActivitySlotInfo>;
}

/** Checks a tuner's options and makes its suppliers. Throws a `TypeError` at options that contradict each other. */
export function createSuppliers(tuner: WorkerTuner, logger: Logger): TunerSuppliers {
  if ('workflowTaskSlotSupplier' in tuner) return suppliersOfHolder(tuner, logger);
  if (!('tunerOptions' in tuner) && !('controller' in tuner)) throw new TypeError('Invalid worker tuner configuration');
  const controller = controllerOf(tuner);
  return {
    workflow: resourceBasedSupplier(controller, limitsOf(tuner.workflowTaskSlotOptions, WORKFLOW_SLOTS)),
    activity: resourceBasedSupplier(controller, limitsOf(tuner.activityTaskSlotOptions, OTHER_SLOTS)),
    localActivity: resourceBasedSupplier(controller, limitsOf(tuner.localActivityTaskSlotOptions, OTHER_SLOTS)),
  };
}

const WORKFLOW_SLOTS: ResourceSlotLimits = { minimumSlots: 2, maximumSlots: 1000, rampThrottle: 10 };
const OTHER_SLOTS: ResourceSlotLimits = { minimumSlots: 1, maximumSlots: 2000, rampThrottle: 50 };

function suppliersOfHolder(holder: TunerHolder, logger: Logger): TunerSuppliers {
  const controller = sharedController([
    holder.workflowTaskSlotSupplier,
    holder.activityTaskSlotSupplier,
    holder.localActivityTaskSlotSupplier,
    holder.nexusTaskSlotSupplier,
  ]);
  const supplier = <SI extends SlotInfo>(options: SlotSupplier<SI>, defaults: ResourceSlotLimits): Supplier<SI> => {
    switch (options.type) {
      case 'resource-based':
        return resourceBasedSupplier(controller ?? controllerOf(options), limitsOf(options, defaults));
      case 'custom':
        return customSupplier(options, logger);
      case 'fixed-size':
        return fixedSupplier(options.numSlots);
    }
  };
  return {
    workflow: supplier(holder.workflowTaskSlotSupplier, WORKFLOW_SLOTS),
    activity: supplier(holder.activityTaskSlotSupplier, OTHER_SLOTS),
    localActivity: supplier(holder.localActivityTaskSlotSupplier, OTHER_SLOTS),
  };
}

function limitsOf(options: ResourceBasedSlotOptions | undefined, defaults: ResourceSlotLimits): ResourceSlotLimits {
  const { minimumSlots, maximumSlots, rampThrottle } = options ?? {};
  return {
    minimumSlots: minimumSlots ?? defaults.minimumSlots,
    maximumSlots: maximumSlots ?? defaults.maximumSlots,
    rampThrottle: rampThrottle === undefined ? defaults.rampThrottle : msToNumber(rampThrottle),
  };
}

function controllerOf(config: ResourceBasedTunerConfig): ResourceController {
  const { controller, tunerOptions } = config;
  if ((controller === undefined) === (tunerOptions === undefined))
    throw new TypeError('Resource-based tuner must specify exactly one of controller or tunerOptions');
  if (controller === undefined) return createController(tunerOptions as ResourceBasedTunerOptions);
  if (!(controller instanceof ResourceBasedController))
    throw new TypeError('Resource-based tuner controller must be a ResourceBasedController');
  return controller.resources;
}

/** All suppliers of a worker that go by resources must go by the same: there is one machine. */
function sharedController(suppliers: readonly SlotSupplier<never>[]): ResourceController | undefined {
  let shared: ResourceController | undefined;
  for (const supplier of suppliers) {
    if (supplier.type !== 'resource-based') continue;
    const own = controllerOf(supplier);
    if (shared !== undefined && !goBySame(shared, own, supplier.controller !== undefined))
      throw new TypeError('Cannot construct worker tuner with multiple different resource-based tuner configurations');
    shared ??= own;
  }
  return shared;
}

const goBySame = (left: ResourceController, right: ResourceController, isGiven: boolean) =>
  isGiven
    ? left === right
    : left.targetMemoryUsage === right.targetMemoryUsage && left.targetCpuUsage === right.targetCpuUsage;
