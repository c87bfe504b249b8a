import { IllegalStateError, type Metric, type MetricTags } from '@perdure/common';
import type { MetricDefinition, MetricSink } from './metrics.ts';

/**
 * One value that was recorded.
 *
 * @experimental
 */
export interface BufferedMetricUpdate {
  /**
   * What it was recorded on. The same object comes again with the next value, mostly, so something of one's own can be
   * attached to it.
   */
  metric: Metric;
  /** For counters what was added, for gauges and histograms the value. */
  value: number;
  /**
   * Tags. The same object may come again with the next value: properties that are not enumerable may be added to it, and
   * nothing else changed.
   */
  attributes: MetricTags;
}

export interface MetricsBufferOptions {
  /** How many values are kept; when it is full, new ones are dropped. @default 10000 */
  maxBufferSize?: number;
  /** Whether durations are in seconds, not in milliseconds. @default false */
  useSecondsForDurations?: boolean;
}

/** Values that a runtime has recorded and nobody has taken yet. */
export interface BufferedUpdates {
  /** Takes them all. */
  take(): BufferedMetricUpdate[];
}

/**
 * Given to the runtime as the exporter of metrics, keeps what is recorded until the program takes it. That has to happen
 * often enough: when the buffer is full, values are dropped, and an error is logged.
 *
 * @experimental
 */
export class MetricsBuffer {
  readonly maxBufferSize: number;
  readonly useSecondsForDurations: boolean;
  #source: BufferedUpdates | undefined;
  /** Taken from a runtime that is no more. */
  #left: BufferedMetricUpdate[] = [];

  constructor({ maxBufferSize = 10_000, useSecondsForDurations = false }: MetricsBufferOptions = {}) {
    this.maxBufferSize = maxBufferSize;
    this.useSecondsForDurations = useSecondsForDurations;
  }

  /** @internal @throws IllegalStateError when another runtime has it */
  bind(source: BufferedUpdates): this {
    if (this.#source !== undefined) throw new IllegalStateError('MetricsBuffer already bound to a runtime');
    this.#source = source;
    return this;
  }

  /** @internal */
  unbind(source: BufferedUpdates): void {
    if (this.#source === undefined) return;
    if (this.#source !== source) throw new IllegalStateError('MetricsBuffer is bound to a different runtime');
    this.#left.push(...source.take());
    this.#source = undefined;
  }

  /** Takes the values recorded since the last time, those of runtimes that have been shut down included. */
  retrieveUpdates(): ArrayIterator<BufferedMetricUpdate> {
    const updates = this.#left;
    this.#left = [];
    for (const update of this.#source?.take() ?? []) updates.push(update);
    return updates.values();
  }
}

/** Keeps values one by one. `onFull` is told once each time the buffer has become full. */
export function createBufferSink(
  { maxBufferSize, useSecondsForDurations }: Required<MetricsBufferOptions>,
  onFull: () => void,
): MetricSink & BufferedUpdates {
  const metricOf = createMetrics(useSecondsForDurations);
  let updates: BufferedMetricUpdate[] = [];
  let full = false;
  return {
    take() {
      const taken = updates;
      updates = [];
      full = false;
      return taken;
    },
    series(definition, attributes) {
      const metric = metricOf(definition);
      const inSeconds = useSecondsForDurations && definition.unit === 'duration';
      const whole = metric.valueType === 'int';
      return {
        record(value) {
          if (updates.length >= maxBufferSize) {
            if (!full) onFull();
            full = true;
            return;
          }
          const told = whole ? Math.trunc(value) : inSeconds ? value / 1000 : value;
          updates.push({ metric, value: told, attributes });
        },
      };
    },
  };
}

/** The same object for the same metric, whoever defined it. */
function createMetrics(useSecondsForDurations: boolean): (definition: MetricDefinition) => Metric {
  const byDefinition = new WeakMap<MetricDefinition, Metric>();
  const byContent = new Map<string, Metric>();
  return (definition) => {
    const known = byDefinition.get(definition);
    if (known !== undefined) return known;
    const told = metricAsTold(definition, useSecondsForDurations);
    const key = JSON.stringify(told);
    const metric = byContent.get(key) ?? told;
    byContent.set(key, metric);
    byDefinition.set(definition, metric);
    return metric;
  };
}

function metricAsTold(definition: MetricDefinition, useSecondsForDurations: boolean): Metric {
  const { name, kind, valueType, unit } = definition;
  const description = definition.description || undefined;
  if (unit !== 'duration') return { name, kind, valueType, unit: unit || undefined, description };
  return useSecondsForDurations
    ? { name, kind, valueType: 'float', unit: 's', description }
    : { name, kind, valueType, unit: 'ms', description };
}
