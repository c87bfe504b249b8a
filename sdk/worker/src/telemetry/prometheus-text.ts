import type { AggregatedSeries, Distribution, Family, Registry, Tag } from './registry.ts';

export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4';

export interface PrometheusTextOptions {
  /** Tags that follow those of every series. */
  readonly globalTags: Readonly<Record<string, string>>;
  /** Whether names of histograms end in their unit. */
  readonly unitSuffix: boolean;
}

const types = { counter: 'counter', gauge: 'gauge', histogram: 'histogram', 'up-down-counter': 'gauge' } as const;

/** All values of a registry, in the text format of Prometheus. */
export function prometheusText(registry: Registry, options: PrometheusTextOptions): string {
  const globalTags = Object.entries(options.globalTags).sort(([one], [other]) => (one < other ? -1 : 1));
  return [...registry.families.values()]
    .map((family) => ({ name: nameOf(family, options), family }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, family }) => familyText(name, family, globalTags))
    .join('');
}

function nameOf({ definition: { name, kind, unit } }: Family, { unitSuffix }: PrometheusTextOptions): string {
  const suffix = kind === 'histogram' && unitSuffix && unit !== '' ? `_${unit}` : '';
  return `${name}${suffix}`.replaceAll('-', '_');
}

function familyText(name: string, { definition, series }: Family, globalTags: readonly Tag[]): string {
  const help = (definition.description || name).replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const lines = [...series.values()].sort(byTags).flatMap((one) => {
    const tags = [...one.tags, ...globalTags];
    return one.distribution === undefined
      ? [`${name}${labels(tags)} ${one.value}`]
      : distributionLines(name, tags, one.distribution);
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${types[definition.kind]}\n${lines.join('\n')}\n`;
}

function distributionLines(name: string, tags: readonly Tag[], distribution: Distribution): string[] {
  let upTo = 0;
  const buckets = distribution.counts.map((count, index) => {
    upTo += count;
    const bound = distribution.bounds[index];
    return `${name}_bucket${labels([...tags, ['le', bound === undefined ? '+Inf' : String(bound)]])} ${upTo}`;
  });
  return [
    ...buckets,
    `${name}_sum${labels(tags)} ${distribution.sum}`,
    `${name}_count${labels(tags)} ${distribution.count}`,
  ];
}

function labels(tags: readonly Tag[]): string {
  if (tags.length === 0) return '';
  return `{${tags.map(([name, value]) => `${name}="${escaped(String(value))}"`).join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

/** The fewer tags the earlier, then by their values. */
function byTags(one: AggregatedSeries, other: AggregatedSeries): number {
  if (one.tags.length !== other.tags.length) return one.tags.length - other.tags.length;
  const [mine, theirs] = [one, other].map(({ tags }) => tags.map(([, value]) => String(value)));
  const at = mine?.findIndex((value, index) => value !== theirs?.[index]) ?? -1;
  if (at < 0) return 0;
  return String(mine?.[at]) < String(theirs?.[at]) ? -1 : 1;
}
