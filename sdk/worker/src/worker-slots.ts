/** The slots of a worker, one supply for each kind of task. */
import type { Logger } from '@perdure/common';
import type { CompiledWorkerOptions } from './compile-options.ts';
import { createSlots, type Slots, type Supplier } from './slots/slots.ts';
import { createSuppliers } from './slots/suppliers.ts';
import type { WorkerFields } from './worker-fields.ts';
import type { WorkerMetrics, WorkerType } from './worker-metrics.ts';
import type { ActivitySlotInfo, LocalActivitySlotInfo, SlotInfo, WorkflowSlotInfo } from './worker-tuner.ts';

export interface WorkerSlots {
  readonly workflow: Slots<WorkflowSlotInfo>;
  readonly activity: Slots<ActivitySlotInfo>;
  readonly localActivity: Slots<LocalActivitySlotInfo>;
}

export function createWorkerSlots(
  options: CompiledWorkerOptions,
  fields: WorkerFields,
  metrics: WorkerMetrics,
  logger: Logger,
): WorkerSlots {
  const suppliers = createSuppliers(options.tuner, logger);
  const { deployment } = fields;
  const make = <SI extends SlotInfo>(
    slotType: SI['type'],
    type: WorkerType,
    supplier: Supplier<SI>,
    maximum?: number,
  ): Slots<SI> =>
    createSlots<SI>({
      supplier,
      maximum,
      context: {
        slotType,
        taskQueue: fields.taskQueue,
        workerIdentity: fields.identity,
        workerBuildId: fields.buildId,
        ...(deployment && { workerDeploymentVersion: deployment.version }),
      },
      onChange: (slots) => metrics.slots(type, slots.used(), slots.available()),
    });
  // Both queues have to be polled, whatever the cache has room for.
  const cached = options.maxCachedWorkflows > 0 ? Math.max(2, options.maxCachedWorkflows) : undefined;
  return {
    workflow: make('workflow', 'WorkflowWorker', suppliers.workflow, cached),
    activity: make('activity', 'ActivityWorker', suppliers.activity),
    localActivity: make('local-activity', 'LocalActivityWorker', suppliers.localActivity),
  };
}
