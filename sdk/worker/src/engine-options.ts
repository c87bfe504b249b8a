import type { Client } from '@perdure/client';
import type { Logger, MetricMeter } from '@perdure/common';
import type { CompiledWorkerOptionsWithBuildId } from './compile-options.ts';
import type { NativeClient } from './connection.ts';
import type { NamespaceFacts } from './namespace.ts';
import type { Call } from './service.ts';
import type { WorkerFields } from './worker-fields.ts';
import type { WorkerMetrics } from './worker-metrics.ts';
import type { WorkerCounts } from './worker-state.ts';
import type { HostServices, WorkflowHost } from './workflow/host.ts';

/** What a worker's parts are put together from. */
export interface EngineOptions {
  readonly options: CompiledWorkerOptionsWithBuildId;
  readonly fields: WorkerFields;
  readonly call: Call;
  readonly counts: WorkerCounts;
  readonly logger: Logger;
  /** For what lies below the worker's own doings. */
  readonly coreLogger: Logger;
  readonly metricMeter: MetricMeter;
  readonly metrics: WorkerMetrics;
  readonly namespace: NamespaceFacts;
  /** From which sizes on payloads and memos are to be warned of. */
  readonly warnSizes: () => NativeClient['payloadLimits'];
  readonly client: () => Client | undefined;
  /** Makes the workflow half; undefined for a worker without workflows. */
  readonly createHost: ((services: HostServices) => Promise<WorkflowHost>) | undefined;
}
