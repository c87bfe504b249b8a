import type { Logger } from '@perdure/common';
import { msToNumber } from '@perdure/common/lib/time';
import type { MetricsExporterConfig } from './options.ts';

/** What a runtime is made with, every default filled in. */
export interface RuntimeSettings {
  logExporter: CoreLogSettings;
  telemetry: TelemetrySettings;
  /** `null`: metrics go nowhere. */
  metricsExporter: MetricsSettings | null;
  /** `null`: Workers do not tell the server that they are alive. */
  workerHeartbeatIntervalMillis: number | null;
}

export interface TelemetrySettings {
  metricPrefix: string;
  attachServiceName: boolean;
}

export type CoreLogSettings =
  | { type: 'console'; filter: string; format: 'compact' | 'pretty' | 'json' }
  | { type: 'forward'; filter: string; receiver: Logger };

export type MetricsSettings = PrometheusSettings | OtelSettings | BufferSettings;

interface AggregationSettings {
  globalTags: Record<string, string>;
  useSecondsForDurations: boolean;
  histogramBucketOverrides: Record<string, number[]>;
}

export interface PrometheusSettings extends AggregationSettings {
  type: 'prometheus';
  socketAddr: string;
  countersTotalSuffix: boolean;
  unitSuffix: boolean;
}

export interface OtelSettings extends AggregationSettings {
  type: 'otel';
  url: string;
  protocol: 'http' | 'grpc';
  headers: Record<string, string>;
  /** Milliseconds. */
  metricPeriodicity: number;
  metricTemporality: 'cumulative' | 'delta';
}

export interface BufferSettings {
  type: 'buffer';
  maxBufferSize: number;
  useSecondsForDurations: boolean;
}

/** The exporter that these options ask for, the first of those that they name. `null` when they name none. */
export function metricsSettings(metrics: MetricsExporterConfig): MetricsSettings | null {
  const globalTags = metrics.globalTags ?? {};
  if ('prometheus' in metrics && typeof metrics.prometheus === 'object') {
    const { bindAddress, ...options } = metrics.prometheus;
    return {
      type: 'prometheus',
      socketAddr: bindAddress,
      countersTotalSuffix: options.countersTotalSuffix ?? false,
      unitSuffix: options.unitSuffix ?? false,
      useSecondsForDurations: options.useSecondsForDurations ?? false,
      histogramBucketOverrides: options.histogramBucketOverrides ?? {},
      globalTags,
    };
  }
  if ('otel' in metrics && typeof metrics.otel === 'object') {
    const { url, http, headers, ...options } = metrics.otel;
    return {
      type: 'otel',
      url,
      protocol: http ? 'http' : 'grpc',
      headers: headers ?? {},
      metricPeriodicity: msToNumber(options.metricsExportInterval ?? '1s'),
      metricTemporality: options.temporality ?? metrics.temporality ?? 'cumulative',
      useSecondsForDurations: options.useSecondsForDurations ?? false,
      histogramBucketOverrides: options.histogramBucketOverrides ?? {},
      globalTags,
    };
  }
  if ('buffer' in metrics && typeof metrics.buffer === 'object') {
    const { maxBufferSize, useSecondsForDurations } = metrics.buffer;
    return { type: 'buffer', maxBufferSize, useSecondsForDurations };
  }
  return null;
}
