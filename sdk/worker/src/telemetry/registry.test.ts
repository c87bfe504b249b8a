import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCoreMeter, noopCoreMeter } from './core-meter.ts';
import type { MetricDefinition } from './metrics.ts';
import { prometheusText } from './prometheus-text.ts';
import { createRegistry, type RegistryOptions } from './registry.ts';

const options: RegistryOptions = {
  useSecondsForDurations: false,
  histogramBucketOverrides: {},
  unitNames: { seconds: 'seconds', milliseconds: 'milliseconds' },
};
const define = (name: string, rest: Partial<MetricDefinition> = {}): MetricDefinition => ({
  name,
  kind: 'counter',
  valueType: 'int',
  unit: '',
  description: '',
  ...rest,
});
const plain = { globalTags: {}, unitSuffix: false };

describe('metrics as Prometheus reads them', () => {
  test('are sums, last values and distributions, each by its tags', () => {
    const registry = createRegistry(options);
    registry.series(define('my-count', { description: 'Two\nlines' }), { b: 'x"y', a: 1 }).record(2);
    registry.series(define('my-count'), { a: 1, b: 'x"y' }).record(3);
    registry.series(define('my-count'), {}).record(1);
    const level = registry.series(define('level', { kind: 'gauge', valueType: 'float' }), {});
    level.record(7);
    level.record(1.5);
    const sizes = registry.series(define('sizes', { kind: 'histogram' }), { of: 'it' });
    for (const value of [50, 51, 20_000]) sizes.record(value);
    assert.equal(
      prometheusText(registry, { globalTags: { zone: 'z' }, unitSuffix: false }),
      `# HELP level level
# TYPE level gauge
level{zone="z"} 1.5
# HELP my_count Two\\nlines
# TYPE my_count counter
my_count{zone="z"} 1
my_count{a="1",b="x\\"y",zone="z"} 5
# HELP sizes sizes
# TYPE sizes histogram
sizes_bucket{of="it",zone="z",le="50"} 1
sizes_bucket{of="it",zone="z",le="100"} 2
sizes_bucket{of="it",zone="z",le="500"} 2
sizes_bucket{of="it",zone="z",le="1000"} 2
sizes_bucket{of="it",zone="z",le="2500"} 2
sizes_bucket{of="it",zone="z",le="10000"} 2
sizes_bucket{of="it",zone="z",le="+Inf"} 3
sizes_sum{of="it",zone="z"} 20101
sizes_count{of="it",zone="z"} 3
`,
    );
  });

  test('have durations in seconds, buckets of their own and units in their names where that is asked for', () => {
    const registry = createRegistry({
      ...options,
      useSecondsForDurations: true,
      histogramBucketOverrides: { request_latency: [0.5, 2] },
    });
    const meter = createCoreMeter(registry, { metricPrefix: 'my_', attachServiceName: false });
    meter.time('request_latency', 1000);
    meter.with({ workflow_type: 'w' }).time('workflow_task_execution_latency', 15);
    const text = prometheusText(registry, { globalTags: {}, unitSuffix: true });
    assert.match(text, /^my_request_latency_seconds_bucket\{le="0.5"\} 0$/m);
    assert.match(text, /^my_request_latency_seconds_bucket\{le="2"\} 1$/m);
    assert.match(text, /^my_request_latency_seconds_sum 1$/m);
    assert.match(text, /^my_workflow_task_execution_latency_seconds_bucket\{workflow_type="w",le="0.02"\} 1$/m);
  });

  test('round what is whole', () => {
    const registry = createRegistry(options);
    registry.series(define('whole', { kind: 'gauge' }), {}).record(1.9);
    const meter = createCoreMeter(registry, { metricPrefix: '', attachServiceName: true });
    meter.time('request_latency', 12.7);
    const text = prometheusText(registry, plain);
    assert.match(text, /^whole 1$/m);
    assert.match(text, /^request_latency_sum\{service_name="temporal-core-sdk"\} 12$/m);
  });

  test('have one meaning per name', () => {
    const registry = createRegistry(options);
    registry.series(define('x'), {}).record(1);
    registry.series(define('x', { kind: 'gauge' }), {}).record(5);
    assert.match(prometheusText(registry, plain), /^x 1$/m);
  });

  test('may go down as well as up', () => {
    const registry = createRegistry(options);
    const series = registry.series(define('open', { kind: 'up-down-counter' }), {});
    for (const value of [1, 5, -3]) series.record(value);
    assert.match(prometheusText(registry, plain), /# TYPE open gauge\nopen 3\n/);
  });
});

test('a meter that nobody listens to takes everything and keeps nothing', () => {
  assert.equal(noopCoreMeter.with({ a: 1 }), noopCoreMeter);
  noopCoreMeter.add('request');
  noopCoreMeter.set('num_pollers', 5);
  noopCoreMeter.time('request_latency', 1);
  assert.equal(noopCoreMeter.enabled, false);
});
