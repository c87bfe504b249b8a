import type { Logger } from '@perdure/common';
import type { CoreMeter } from './core-meter.ts';
import { createCoreMeter, noopCoreMeter } from './core-meter.ts';
import type { MetricSink } from './metrics.ts';
import { createBufferSink, type MetricsBuffer } from './metrics-buffer.ts';
import { exportToOtel } from './otel-exporter.ts';
import { servePrometheus } from './prometheus-server.ts';
import { PROMETHEUS_CONTENT_TYPE, prometheusText } from './prometheus-text.ts';
import { createRegistry } from './registry.ts';
import type { MetricsSettings, OtelSettings, PrometheusSettings, TelemetrySettings } from './settings.ts';
import { checkBindable, parseSocketAddress } from './socket-address.ts';

/** The metrics of a runtime. */
export interface Telemetry {
  /** Undefined when metrics go nowhere. */
  readonly sink: MetricSink | undefined;
  readonly coreMeter: CoreMeter;
  /** Tells what has not been told yet, and ends. */
  close(): Promise<void>;
}

/**
 * Begins to export metrics as the settings say. Throws a `TypeError` for an address that is none, and an `Error` for one
 * that cannot be listened on.
 */
export function startTelemetry(
  exporter: MetricsSettings | null,
  telemetry: TelemetrySettings,
  buffer: MetricsBuffer | undefined,
  logger: Logger,
): Telemetry {
  if (exporter === null) return { sink: undefined, coreMeter: noopCoreMeter, close: async () => undefined };
  const { sink, close } = startExporter(exporter, buffer, logger);
  return { sink, coreMeter: createCoreMeter(sink, telemetry), close };
}

interface Exporting {
  readonly sink: MetricSink;
  close(): Promise<void>;
}

function startExporter(exporter: MetricsSettings, buffer: MetricsBuffer | undefined, logger: Logger): Exporting {
  switch (exporter.type) {
    case 'prometheus':
      return startPrometheus(exporter, logger);
    case 'otel':
      return startOtel(exporter, logger);
    case 'buffer': {
      const sink = createBufferSink(exporter, () => logger.error('The buffer of metrics is full: updates are dropped'));
      buffer?.bind(sink);
      return { sink, close: async () => buffer?.unbind(sink) };
    }
  }
}

function startPrometheus(settings: PrometheusSettings, logger: Logger): Exporting {
  const address = parseSocketAddress(settings.socketAddr, 'metricsExporter.prometheus.socketAddr');
  checkBindable(address);
  const registry = createRegistry({ ...settings, unitNames: { seconds: 'seconds', milliseconds: 'milliseconds' } });
  const page = { contentType: PROMETHEUS_CONTENT_TYPE, text: () => prometheusText(registry, settings) };
  const onError = (error: Error) => logger.error('Metrics cannot be served for Prometheus', { error });
  return { sink: registry, ...servePrometheus(address, page, onError) };
}

function startOtel(settings: OtelSettings, logger: Logger): Exporting {
  const registry = createRegistry({ ...settings, unitNames: { seconds: 's', milliseconds: 'ms' } });
  const onError = (error: unknown) =>
    logger.warn('Metrics could not be sent to the OpenTelemetry collector', { error });
  return { sink: registry, ...exportToOtel(registry, settings, onError) };
}
