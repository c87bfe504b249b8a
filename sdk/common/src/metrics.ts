/**
 * Metrics that users record: what meters and metrics are, one that does nothing, and one that adds tags.
 * @module
 */

export type {
  Metric,
  MetricCounter,
  MetricGauge,
  MetricHistogram,
  MetricKind,
  MetricMeter,
  MetricTags,
  MetricUpDownCounter,
  NumericMetricValueType,
} from './metric-types.ts';
export { noopMetricMeter } from './metrics-noop.ts';
export { MetricMeterWithComposedTags, type MetricTagsOrFunc } from './metrics-tags.ts';
