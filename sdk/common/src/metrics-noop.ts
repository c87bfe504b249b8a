import type {
  MetricCounter,
  MetricGauge,
  MetricHistogram,
  MetricMeter,
  MetricTags,
  MetricUpDownCounter,
  NumericMetricValueType,
} from './metric-types.ts';

class NoopMetricMeter implements MetricMeter {
  createCounter(name: string, unit?: string, description?: string): MetricCounter {
    return { name, unit, description, kind: 'counter', valueType: 'int', add: nothing, withTags: itself };
  }

  createHistogram(
    name: string,
    valueType: NumericMetricValueType = 'int',
    unit?: string,
    description?: string,
  ): MetricHistogram {
    return { name, unit, description, kind: 'histogram', valueType, record: nothing, withTags: itself };
  }

  createGauge(
    name: string,
    valueType: NumericMetricValueType = 'int',
    unit?: string,
    description?: string,
  ): MetricGauge {
    return { name, unit, description, kind: 'gauge', valueType, set: nothing, withTags: itself };
  }

  createUpDownCounter(name: string, unit?: string, description?: string): MetricUpDownCounter {
    return { name, unit, description, kind: 'up-down-counter', valueType: 'int', add: nothing, withTags: itself };
  }

  withTags(_tags: MetricTags): MetricMeter {
    return this;
  }
}

function nothing(): void {}

function itself<M>(this: M): M {
  return this;
}

/** Records nothing. */
export const noopMetricMeter: NoopMetricMeter = new NoopMetricMeter();
