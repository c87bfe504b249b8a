/**
 * Makes metrics, whose values end up where the runtime's telemetry options say.
 *
 * @experimental
 */
export interface MetricMeter {
  createCounter(name: string, unit?: string, description?: string): MetricCounter;
  /** @param valueType `'int'` if not given. */
  createHistogram(
    name: string,
    valueType?: NumericMetricValueType,
    unit?: string,
    description?: string,
  ): MetricHistogram;
  /** @param valueType `'int'` if not given. */
  createGauge(name: string, valueType?: NumericMetricValueType, unit?: string, description?: string): MetricGauge;
  /** A meter of one's own may not have it. */
  createUpDownCounter?(name: string, unit?: string, description?: string): MetricUpDownCounter;
  /** The meter, with these tags on all that its metrics record. */
  withTags(tags: MetricTags): MetricMeter;
}

/**
 * What all metrics have.
 *
 * @experimental
 */
export interface Metric {
  name: string;
  unit?: string | undefined;
  description?: string | undefined;
  kind: MetricKind;
  valueType: NumericMetricValueType;
}

/** @experimental */
export type MetricTags = Record<string, string | number | boolean>;

/**
 * As what values are recorded. In JavaScript all of them are numbers.
 *
 * @experimental
 */
export type NumericMetricValueType = 'int' | 'float';

/** @experimental */
export type MetricKind = 'counter' | 'histogram' | 'gauge' | 'up-down-counter';

/**
 * A sum that only grows.
 *
 * @experimental
 */
export interface MetricCounter extends Metric {
  /** Adds a value that is not negative. */
  add(value: number, extraTags?: MetricTags): void;
  /** The counter, with these tags on all that it records. */
  withTags(tags: MetricTags): MetricCounter;
  kind: 'counter';
  valueType: 'int';
}

/**
 * A distribution.
 *
 * @experimental
 */
export interface MetricHistogram extends Metric {
  /** Records a value that is not negative, as one of the histogram's value type. */
  record(value: number, extraTags?: MetricTags): void;
  /** The histogram, with these tags on all that it records. */
  withTags(tags: MetricTags): MetricHistogram;
  kind: 'histogram';
}

/**
 * A value that counts until the next one.
 *
 * @experimental
 */
export interface MetricGauge extends Metric {
  /** Records a value that is not negative, as one of the gauge's value type. */
  set(value: number, extraTags?: MetricTags): void;
  /** The gauge, with these tags on all that it records. */
  withTags(tags: MetricTags): MetricGauge;
  kind: 'gauge';
}

/**
 * A sum that grows and shrinks.
 *
 * @experimental
 */
export interface MetricUpDownCounter extends Metric {
  /** Adds a value that may be negative. */
  add(value: number, extraTags?: MetricTags): void;
  /** The counter, with these tags on all that it records. */
  withTags(tags: MetricTags): MetricUpDownCounter;
  kind: 'up-down-counter';
  valueType: 'int';
}
