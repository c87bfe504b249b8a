/**
 * Runs workflows and activities: connects to a server, polls a task queue, and works on what comes.
 *
 * ```ts
 * import { NativeConnection, Worker } from '@perdure/worker';
 * import * as activities from './activities.ts';
 *
 * const connection = await NativeConnection.connect({ address: 'localhost:7233' });
 * const worker = await Worker.create({
 *   connection,
 *   taskQueue: 'orders',
 *   workflowsPath: new URL('./workflows.ts', import.meta.url).pathname,
 *   activities,
 * });
 * await worker.run();
 * ```
 * @module
 */
export { IllegalStateError } from '@perdure/common';
export type { LoggerSinks } from '@perdure/workflow';
export { workflowLogAttributes } from '@perdure/workflow/lib/logs';
export { activityLogAttributes } from './activity-log-attributes.ts';
export { ActivityInboundLogInterceptor, appendDefaultInterceptors } from './activity-log-interceptor.ts';
export type { CompiledWorkerOptions } from './compile-options.ts';
export { NativeConnection, type NativeConnectionPlugin } from './connection.ts';
export type {
  DNSLoadBalancingConfig,
  GrpcCompressionConfig,
  NativeConnectionOptions,
  TLSConfig,
} from './connection-options.ts';
export { startDebugReplayer } from './debug-replayer.ts';
export { defaultSinks } from './default-sinks.ts';
export {
  CombinedWorkerRunError,
  type CombinedWorkerRunErrorCause,
  errors,
  GracefulShutdownPeriodExpiredError,
  PromiseCompletionTimeoutError,
  ShutdownError,
  TransportError,
  UnexpectedError,
  UnhandledRejectionError,
} from './errors.ts';
export * from './interceptors.ts';
export {
  DefaultLogger,
  type LogEntry,
  type Logger,
  type LogLevel,
  type LogMetadata,
  LogTimestamp,
} from './logger.ts';
export type { Observable, Observer, Subscription } from './observable.ts';
export { ReplayError, type ReplayHistoriesIterable, type ReplayResult } from './replay.ts';
export { type ReplayAllOptions, type ReplayReport, replayAll } from './replay-all.ts';
export { type History, Runtime } from './runtime.ts';
export { type BufferedMetricUpdate, MetricsBuffer, type MetricsBufferOptions } from './runtime-metrics.ts';
export {
  type ConsoleLogger,
  type ForwardLogger,
  type LogExporterConfig,
  type MetricsExporterConfig,
  type MetricsExporterConfig as MetricsExporter,
  makeTelemetryFilterString,
  type OtelCollectorExporter,
  type PrometheusMetricsExporter,
  type RuntimeOptions,
  type TelemetryOptions,
} from './runtime-options.ts';
export * from './sinks.ts';
export {
  type DataConverter,
  defaultPayloadConverter,
  type State,
  Worker,
  type WorkerPlugin,
  type WorkerStatus,
} from './worker.ts';
export type {
  PatchActivationCallback,
  PatchActivationInput,
  ReplayWorkerOptions,
  WorkerDeploymentOptions,
  WorkerOptions,
  WorkflowBundle,
  WorkflowBundleOption,
  WorkflowBundlePath,
  WorkflowBundlePathWithSourceMap,
} from './worker-option-types.ts';
export {
  type ActivitySlotInfo,
  type CustomSlotSupplier,
  type FixedSizeSlotSupplier,
  type LocalActivitySlotInfo,
  ResourceBasedController,
  type ResourceBasedSlotOptions,
  type ResourceBasedSlotsForType,
  type ResourceBasedTuner,
  type ResourceBasedTunerOptions,
  type ResourceBasedTunerWithController,
  type SlotInfo,
  type SlotMarkUsedContext,
  type SlotPermit,
  type SlotReleaseContext,
  type SlotReserveContext,
  type SlotSupplier,
  type TunerHolder,
  type WorkerTuner,
  type WorkflowSlotInfo,
} from './worker-tuner.ts';
export {
  type BundleOptions,
  type BundlerPlugin,
  bundleWorkflowCode,
  type WorkflowBundleWithSourceMap,
} from './workflow/bundler.ts';
export { WorkflowInboundLogInterceptor, WorkflowLogInterceptor } from './workflow-log-interceptor.ts';

/** @deprecated Has nothing in it: what it once had, workers do by themselves. */
export const defaultWorkflowInterceptorModules: never[] = [];
