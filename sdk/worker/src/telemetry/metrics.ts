import type { MetricKind, MetricTags, NumericMetricValueType } from '@perdure/common';

/** What a metric is, apart from its values. */
export interface MetricDefinition {
  readonly name: string;
  readonly kind: MetricKind;
  readonly valueType: NumericMetricValueType;
  /** `duration`: recorded in milliseconds, and told in whatever unit the exporter is set to. */
  readonly unit: string;
  readonly description: string;
}

/** A metric's values under one set of tags: where a value goes at the cost of an addition. */
export interface Series {
  /** Adds to a counter, sets a gauge, or adds to a distribution. */
  record(value: number): void;
}

/** Where values go. */
export interface MetricSink {
  /** The same for the same definition and tags. */
  series(definition: MetricDefinition, tags: MetricTags): Series;
}

export const noopSeries: Series = { record: () => undefined };
