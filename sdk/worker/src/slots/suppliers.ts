/** The suppliers that a tuner's options stand for. */
import type { Logger } from '@perdure/common';
import { msToNumber } from '@perdure/common/lib/time';
import {
  type ActivitySlotInfo,
  type LocalActivitySlotInfo,
  ResourceBasedController,
  type ResourceBasedSlotOptions,
  type ResourceBasedTunerConfig,
  type ResourceBasedTunerOptions,
  type SlotInfo,
  type SlotSupplier,
  type TunerHolder,
  type WorkerTuner,
  type WorkflowSlotInfo,
} from '../worker-tuner.ts';
import { customSupplier } from './custom.ts';
import { fixedSupplier } from './fixed.ts';
import {
  createController,
  type ResourceController,
  type ResourceSlotLimits,
  resourceBasedSupplier,
} from './resource-based.ts';
import type { Supplier } from './slots.ts';

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
