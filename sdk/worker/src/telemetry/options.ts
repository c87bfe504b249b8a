import type { LogLevel } from '@perdure/common';
import type { Duration } from '@perdure/common/lib/time';
import type { MetricsBuffer } from './metrics-buffer.ts';

export interface TelemetryOptions {
  /** @deprecated Use `logging.filter`. */
  tracingFilter?: string;

  /**
   * Leaves the prefix `temporal_` out of the names of metrics.
   *
   * @deprecated Use `metrics.metricPrefix`.
   */
  noTemporalPrefixForMetrics?: boolean;

  /** Where the messages of the parts below Workers (the core) go, and which of them. */
  logging?: LogExporterConfig;

  /** Where metrics go. @default nowhere */
  metrics?: MetricsExporterConfig;

  /** @deprecated Has no effect. */
  tracing?: unknown;
}

/**
 * What becomes of the core's messages. They are printed unless `forward` is set: then they go to the runtime's logger, and
 * all messages are held back for 100 ms, to be put into the order in which they were logged.
 */
export type LogExporterConfig = {
  /**
   * Which messages there are: levels, or an
   * [env filter](https://docs.rs/tracing-subscriber/0.2.20/tracing_subscriber/struct.EnvFilter.html) that names them. The
   * runtime's logger may leave out more.
   *
   * @default `forward.level` if that is set, else `tracingFilter`, else `{ core: 'WARN', other: 'ERROR' }`
   */
  filter?: string | CoreLogFilterOptions;
} & Partial<ConsoleLogger | ForwardLogger>;

/** The core's messages are printed to standard error. */
export interface ConsoleLogger {
  console: {
    /** @default 'compact' */
    format?: 'compact' | 'pretty' | 'json';
  };
}

/** The core's messages go to the runtime's logger. */
export interface ForwardLogger {
  forward: {
    /** @deprecated Use {@link LogExporterConfig.filter}. */
    level?: LogLevel;
  };
}

export interface CoreLogFilterOptions {
  /** The least severe level of messages of the core itself. */
  core: LogLevel;
  /** The least severe level of everything else's messages. @default 'ERROR' */
  other?: LogLevel;
}

export type MetricsExporterConfig = {
  /** @deprecated Use `otel.temporality`. */
  temporality?: 'cumulative' | 'delta';

  /** What the names of the SDK's own metrics begin with. @default 'temporal_' */
  metricPrefix?: string;

  /** Tags of every metric. They have no effect on buffered metrics. */
  globalTags?: Record<string, string>;

  /** Whether the SDK's own metrics have the tag `service_name`. @default true */
  attachServiceName?: boolean;
} & (PrometheusMetricsExporter | OtelCollectorExporter | BufferedMetricsExporter);

/** Metrics are sent to an OpenTelemetry collector. */
export interface OtelCollectorExporter {
  otel: {
    /**
     * Where the collector is: `grpc://host:4317` or `http://host:4317` for OTLP over gRPC, the whole address such as
     * `http://host:4318/v1/metrics` for OTLP over HTTP (see {@link http}); `grpcs://` or `https://` with TLS. The
     * environment variable `OTEL_EXPORTER_OTLP_ENDPOINT` goes before it.
     */
    url: string;

    /** Whether to speak OTLP over HTTP. @default false: over gRPC */
    http?: boolean;

    /** Headers of every request. */
    headers?: Record<string, string>;

    /** @default 1 second */
    metricsExportInterval?: Duration;

    /** Whether durations are in seconds, not in milliseconds. @default false */
    useSecondsForDurations?: boolean;

    /** Whether values count from the beginning or from the last export. @default 'cumulative' */
    temporality?: 'cumulative' | 'delta';

    /** Bounds of the buckets of histograms, by name; part of a name, such as the one without its prefix, is enough. */
    histogramBucketOverrides?: Record<string, number[]>;
  };
}

/** Metrics are served for Prometheus, under `/metrics`. */
export interface PrometheusMetricsExporter {
  prometheus: {
    /** Address and port to listen on, such as `0.0.0.0:9464`. */
    bindAddress: string;

    /** Accepted, and without effect, as in the SDK that this one follows. @default false */
    countersTotalSuffix?: boolean;

    /** Whether the names of histograms end in their unit, such as `_milliseconds`. @default false */
    unitSuffix?: boolean;

    /** Whether durations are in seconds, not in milliseconds. @default false */
    useSecondsForDurations?: boolean;

    /** Bounds of the buckets of histograms, by name; part of a name, such as the one without its prefix, is enough. */
    histogramBucketOverrides?: Record<string, number[]>;
  };
}

/** Metrics are kept for the program to take. @experimental */
export interface BufferedMetricsExporter {
  buffer: MetricsBuffer;
}
