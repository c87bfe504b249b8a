/** How many tasks of each kind a worker takes on at once. */
import type { Duration, WorkerDeploymentVersion } from '@perdure/common';
import { createController, type ResourceController } from './slots/resource-based.ts';

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

export type ResourceBasedTunerConfig = ResourceBasedTunerOptionsConfig | ResourceBasedControllerConfig;

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
