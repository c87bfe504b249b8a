import type { Logger } from '@perdure/common';
import type { Duration } from '@perdure/common/lib/time';
import { msToNumber } from '@perdure/common/lib/time';
import { DefaultLogger } from './logger.ts';
import { NativeLogCollector } from './runtime-logger.ts';
import type { MetricsBuffer } from './telemetry/metrics-buffer.ts';
import type { CoreLogFilterOptions, TelemetryOptions } from './telemetry/options.ts';
import type { CoreLogSettings, RuntimeSettings } from './telemetry/settings.ts';
import { metricsSettings } from './telemetry/settings.ts';

export type {
  BufferedMetricsExporter,
  ConsoleLogger,
  CoreLogFilterOptions,
  ForwardLogger,
  LogExporterConfig,
  MetricsExporterConfig,
  OtelCollectorExporter,
  PrometheusMetricsExporter,
  TelemetryOptions,
} from './telemetry/options.ts';

/** How a process logs, measures and ends. */
export interface RuntimeOptions {
  /**
   * Takes the messages of the SDK, and those of the context loggers of Workflows and Activities.
   *
   * @default a {@link DefaultLogger}: to standard error, from `INFO` on
   */
  logger?: Logger;

  /** Metrics, and the messages of the parts of the SDK below Workers. */
  telemetryOptions?: TelemetryOptions;

  /**
   * How often a Worker tells the server that it is alive, and how it is: between 1 and 60 seconds. `0` for never.
   *
   * @format milliseconds, or text like `10 seconds`
   * @default 60 seconds
   */
  workerHeartbeatInterval?: Duration;

  /**
   * Signals of the process on which all Workers shut down.
   *
   * @default ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2']
   */
  shutdownSignals?: NodeJS.Signals[];
}

/** @internal */
export interface CompiledRuntimeOptions {
  shutdownSignals: NodeJS.Signals[];
  runtimeOptions: RuntimeSettings;
  logger: Logger;
  metricsBuffer: MetricsBuffer | undefined;
}

/** @throws TypeError for options that cannot be */
export function compileOptions(options: RuntimeOptions): CompiledRuntimeOptions {
  const { metrics, noTemporalPrefixForMetrics } = options.telemetryOptions ?? {};
  const { logger, logExporter } = loggers(options);
  const heartbeatMs = msToNumber(options.workerHeartbeatInterval ?? '60s');
  return {
    logger,
    shutdownSignals: options.shutdownSignals ?? ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'],
    runtimeOptions: {
      logExporter,
      telemetry: {
        metricPrefix: metrics?.metricPrefix ?? (noTemporalPrefixForMetrics ? '' : 'temporal_'),
        attachServiceName: metrics?.attachServiceName ?? true,
      },
      metricsExporter: metrics === undefined ? null : metricsSettings(metrics),
      workerHeartbeatIntervalMillis: heartbeatMs === 0 ? null : heartbeatMs,
    },
    metricsBuffer: metrics !== undefined && 'buffer' in metrics ? metrics.buffer : undefined,
  };
}

function loggers(options: RuntimeOptions): { logger: Logger; logExporter: CoreLogSettings } {
  const { logging, tracingFilter } = options.telemetryOptions ?? {};
  const given = options.logger ?? new DefaultLogger('INFO');
  const level = logging !== undefined && 'forward' in logging ? logging.forward?.level : undefined;
  const filter =
    filterText(logging?.filter) ??
    (level === undefined ? undefined : makeTelemetryFilterString({ core: level, other: level })) ??
    tracingFilter ??
    makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' });
  if (logging !== undefined && 'forward' in logging && typeof logging.forward === 'object') {
    const { logger } = new NativeLogCollector(given);
    return { logger, logExporter: { type: 'forward', filter, receiver: logger } };
  }
  const format = logging !== undefined && 'console' in logging ? logging.console?.format : undefined;
  return { logger: given, logExporter: { type: 'console', filter, format: format ?? 'compact' } };
}

function filterText(filter: string | CoreLogFilterOptions | undefined): string | undefined {
  if (!filter) return undefined;
  if (typeof filter === 'string') return filter;
  if (typeof filter !== 'object') throw new TypeError('Invalid logging filter');
  return makeTelemetryFilterString(filter);
}

/** @deprecated Use {@link CoreLogFilterOptions}. */
export type MakeTelemetryFilterStringOptions = CoreLogFilterOptions;

/** The filter that lets through the core's messages from one level on, and everything else's from another. */
export function makeTelemetryFilterString({ core, other = 'ERROR' }: CoreLogFilterOptions): string {
  const parts = ['temporalio_sdk_core', 'temporalio_client', 'temporalio_common'];
  return [other, ...parts.map((part) => `${part}=${core}`)].join(',');
}
