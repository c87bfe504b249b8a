/** The sinks that every worker has: through them the logs and metrics of workflows get out. */
import type { Logger, MetricCounter, MetricGauge, MetricHistogram, MetricMeter, MetricTags } from '@perdure/common';
import type { LoggerSinks, WorkflowInfo } from '@perdure/workflow';
import type { InjectedSinks } from './sinks.ts';

// biome-ignore lint/suspicious/noExplicitAny: sinks of whatever signature
export type AnySinks = InjectedSinks<any>;

export function defaultSinksFor(logger: Logger, metricMeter: MetricMeter): AnySinks {
  return { __temporal_logger: loggerSink(logger), __temporal_metrics: metricSink(metricMeter) };
}

/**
 * A sink that forwards logs of workflows to a logger.
 *
 * @param logger Without one nothing is registered, and the worker's own logger stays in place.
 * @deprecated Workers forward logs by themselves. Give your logger to the `Runtime`.
 */
export function defaultSinks(logger?: Logger): InjectedSinks<LoggerSinks> {
  return (logger ? { defaultWorkerLogger: loggerSink(logger) } : {}) as InjectedSinks<LoggerSinks>;
}

type LogAttributes = Record<string | symbol, unknown>;

function loggerSink(logger: Logger) {
  const at = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => ({
    fn: (_info: WorkflowInfo, message: string, attributes?: LogAttributes) => {
      logger[level](message, attributes);
    },
  });
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

type ValueType = 'int' | 'float';

/** Workflow code makes its instruments anew with every run; here each is made once. */
function metricSink(meter: MetricMeter) {
  const counters = new Map<string, MetricCounter>();
  const histograms = new Map<string, MetricHistogram>();
  const gauges = new Map<string, MetricGauge>();
  return {
    addMetricCounterValue: {
      fn(_: WorkflowInfo, name: string, unit: string, description: string, value: number, tags: MetricTags) {
        once(counters, name, () => meter.createCounter(name, unit, description)).add(value, tags);
      },
      callDuringReplay: false,
    },
    recordMetricHistogramValue: {
      fn(...[, name, type, unit, description, value, tags]: MeasuredValue) {
        const make = () => meter.createHistogram(name, type, unit, description);
        once(histograms, `${type}:${name}`, make).record(value, tags);
      },
      callDuringReplay: false,
    },
    setMetricGaugeValue: {
      fn(...[, name, type, unit, description, value, tags]: MeasuredValue) {
        const make = () => meter.createGauge(name, type, unit, description);
        once(gauges, `${type}:${name}`, make).set(value, tags);
      },
      callDuringReplay: false,
    },
  };
}

type MeasuredValue = [WorkflowInfo, string, ValueType, string, string, number, MetricTags];

function once<V>(made: Map<string, V>, key: string, make: () => V): V {
  const known = made.get(key);
  if (known !== undefined) return known;
  const value = make();
  made.set(key, value);
  return value;
}
