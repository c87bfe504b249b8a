import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { Reader } from 'protobufjs/minimal.js';
import { DefaultLogger, type LogEntry } from '../logger.ts';
import { MetricsBuffer, RuntimeMetricMeter } from '../runtime-metrics.ts';
import type { MetricsExporterConfig } from './options.ts';
import { metricsSettings } from './settings.ts';
import { startTelemetry } from './telemetry.ts';

const naming = { metricPrefix: 'temporal_', attachServiceName: true };

function start(config: MetricsExporterConfig) {
  const logged: LogEntry[] = [];
  const logger = new DefaultLogger('TRACE', (entry) => logged.push(entry));
  const buffer = 'buffer' in config ? config.buffer : undefined;
  const telemetry = startTelemetry(metricsSettings(config), naming, buffer, logger);
  const { sink } = telemetry;
  assert.ok(sink !== undefined);
  return { telemetry, logged, meter: new RuntimeMetricMeter(sink) };
}

/** An address on which something listens, or listened a moment ago. */
async function addressOf(keep: boolean): Promise<{ address: string; free: () => void }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (!keep) server.close();
  return { address: `127.0.0.1:${port}`, free: () => server.close() };
}

describe('metrics for Prometheus', () => {
  test('are served until the end', async () => {
    const { address } = await addressOf(false);
    const { telemetry, meter } = start({ prometheus: { bindAddress: address } });
    telemetry.coreMeter.with({ worker_type: 'WorkflowWorker' }).set('worker_task_slots_available', 5);
    meter.createCounter('my-counter').add(42);
    const answer = await fetch(`http://${address}/metrics`);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0.0.4/);
    const text = await answer.text();
    assert.match(text, /^temporal_worker_task_slots_available\{.*worker_type="WorkflowWorker"\} 5$/m);
    assert.match(text, /^my_counter 42$/m);
    assert.equal((await fetch(`http://${address}/`)).status, 404);
    await telemetry.close();
    await assert.rejects(fetch(`http://${address}/metrics`));
  });

  test('need an address that can be listened on, which is said at once', async () => {
    for (const bindAddress of [':invalid', 'localhost:80', '1.2.3.4', '1.2.3.4:99999'])
      assert.throws(() => start({ prometheus: { bindAddress } }), {
        name: 'TypeError',
        message: /metricsExporter\.prometheus\.socketAddr/,
      });
    const { address, free } = await addressOf(true);
    assert.throws(() => start({ prometheus: { bindAddress: address } }), /Address already in use/);
    free();
  });
});

/** The fields of an encoded message by number; of each the last. */
function fields(encoded: Uint8Array): Map<number, Uint8Array> {
  const reader = Reader.create(encoded);
  const found = new Map<number, Uint8Array>();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === 2) found.set(tag >>> 3, reader.bytes());
    else {
      const from = reader.pos;
      reader.skipType(tag & 7);
      found.set(tag >>> 3, encoded.subarray(from, reader.pos));
    }
  }
  return found;
}

const nested = (encoded: Uint8Array, ...path: number[]): Uint8Array =>
  path.reduce((at, field) => fields(at).get(field) ?? assert.fail(`no field ${field}`), encoded);

describe('metrics for OpenTelemetry', () => {
  test('go to a collector over gRPC, with headers', async () => {
    const came = Promise.withResolvers<{ headers: Record<string, unknown>; body: Buffer }>();
    const server = createHttp2Server();
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      void buffer(stream).then((body) => {
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end(Buffer.alloc(5));
        came.resolve({ headers, body });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { telemetry, meter, logged } = start({
      globalTags: { zone: 'z' },
      otel: { url: `http://127.0.0.1:${port}`, headers: { 'x-test': 'yes' }, metricsExportInterval: 5 },
    });
    meter.createCounter('my-counter', 'apples', 'how many').add(42, { a: 'b' });
    const { headers, body } = await came.promise;
    assert.equal(headers[':path'], '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export');
    assert.equal(headers['x-test'], 'yes');
    const resourceMetrics = nested(body.subarray(5), 1);
    assert.match(Buffer.from(nested(resourceMetrics, 1)).toString('latin1'), /service\.name.*temporal-core-sdk.*zone/s);
    const metric = fields(nested(resourceMetrics, 2, 2));
    const texts = [1, 2, 3].map((field) => Buffer.from(metric.get(field) ?? []).toString());
    assert.deepEqual(texts, ['my-counter', 'how many', 'apples']);
    const sum = fields(metric.get(7) ?? assert.fail('it is no sum'));
    assert.deepEqual([...(sum.get(2) ?? [])], [2]);
    assert.deepEqual([...(sum.get(3) ?? [])], [1]);
    const point = fields(sum.get(1) ?? assert.fail('it has no value'));
    assert.equal(Buffer.from(point.get(6) ?? []).readBigInt64LE(), 42n);
    const at = Buffer.from(point.get(3) ?? []).readBigUInt64LE();
    assert.ok(Math.abs(Number(at / 1_000_000n) - Date.now()) < 60_000);
    await telemetry.close();
    server.close();
    assert.deepEqual(logged, []);
  });

  test('go to a collector over HTTP, as what came since the last time if that is asked for', async () => {
    const bodies: Buffer[] = [];
    const requests: IncomingMessage[] = [];
    const server = createHttpServer((request, response) => {
      requests.push(request);
      void buffer(request).then((body) => {
        bodies.push(body);
        response.end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/v1/metrics`;
    const { telemetry, meter } = start({
      otel: { url, http: true, headers: { 'x-test': 'yes' }, temporality: 'delta', metricsExportInterval: 5 },
    });
    const histogram = meter.createHistogram('sizes', 'float');
    histogram.record(60.5);
    while (bodies.length === 0) await new Promise(setImmediate);
    histogram.record(1);
    histogram.record(2);
    await telemetry.close();
    server.close();
    assert.equal(requests[0]?.url, '/v1/metrics');
    assert.equal(requests[0]?.headers['content-type'], 'application/x-protobuf');
    assert.equal(requests[0]?.headers['x-test'], 'yes');
    const counts = bodies.map((body) => Buffer.from(nested(body, 1, 2, 2, 9, 1, 4)).readBigUInt64LE());
    assert.equal(counts[0], 1n);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0n),
      3n,
    );
    const [first] = bodies;
    const bounds = nested(first ?? Buffer.alloc(0), 1, 2, 2, 9, 1, 7);
    assert.equal(Buffer.from(bounds).readDoubleLE(), 50);
  });

  test('that cannot be sent are complained about, and nothing else happens', async () => {
    const { address } = await addressOf(false);
    const { telemetry, meter, logged } = start({ otel: { url: `http://${address}`, metricsExportInterval: '1h' } });
    meter.createGauge('g').set(1);
    await telemetry.close();
    assert.deepEqual(
      logged.map(({ level }) => level),
      ['WARN'],
    );
  });

  test('need the address of a collector', () => {
    for (const url of [':invalid', '', 'nowhere'])
      assert.throws(() => start({ otel: { url } }), { name: 'TypeError', message: /metricsExporter\.otel\.url/ });
  });
});

describe('buffered metrics', () => {
  const take = (buffer: MetricsBuffer) => [...buffer.retrieveUpdates()];

  test('are what was recorded, one by one', async () => {
    const buffer = new MetricsBuffer();
    const { telemetry, meter } = start({ buffer });
    const counter = meter.createCounter('c', 'apples', 'how many');
    counter.add(1, { a: true, b: 1.5 });
    counter.add(2);
    meter.createGauge('g', 'float').set(1.1);
    meter.createUpDownCounter?.('u').add(-3);
    const updates = take(buffer);
    assert.deepEqual(updates[0], {
      metric: { name: 'c', kind: 'counter', valueType: 'int', unit: 'apples', description: 'how many' },
      value: 1,
      attributes: { a: true, b: 1.5 },
    });
    assert.equal(updates[1]?.metric, updates[0]?.metric);
    assert.deepEqual(updates[2]?.metric, {
      name: 'g',
      kind: 'gauge',
      valueType: 'float',
      unit: undefined,
      description: undefined,
    });
    assert.equal(updates[3]?.value, -3);
    assert.deepEqual(take(buffer), []);
    await telemetry.close();
  });

  test('have durations in the unit that was asked for', async () => {
    for (const { useSecondsForDurations, unit, value } of [
      { useSecondsForDurations: true, unit: 's', value: 1.5 },
      { useSecondsForDurations: false, unit: 'ms', value: 1500 },
    ]) {
      const buffer = new MetricsBuffer({ useSecondsForDurations });
      const { telemetry } = start({ buffer });
      telemetry.coreMeter.time('request_latency', 1500.2);
      const [update] = take(buffer);
      assert.equal(update?.metric.unit, unit);
      assert.equal(Math.abs((update?.value ?? 0) - value) < 0.01, true);
      await telemetry.close();
    }
  });

  test('outlive the runtime, and serve the next', async () => {
    const buffer = new MetricsBuffer();
    const first = start({ buffer });
    assert.throws(() => start({ buffer }), { message: 'MetricsBuffer already bound to a runtime' });
    first.meter.createCounter('c').add(1);
    await first.telemetry.close();
    const second = start({ buffer });
    second.meter.createCounter('c').add(2);
    assert.deepEqual(
      take(buffer).map(({ value }) => value),
      [1, 2],
    );
    await second.telemetry.close();
  });

  test('are dropped when there are too many, which is said once', async () => {
    const buffer = new MetricsBuffer({ maxBufferSize: 2 });
    const { telemetry, meter, logged } = start({ buffer });
    const counter = meter.createCounter('c');
    for (let i = 0; i < 5; i++) counter.add(i);
    assert.deepEqual(
      logged.map(({ level }) => level),
      ['ERROR'],
    );
    assert.equal(take(buffer).length, 2);
    counter.add(9);
    assert.equal(take(buffer).length, 1);
    await telemetry.close();
  });
});

test('values that cannot be are refused', () => {
  const buffer = new MetricsBuffer();
  const { meter } = start({ buffer });
  assert.throws(() => meter.createCounter('c').add(-1), {
    message: 'MetricCounter value must be non-negative (got -1)',
  });
  assert.throws(() => meter.createHistogram('h').record(-1), { message: /MetricHistogram value/ });
  assert.throws(() => meter.createGauge('g').set(-1), { message: /MetricGauge value/ });
});
