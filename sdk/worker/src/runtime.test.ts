import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { DefaultLogger, type LogEntry } from './logger.ts';
import { Runtime } from './runtime.ts';
import { compileOptions, makeTelemetryFilterString } from './runtime-options.ts';

afterEach(async () => {
  await Runtime._instance?.shutdown();
});

describe('the runtime', () => {
  test('is one', () => {
    const runtime = Runtime.instance();
    assert.equal(Runtime.instance(), runtime);
    assert.throws(() => Runtime.install({}), {
      name: 'IllegalStateError',
      message: 'Runtime singleton has already been instantiated. Did you start a Worker before calling `install`?',
    });
  });

  test('is installed once', () => {
    Runtime.install({});
    assert.throws(() => Runtime.install({}), {
      name: 'IllegalStateError',
      message: 'Runtime singleton has already been installed',
    });
  });

  test('has the options of the one before it', async () => {
    const logger = new DefaultLogger('DEBUG');
    const installed = Runtime.install({ logger });
    assert.equal(installed.options.logger, logger);
    await installed.shutdown();
    assert.notEqual(Runtime.instance(), installed);
    assert.equal(Runtime.instance().logger, logger);
    Runtime.instance();
  });

  test('ends with the last of what it holds', async () => {
    const runtime = Runtime.install({});
    const [first, worker] = [await runtime.hold(async () => ({})), {}];
    runtime.registerWorker(worker);
    await runtime.release(first);
    assert.equal(Runtime._instance, runtime);
    await runtime.deregisterWorker(worker);
    assert.equal(Runtime._instance, undefined);
  });

  test('ends when nothing could be made', async () => {
    const runtime = Runtime.install({});
    await assert.rejects(
      runtime.hold(() => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(Runtime._instance, undefined);
    await runtime.shutdown();
  });

  test('tells those who asked when a signal comes, and those who ask later at once', async () => {
    const runtime = Runtime.install({ shutdownSignals: ['SIGUSR1'] });
    const told: string[] = [];
    const gone = () => told.push('gone');
    runtime.registerShutdownSignalCallback(() => told.push('early'));
    runtime.registerShutdownSignalCallback(gone);
    runtime.deregisterShutdownSignalCallback(gone);
    const listening = process.listenerCount('SIGUSR1');
    process.emit('SIGUSR1', 'SIGUSR1');
    assert.equal(process.listenerCount('SIGUSR1'), listening - 1);
    await new Promise(setImmediate);
    runtime.registerShutdownSignalCallback(() => told.push('late'));
    await new Promise(setImmediate);
    assert.deepEqual(told, ['early', 'late']);
  });

  test('stops listening for signals when it ends', async () => {
    const before = process.listenerCount('SIGTERM');
    const runtime = Runtime.install({});
    assert.equal(process.listenerCount('SIGTERM'), before + 1);
    await runtime.shutdown();
    assert.equal(process.listenerCount('SIGTERM'), before);
  });
});

describe('messages of the core', () => {
  test('go to the logger where they are forwarded, in order and only if they are severe enough', async () => {
    const entries: LogEntry[] = [];
    const runtime = Runtime.install({
      logger: new DefaultLogger('TRACE', (entry) => entries.push(entry)),
      telemetryOptions: { logging: { forward: {}, filter: { core: 'DEBUG' } } },
    });
    runtime.coreLogger.trace('too little');
    runtime.coreLogger.debug('Initializing worker', { taskQueue: 'q' });
    runtime.logger.info('of the worker');
    assert.equal(entries.length, 0);
    runtime.flushLogs();
    assert.deepEqual(
      entries.map(({ message }) => message),
      ['Initializing worker', 'of the worker'],
    );
    assert.deepEqual(entries[0]?.meta, { sdkComponent: 'core', target: 'temporalio_sdk_core', taskQueue: 'q' });
    runtime.logger.info('last');
    await runtime.shutdown();
    assert.equal(entries.at(-1)?.message, 'last');
  });

  test('are printed otherwise', (t) => {
    const printed: string[] = [];
    t.mock.method(process.stderr, 'write', (text: string) => printed.push(text));
    for (const format of ['compact', 'pretty', 'json'] as const) {
      const { logExporter } = compileOptions({
        telemetryOptions: { logging: { console: { format } } },
      }).runtimeOptions;
      assert.deepEqual({ ...logExporter, filter: '' }, { type: 'console', filter: '', format });
    }
    const runtime = Runtime.install({});
    runtime.coreLogger.info('too little');
    runtime.coreLogger.warn('beware', { of: 'dogs', count: 2 });
    t.mock.restoreAll();
    assert.equal(printed.length, 1);
    assert.match(printed[0] ?? '', /WARN temporalio_sdk_core: beware of=dogs count=2\n$/);
  });
});

describe('options of the runtime', () => {
  const filterOf = (telemetryOptions: Parameters<typeof Runtime.install>[0]['telemetryOptions']): string =>
    compileOptions(telemetryOptions === undefined ? {} : { telemetryOptions }).runtimeOptions.logExporter.filter;

  test('have the filter that was said last, in whatever way', () => {
    const usual = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' });
    assert.equal(usual, 'ERROR,temporalio_sdk_core=WARN,temporalio_client=WARN,temporalio_common=WARN');
    assert.equal(filterOf(undefined), usual);
    assert.equal(filterOf({ tracingFilter: 'x' }), 'x');
    assert.equal(filterOf({ tracingFilter: 'x', logging: { filter: 'y' } }), 'y');
    assert.equal(filterOf({ logging: { filter: { core: 'DEBUG' } } }), makeTelemetryFilterString({ core: 'DEBUG' }));
  });

  test('have defaults', () => {
    const { shutdownSignals, runtimeOptions } = compileOptions({});
    assert.deepEqual(shutdownSignals, ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2']);
    assert.deepEqual(runtimeOptions.telemetry, { metricPrefix: 'temporal_', attachServiceName: true });
    assert.equal(runtimeOptions.metricsExporter, null);
    assert.equal(runtimeOptions.workerHeartbeatIntervalMillis, 60_000);
    assert.equal(compileOptions({ workerHeartbeatInterval: 0 }).runtimeOptions.workerHeartbeatIntervalMillis, null);
  });
});
