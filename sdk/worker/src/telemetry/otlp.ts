import { Writer } from 'protobufjs/minimal.js';
import type { AggregatedSeries, Distribution, Family, Registry, Tag } from './registry.ts';

/**
 * Metrics as OpenTelemetry's protocol has them (`opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest`).
 * Of its messages only these few fields are ever sent, so they are written directly.
 */
export interface OtlpContext {
  /** What the metrics are about: this process. */
  readonly resource: readonly Tag[];
  readonly scope: string;
  readonly temporality: 'cumulative' | 'delta';
  /** Epoch milliseconds. */
  readonly now: number;
}

const temporalities = { delta: 1, cumulative: 2 } as const;

/** The values of a registry; undefined when there are none. */
export function encodeMetrics(registry: Registry, context: OtlpContext): Uint8Array | undefined {
  const families = [...registry.families.values()].filter(({ series }) => hasNews(series, context.temporality));
  if (families.length === 0) return undefined;
  const request = Writer.create();
  message(request, 1, (resourceMetrics) => {
    message(resourceMetrics, 1, (resource) => attributes(resource, 1, context.resource));
    message(resourceMetrics, 2, (scopeMetrics) => {
      message(scopeMetrics, 1, (scope) => text(scope, 1, context.scope));
      for (const family of families) message(scopeMetrics, 2, (metric) => writeMetric(metric, family, context));
    });
  });
  return request.finish();
}

const hasNews = (series: Family['series'], temporality: OtlpContext['temporality']): boolean =>
  temporality === 'cumulative' || [...series.values()].some(isNews);

const isNews = ({ value, distribution }: AggregatedSeries): boolean => (distribution?.count ?? value) !== 0;

function writeMetric(metric: Writer, { definition, series }: Family, context: OtlpContext): void {
  text(metric, 1, definition.name);
  text(metric, 2, definition.description);
  text(metric, 3, definition.unit);
  const isInt = definition.valueType === 'int';
  const temporality = definition.kind === 'up-down-counter' ? 'cumulative' : context.temporality;
  switch (definition.kind) {
    case 'gauge':
      message(metric, 5, (gauge) => {
        for (const one of series.values()) message(gauge, 1, (point) => writeNumber(point, one, isInt, context.now));
      });
      break;
    case 'counter':
    case 'up-down-counter':
      message(metric, 7, (sum) => {
        for (const one of series.values()) message(sum, 1, (point) => writeNumber(point, one, isInt, context.now));
        sum.uint32(tag(2, 0)).int32(temporalities[temporality]);
        sum.uint32(tag(3, 0)).bool(definition.kind === 'counter');
      });
      break;
    case 'histogram':
      message(metric, 9, (histogram) => {
        for (const one of series.values()) {
          const { distribution } = one;
          if (distribution === undefined || distribution.count === 0) continue;
          message(histogram, 1, (point) => writeDistribution(point, one, distribution, context.now));
        }
        histogram.uint32(tag(2, 0)).int32(temporalities[temporality]);
      });
  }
}

function writeNumber(point: Writer, { since, value, tags }: AggregatedSeries, isInt: boolean, now: number): void {
  time(point, 2, since);
  time(point, 3, now);
  if (isInt) point.uint32(tag(6, 1)).sfixed64(value);
  else point.uint32(tag(4, 1)).double(value);
  attributes(point, 7, tags);
}

function writeDistribution(point: Writer, { since, tags }: AggregatedSeries, values: Distribution, now: number): void {
  time(point, 2, since);
  time(point, 3, now);
  point.uint32(tag(4, 1)).fixed64(values.count);
  point.uint32(tag(5, 1)).double(values.sum);
  point.uint32(tag(6, 2)).fork();
  for (const count of values.counts) point.fixed64(count);
  point.ldelim();
  point.uint32(tag(7, 2)).fork();
  for (const bound of values.bounds) point.double(bound);
  point.ldelim();
  attributes(point, 9, tags);
  point.uint32(tag(11, 1)).double(values.min);
  point.uint32(tag(12, 1)).double(values.max);
}

function attributes(writer: Writer, field: number, tags: readonly Tag[]): void {
  for (const [name, value] of tags) {
    message(writer, field, (pair) => {
      text(pair, 1, name);
      message(pair, 2, (any) => writeValue(any, value));
    });
  }
}

function writeValue(any: Writer, value: Tag[1]): void {
  if (typeof value === 'string') any.uint32(tag(1, 2)).string(value);
  else if (typeof value === 'boolean') any.uint32(tag(2, 0)).bool(value);
  else if (Number.isSafeInteger(value)) any.uint32(tag(3, 0)).int64(value);
  else any.uint32(tag(4, 1)).double(value);
}

const tag = (field: number, wireType: number): number => (field << 3) | wireType;

const NANOS_PER_MS = 1_000_000n;

/** Nanoseconds since the epoch do not fit into a number: the two halves are written one by one. */
function time(writer: Writer, field: number, milliseconds: number): void {
  const nanos = BigInt(Math.trunc(milliseconds)) * NANOS_PER_MS;
  writer
    .uint32(tag(field, 1))
    .fixed32(Number(nanos & 0xffffffffn))
    .fixed32(Number(nanos >> 32n));
}

function text(writer: Writer, field: number, value: string): void {
  if (value !== '') writer.uint32(tag(field, 2)).string(value);
}

function message(writer: Writer, field: number, write: (inner: Writer) => void): void {
  writer.uint32(tag(field, 2)).fork();
  write(writer);
  writer.ldelim();
}
