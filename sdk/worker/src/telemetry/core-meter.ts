import type { MetricTags } from '@perdure/common';
import type { CoreCounterName, CoreGaugeName, CoreLatencyName, CoreMetricName } from './core-metrics.ts';
import { coreMetrics } from './core-metrics.ts';
import type { MetricSink, Series } from './metrics.ts';
import type { TelemetrySettings } from './settings.ts';

/**
 * Records the SDK's own metrics. Tags are fixed beforehand, with `with`: keep what it gives where values are recorded
 * often.
 */
export interface CoreMeter {
  /** Whether anybody will see the values. Recording them is free if not; computing them may not be. */
  readonly enabled: boolean;
  /** The meter, with these tags on all that it records. */
  with(tags: MetricTags): CoreMeter;
  add(name: CoreCounterName, value?: number): void;
  set(name: CoreGaugeName, value: number): void;
  /** Records a duration in milliseconds. */
  time(name: CoreLatencyName, milliseconds: number): void;
}

export const noopCoreMeter: CoreMeter = {
  enabled: false,
  with: () => noopCoreMeter,
  add: () => undefined,
  set: () => undefined,
  time: () => undefined,
};

/** What `service_name` says. Dashboards filter by it. */
export const SERVICE_NAME = 'temporal-core-sdk';

/** The meter whose metrics have the prefix, and the tag `service_name`, if the settings say so. */
export const createCoreMeter = (sink: MetricSink, settings: TelemetrySettings): CoreMeter =>
  new TaggedMeter(sink, settings.metricPrefix, settings.attachServiceName ? { service_name: SERVICE_NAME } : {});

class TaggedMeter implements CoreMeter {
  readonly enabled = true;
  readonly #sink: MetricSink;
  readonly #prefix: string;
  readonly #tags: MetricTags;
  readonly #series = new Map<CoreMetricName, Series>();

  constructor(sink: MetricSink, prefix: string, tags: MetricTags) {
    this.#sink = sink;
    this.#prefix = prefix;
    this.#tags = tags;
  }

  with(tags: MetricTags): CoreMeter {
    return new TaggedMeter(this.#sink, this.#prefix, { ...this.#tags, ...tags });
  }

  add(name: CoreCounterName, value = 1): void {
    this.#of(name).record(value);
  }

  set(name: CoreGaugeName, value: number): void {
    this.#of(name).record(value);
  }

  time(name: CoreLatencyName, milliseconds: number): void {
    this.#of(name).record(milliseconds);
  }

  #of(name: CoreMetricName): Series {
    const known = this.#series.get(name);
    if (known !== undefined) return known;
    const series = this.#sink.series({ ...coreMetrics[name], name: `${this.#prefix}${name}` }, this.#tags);
    this.#series.set(name, series);
    return series;
  }
}
