import { IllegalStateError, type Logger, type MetricMeter, noopMetricMeter, SdkComponent } from '@perdure/common';
import { MetricMeterWithComposedTags } from '@perdure/common/lib/metrics';
import { isFlushableLogger } from './logger.ts';
import { containerMemoryWarning } from './runtime-memory.ts';
import { type MetricsBuffer, RuntimeMetricMeter } from './runtime-metrics.ts';
import { type CompiledRuntimeOptions, compileOptions, type RuntimeOptions } from './runtime-options.ts';
import { createCoreLogger } from './telemetry/core-logger.ts';
import type { CoreMeter } from './telemetry/core-meter.ts';
import { noopCoreMeter } from './telemetry/core-meter.ts';
import { startTelemetry, type Telemetry } from './telemetry/telemetry.ts';

export type { History } from '@perdure/common/lib/proto-utils';

/**
 * What all connections and Workers of a process share: how it logs, where its metrics go, and on which signals Workers
 * shut down. There is one at a time. It comes into being when it is first needed, and ends with the last connection or
 * Worker; the next one has the same options.
 */
export class Runtime {
  readonly options: CompiledRuntimeOptions;
  readonly logger: Logger;
  /** Makes metrics of the program's own. They go where the SDK's metrics go, which may be nowhere. */
  metricMeter: MetricMeter;
  /** The buffer that metrics go to, if they go to one. @experimental */
  metricsBuffer: MetricsBuffer | undefined;
  /** Metrics of connections and Workers. @internal */
  coreMeter: CoreMeter;
  /** The logger of connections and of what lies below Workers. @internal */
  readonly coreLogger: Logger;

  /** The runtime that there is. @internal */
  static _instance?: Runtime;
  protected static instantiator?: 'install' | 'instance';
  /** For the next runtime, when this one has ended. */
  protected static defaultOptions: RuntimeOptions = {};

  /** Connections being made: the runtime must not end meanwhile. */
  protected pendingCreations = 0;
  /** The connections, Workers and servers that there are. The runtime ends with the last of them. */
  protected readonly backRefs = new Set<object>();
  protected readonly shutdownSignalCallbacks = new Set<() => void>();
  protected state: 'RUNNING' | 'SHUTTING_DOWN' = 'RUNNING';
  #telemetry: Telemetry | undefined;

  protected constructor(options: CompiledRuntimeOptions, telemetry: Telemetry) {
    this.options = options;
    this.logger = options.logger;
    this.metricsBuffer = options.metricsBuffer;
    this.#telemetry = telemetry;
    this.coreMeter = telemetry.coreMeter;
    this.coreLogger = createCoreLogger(options.runtimeOptions.logExporter);
    this.metricMeter =
      telemetry.sink === undefined
        ? noopMetricMeter
        : MetricMeterWithComposedTags.compose(new RuntimeMetricMeter(telemetry.sink), {}, true);
    const warning = containerMemoryWarning();
    if (warning !== undefined) this.logger.warn(warning, { sdkComponent: SdkComponent.worker });
    this.setupShutdownHook();
  }

  /**
   * Makes the runtime, with options of one's own.
   *
   * @throws IllegalStateError when there is one: call it before the first connection or Worker
   * @throws TypeError for options that cannot be
   */
  static install(options: RuntimeOptions): Runtime {
    if (Runtime._instance !== undefined) {
      throw new IllegalStateError(
        Runtime.instantiator === 'install'
          ? 'Runtime singleton has already been installed'
          : 'Runtime singleton has already been instantiated. Did you start a Worker before calling `install`?',
      );
    }
    return Runtime.create(options, 'install');
  }

  /** The runtime. If there is none it is made, with the options of the last one or, failing that, with defaults. */
  static instance(): Runtime {
    return Runtime._instance ?? Runtime.create(Runtime.defaultOptions, 'instance');
  }

  protected static create(options: RuntimeOptions, instantiator: 'install' | 'instance'): Runtime {
    const compiled = compileOptions(options);
    const { metricsExporter, telemetry } = compiled.runtimeOptions;
    const started = startTelemetry(metricsExporter, telemetry, compiled.metricsBuffer, compiled.logger);
    Runtime.defaultOptions = options;
    Runtime.instantiator = instantiator;
    Runtime._instance = new Runtime(compiled, started);
    return Runtime._instance;
  }

  /** Passes on the messages that are held back to be put in order. */
  flushLogs(): void {
    if (isFlushableLogger(this.logger)) this.logger.flush();
  }

  /** Makes something that the runtime must outlive, which it does until `release`. @internal */
  async hold<T extends object>(make: () => Promise<T>): Promise<T> {
    this.pendingCreations++;
    try {
      const made = await make();
      this.backRefs.add(made);
      return made;
    } finally {
      this.pendingCreations--;
      // Nothing was made, and there may be nothing else.
      await this.shutdownIfIdle();
    }
  }

  /** What `hold` made is no more. @internal */
  async release(held: object): Promise<void> {
    this.backRefs.delete(held);
    await this.shutdownIfIdle();
  }

  /** A Worker that the runtime must outlive. @internal */
  registerWorker(worker: object): void {
    this.backRefs.add(worker);
  }

  /** @internal */
  deregisterWorker(worker: object): Promise<void> {
    return this.release(worker);
  }

  protected isIdle(): boolean {
    return this.pendingCreations === 0 && this.backRefs.size === 0;
  }

  protected async shutdownIfIdle(): Promise<void> {
    if (this.isIdle()) await this.shutdown();
  }

  /** Ends the runtime: metrics are told for the last time, messages passed on. The next one is made when it is needed. */
  async shutdown(): Promise<void> {
    const telemetry = this.#telemetry;
    if (telemetry === undefined) return;
    this.#telemetry = undefined;
    if (Runtime._instance === this) delete Runtime._instance;
    this.metricMeter = noopMetricMeter;
    this.coreMeter = noopCoreMeter;
    this.metricsBuffer = undefined;
    this.teardownShutdownHook();
    try {
      await telemetry.close();
    } finally {
      if (isFlushableLogger(this.logger)) this.logger.close?.();
    }
  }

  /** Has a function called when a signal asks for shutdown; soon, if one already has. @internal */
  registerShutdownSignalCallback(callback: () => void): void {
    if (this.state === 'RUNNING') this.shutdownSignalCallbacks.add(callback);
    else queueMicrotask(callback);
  }

  /** @internal */
  deregisterShutdownSignalCallback(callback: () => void): void {
    this.shutdownSignalCallbacks.delete(callback);
  }

  protected setupShutdownHook(): void {
    for (const signal of this.options.shutdownSignals) process.on(signal, this.startShutdownSequence);
  }

  /** From then on another signal has its usual effect. */
  protected teardownShutdownHook(): void {
    for (const signal of this.options.shutdownSignals) process.off(signal, this.startShutdownSequence);
  }

  protected startShutdownSequence = (): void => {
    this.state = 'SHUTTING_DOWN';
    this.teardownShutdownHook();
    for (const callback of this.shutdownSignalCallbacks) queueMicrotask(callback);
    this.shutdownSignalCallbacks.clear();
  };
}
