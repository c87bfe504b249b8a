/** The runtime, its loggers, its errors and the options of connections, beside those of the official worker package. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import * as ours from '@perdure/worker';
import { toNativeClientOptions as ourClientOptions } from '@perdure/worker/lib/connection-options';
import { hasColorSupport as ourColorSupport, isFlushableLogger as ourFlushable } from '@perdure/worker/lib/logger';
import { compileOptions as ourCompiled } from '@perdure/worker/lib/runtime-options';
import * as theirs from '@temporalio/worker';
import { toNativeClientOptions as theirClientOptions } from '@temporalio/worker/lib/connection-options.js';
import { compileOptions as theirCompiled } from '@temporalio/worker/lib/runtime-options.js';

/** What a call comes to: its value, or the name and the text of its error. */
function outcome(call: () => unknown): unknown {
  try {
    return { value: call() };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { name: error.name, message: error.message };
  }
}

describe('options of connections', () => {
  const pem = Buffer.from('pem');
  const cases: [string, object][] = [
    ['none', {}],
    ['an address without a port', { address: 'a.test' }],
    ['an IPv6 address', { address: '[::1]:1234' }],
    ['no address', { address: ':invalid' }],
    ['a whole URL', { address: 'http://a.test' }],
    ['TLS', { tls: true }],
    ['TLS that is told to be off', { tls: false, apiKey: 'k' }],
    ['TLS that is null', { tls: null, apiKey: 'k' }],
    ['a key', { apiKey: 'k' }],
    ['an empty key', { apiKey: '' }],
    ['a key and an authorization', { apiKey: 'k', metadata: { Authorization: 'x' } }],
    ['certificates', { tls: { serverRootCACertificate: pem, clientCertPair: { crt: pem, key: pem } } }],
    ['another name', { tls: { serverNameOverride: 'b.test' } }],
    ['a proxy', { proxy: { type: 'http-connect', targetHost: 'http://p.test:80' } }],
    [
      'a proxy with a password',
      { proxy: { type: 'http-connect', targetHost: '[::1]:80', basicAuth: { username: 'u', password: 'p' } } },
    ],
    ['a proxy without a port', { proxy: { type: 'http-connect', targetHost: 'p.test' } }],
    ['a proxy with TLS', { proxy: { type: 'http-connect', targetHost: 'https://p.test:80' } }],
    ['load balancing', { dnsLoadBalancingConfig: { resolutionInterval: '5s' } }],
    ['no load balancing', { dnsLoadBalancingConfig: null }],
    ['no compression', { grpcCompression: { codec: 'none' } }],
    ['another compression', { grpcCompression: { codec: 'zstd' } }],
    ['limits', { payloadLimits: { payloadsWarnSize: 0, memoWarnSize: 5 } }],
    ['no codes in metrics', { disableErrorCodeMetricTags: true }],
  ];
  for (const [what, options] of cases) {
    test(`are worked out alike with ${what}`, () => {
      // How the client calls itself is not among ours, and metadata is not tagged with what it is.
      const strip = (compiled: object): object => {
        const { clientName: _, clientVersion: __, ...rest } = compiled as Record<string, unknown>;
        return rest;
      };
      assert.deepEqual(
        outcome(() => strip(ourClientOptions(options as never))),
        outcome(() => strip(theirClientOptions(options as never))),
      );
    });
  }
});

describe('options of runtimes', () => {
  const logger = new ours.DefaultLogger('ERROR', () => undefined);
  const cases: [string, ours.RuntimeOptions][] = [
    ['none', {}],
    ['signals', { shutdownSignals: ['SIGHUP'] }],
    ['no heartbeats', { workerHeartbeatInterval: 0 }],
    ['heartbeats', { workerHeartbeatInterval: '5 seconds' }],
    ['an old filter', { telemetryOptions: { tracingFilter: 'x' } }],
    ['a filter', { telemetryOptions: { logging: { filter: { core: 'DEBUG' } } } }],
    ['a filter as text', { telemetryOptions: { logging: { filter: 'y' }, tracingFilter: 'x' } }],
    ['no prefix', { telemetryOptions: { noTemporalPrefixForMetrics: true } }],
    [
      'Prometheus',
      {
        telemetryOptions: {
          metrics: {
            metricPrefix: 'p_',
            attachServiceName: false,
            globalTags: { a: 'b' },
            prometheus: { bindAddress: '127.0.0.1:1', unitSuffix: true, histogramBucketOverrides: { x: [1] } },
          },
        },
      },
    ],
    [
      'OpenTelemetry',
      { telemetryOptions: { metrics: { temporality: 'delta', otel: { url: 'http://a.test', http: true } } } },
    ],
    [
      'OpenTelemetry at length',
      {
        telemetryOptions: {
          metrics: { otel: { url: 'grpc://a.test', headers: { a: 'b' }, metricsExportInterval: '5s' } },
        },
      },
    ],
  ];
  for (const [what, options] of cases) {
    test(`are worked out alike with ${what}`, () => {
      const mine = ourCompiled({ logger, ...options });
      const their = theirCompiled({ logger, ...options } as never);
      assert.deepEqual(mine.shutdownSignals, their.shutdownSignals);
      const { logExporter: ourLogs, ...ourRest } = mine.runtimeOptions;
      const { logExporter: theirLogs, ...theirRest } = their.runtimeOptions;
      assert.deepEqual(ourRest, theirRest);
      assert.equal(ourLogs.filter, theirLogs.filter);
      assert.equal(ourLogs.type, theirLogs.type);
      assert.equal(mine.logger, logger);
    });
  }

  test('come to the same filter', () => {
    for (const options of [{ core: 'DEBUG' }, { core: 'WARN', other: 'INFO' }] as const)
      assert.equal(ours.makeTelemetryFilterString(options), theirs.makeTelemetryFilterString(options));
  });
});

test('errors have the same names, and each SDK knows those of the other', () => {
  const cause = { workerError: 1, innerError: 2 };
  const pairs: [Error, Error][] = [
    [new ours.GracefulShutdownPeriodExpiredError('m'), new theirs.GracefulShutdownPeriodExpiredError('m')],
    [new ours.UnhandledRejectionError('m', 'c'), new theirs.UnhandledRejectionError('m', 'c')],
    [new ours.CombinedWorkerRunError('m', { cause }), new theirs.CombinedWorkerRunError('m', { cause })],
    [new ours.PromiseCompletionTimeoutError('m'), new theirs.PromiseCompletionTimeoutError('m')],
    [new ours.ShutdownError('m'), new theirs.ShutdownError('m')],
    [new ours.TransportError('m'), new theirs.TransportError('m')],
    [new ours.UnexpectedError('m', 'c'), new theirs.UnexpectedError('m', 'c')],
  ];
  for (const [mine, their] of pairs) {
    assert.equal(mine.name, their.name);
    assert.deepEqual(mine.cause, their.cause);
    assert.ok(mine instanceof (their.constructor as typeof Error), mine.name);
    assert.ok(their instanceof (mine.constructor as typeof Error), mine.name);
  }
  assert.deepEqual(Object.keys(ours.errors), Object.keys(theirs.errors));
});

test('loggers pass on the same entries', () => {
  const log = (make: typeof ours.DefaultLogger): unknown[] => {
    const entries: unknown[] = [];
    const logger = new make('INFO', ({ timestampNanos: _, ...entry }) => entries.push(entry));
    logger.debug('never');
    logger.info('plain');
    logger.warn('with', { a: 1, [ours.LogTimestamp]: 5n });
    logger.log('ERROR', 'at last', {});
    assert.equal(ourColorSupport(logger), false);
    assert.equal(ourFlushable(logger), false);
    return entries;
  };
  assert.deepEqual(log(ours.DefaultLogger), log(theirs.DefaultLogger as never));
  assert.equal(ours.LogTimestamp, theirs.LogTimestamp as symbol);
});

describe('the runtime', () => {
  after(async () => {
    await ours.Runtime._instance?.shutdown();
    await theirs.Runtime._instance?.shutdown();
  });

  test('refuses to be installed twice, in the same words', () => {
    const twice = (runtime: typeof ours.Runtime) => {
      runtime.install({});
      return outcome(() => runtime.install({}));
    };
    assert.deepEqual(twice(ours.Runtime), twice(theirs.Runtime as never));
  });

  test('records the same values in a buffer', async () => {
    const record = async (sdk: typeof ours): Promise<unknown[]> => {
      await sdk.Runtime._instance?.shutdown();
      const buffer = new sdk.MetricsBuffer();
      const { metricMeter } = sdk.Runtime.install({ telemetryOptions: { metrics: { buffer } } });
      const tagged = metricMeter.withTags({ a: 1, b: true });
      tagged.createCounter('c', 'u', 'd').add(2, { b: 'other' });
      tagged.createHistogram('h', 'int').record(20);
      metricMeter.createHistogram('hf', 'float').record(0.5);
      metricMeter.createGauge('g', 'float').set(1.5, { x: 2.5 });
      metricMeter.createUpDownCounter?.('u').add(-3);
      return [...buffer.retrieveUpdates()].map(({ metric, value, attributes }) => ({
        metric: { ...metric },
        value,
        attributes: { ...attributes },
      }));
    };
    assert.deepEqual(await record(ours), await record(theirs as never));
  });

  test('refuses the same values', () => {
    const refusals = (runtime: typeof ours.Runtime): unknown[] => {
      const { metricMeter } = runtime.instance();
      return [
        outcome(() => metricMeter.createCounter('c').add(-1)),
        outcome(() => metricMeter.createHistogram('h').record(-1)),
        outcome(() => metricMeter.createGauge('g').set(-1)),
      ];
    };
    assert.deepEqual(refusals(ours.Runtime), refusals(theirs.Runtime as never));
  });
});
