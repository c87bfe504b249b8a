import type { MetricTags } from '@perdure/common';
import { bucketsOf } from './buckets.ts';
import type { MetricDefinition, MetricSink, Series } from './metrics.ts';
import { noopSeries } from './metrics.ts';

export interface RegistryOptions {
  readonly useSecondsForDurations: boolean;
  readonly histogramBucketOverrides: Readonly<Record<string, readonly number[]>>;
  /** What units of durations are called. */
  readonly unitNames: { readonly seconds: string; readonly milliseconds: string };
}

export type Tag = readonly [name: string, value: string | number | boolean];

/** The values of a metric under one set of tags. */
export interface AggregatedSeries extends Series {
  /** By name. */
  readonly tags: readonly Tag[];
  /** Epoch milliseconds at which the counting began. */
  since: number;
  /** A sum, or the last value. */
  value: number;
  distribution: Distribution | undefined;
}

export interface Distribution {
  readonly bounds: readonly number[];
  /** How many values lie in each bucket: up to and with its bound. The last one has no bound. */
  readonly counts: number[];
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** A metric and all its values. */
export interface Family {
  readonly definition: MetricDefinition;
  readonly series: Map<string, AggregatedSeries>;
}

/** Sums up values until somebody asks for them. */
export interface Registry extends MetricSink {
  /** By name. */
  readonly families: ReadonlyMap<string, Family>;
}

export function createRegistry(options: RegistryOptions): Registry {
  const families = new Map<string, Family>();
  return {
    families,
    series(definition, tags) {
      let family = families.get(definition.name);
      if (family === undefined) {
        family = { definition: told(definition, options), series: new Map() };
        families.set(definition.name, family);
      }
      // A name can stand for one thing only, and the first one that used it has it.
      if (family.definition.kind !== definition.kind) return noopSeries;
      const sorted = sortedTags(tags);
      const key = JSON.stringify(sorted);
      let series = family.series.get(key);
      if (series === undefined) {
        series = createSeries(definition, sorted, options);
        family.series.set(key, series);
      }
      return series;
    },
  };
}

/** The definition as it is told outside: durations have a unit there. */
function told(definition: MetricDefinition, { useSecondsForDurations, unitNames }: RegistryOptions): MetricDefinition {
  if (definition.unit !== 'duration') return definition;
  return useSecondsForDurations
    ? { ...definition, valueType: 'float', unit: unitNames.seconds }
    : { ...definition, unit: unitNames.milliseconds };
}

const sortedTags = (tags: MetricTags): Tag[] =>
  Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));

function createSeries(definition: MetricDefinition, tags: Tag[], options: RegistryOptions): AggregatedSeries {
  const { kind, unit, valueType, name } = definition;
  const isDuration = unit === 'duration';
  const inSeconds = isDuration && options.useSecondsForDurations;
  const whole = valueType === 'int' && !inSeconds;
  const series: AggregatedSeries = {
    tags,
    since: Date.now(),
    value: 0,
    distribution: undefined,
    record: noopSeries.record,
  };
  switch (kind) {
    case 'histogram': {
      const bounds = bucketsOf(name, options.histogramBucketOverrides, options.useSecondsForDurations);
      const distribution = emptyDistribution(bounds);
      series.distribution = distribution;
      series.record = (value) => observe(distribution, whole ? Math.trunc(value) : inSeconds ? value / 1000 : value);
      break;
    }
    case 'gauge':
      series.record = (value) => {
        series.value = whole ? Math.trunc(value) : value;
      };
      break;
    case 'counter':
    case 'up-down-counter':
      series.record = (value) => {
        series.value += whole ? Math.trunc(value) : value;
      };
  }
  return series;
}

const emptyDistribution = (bounds: readonly number[]): Distribution => ({
  bounds,
  counts: new Array<number>(bounds.length + 1).fill(0),
  count: 0,
  sum: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
});

function observe(distribution: Distribution, value: number): void {
  const { bounds, counts } = distribution;
  let bucket = 0;
  while (bucket < bounds.length && value > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket++;
  counts[bucket] = (counts[bucket] ?? 0) + 1;
  distribution.count++;
  distribution.sum += value;
  if (value < distribution.min) distribution.min = value;
  if (value > distribution.max) distribution.max = value;
}

/** Begins to count anew, for those who want to know what came since the last time. Gauges stay as they are. */
export function startAnew(registry: Registry, now: number): void {
  for (const { definition, series } of registry.families.values()) {
    if (definition.kind === 'gauge' || definition.kind === 'up-down-counter') continue;
    for (const one of series.values()) {
      one.since = now;
      one.value = 0;
      const { distribution } = one;
      if (distribution === undefined) continue;
      distribution.counts.fill(0);
      Object.assign(distribution, { ...emptyDistribution(distribution.bounds), counts: distribution.counts });
    }
  }
}
