import type {
  MetricCounter,
  MetricGauge,
  MetricHistogram,
  MetricKind,
  MetricMeter,
  MetricTags,
  MetricUpDownCounter,
  NumericMetricValueType,
} from '@perdure/common';
import type { MetricDefinition, MetricSink } from './telemetry/metrics.ts';

export {
  type BufferedMetricUpdate,
  MetricsBuffer,
  type MetricsBufferOptions,
} from './telemetry/metrics-buffer.ts';

/**
 * Makes metrics whose values go where the runtime's do. Tags are put together by a `MetricMeterWithComposedTags` around
 * it, so nothing here takes tags beforehand.
 *
 * @internal
 */
export class RuntimeMetricMeter implements MetricMeter {
  readonly #sink: MetricSink;

  constructor(sink: MetricSink) {
    this.#sink = sink;
  }

  createCounter(name: string, unit = '', description = ''): MetricCounter {
    const definition = define(name, 'counter', 'int', unit, description);
    const record = recorder(this.#sink, definition, 'MetricCounter');
    return { ...definition, kind: 'counter', valueType: 'int', add: record, withTags: noTags };
  }

  createHistogram(
    name: string,
    valueType: NumericMetricValueType = 'int',
    unit = '',
    description = '',
  ): MetricHistogram {
    const definition = define(name, 'histogram', valueType, unit, description);
    const record = recorder(this.#sink, definition, 'MetricHistogram');
    return { ...definition, kind: 'histogram', record, withTags: noTags };
  }

  createGauge(name: string, valueType: NumericMetricValueType = 'int', unit = '', description = ''): MetricGauge {
    const definition = define(name, 'gauge', valueType, unit, description);
    return { ...definition, kind: 'gauge', set: recorder(this.#sink, definition, 'MetricGauge'), withTags: noTags };
  }

  createUpDownCounter(name: string, unit = '', description = ''): MetricUpDownCounter {
    const definition = define(name, 'up-down-counter', 'int', unit, description);
    const add = (value: number, tags: MetricTags = {}): void => this.#sink.series(definition, tags).record(value);
    return { ...definition, kind: 'up-down-counter', valueType: 'int', add, withTags: noTags };
  }

  withTags(_extraTags: MetricTags): MetricMeter {
    return noTags();
  }
}

const define = (
  name: string,
  kind: MetricKind,
  valueType: NumericMetricValueType,
  unit: string,
  description: string,
): MetricDefinition => ({ name, kind, valueType, unit, description });

const recorder =
  (sink: MetricSink, definition: MetricDefinition, kind: string) =>
  (value: number, tags: MetricTags = {}): void => {
    if (value < 0) throw new Error(`${kind} value must be non-negative (got ${value})`);
    sink.series(definition, tags).record(value);
  };

function noTags(): never {
  throw new Error('tags are put together by the meter around this one');
}
