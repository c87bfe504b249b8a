import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contribute, resolveContributions } from './contributions.ts';
import { type Logger, LoggerWithComposedMetadata, type LogLevel, type LogMetadata } from './logger.ts';
import { type MetricMeter, MetricMeterWithComposedTags, type MetricTags, noopMetricMeter } from './metrics.ts';

describe('contributions', () => {
  test('that follow each other become one, and later ones win', () => {
    const two = contribute<Record<string, number>>(contribute<Record<string, number>>([], { a: 1, b: 1 }), { b: 2 });
    assert.deepEqual(two, [{ a: 1, b: 2 }]);
  });

  test('that say nothing new leave what was there', () => {
    const one = contribute<Record<string, number>>([], { a: 1 });
    assert.equal(contribute(one, {}), one);
    assert.equal(contribute(one, { a: 1 }), one);
  });

  test('by functions are asked each time, in their place', () => {
    let count = 0;
    const chain = contribute<Record<string, unknown>>([{ a: 0, z: 1 }], () => ({ a: ++count, none: undefined }));
    assert.deepEqual(resolveContributions(chain, undefined), { a: 1, z: 1 });
    assert.deepEqual(resolveContributions(contribute(chain, { z: 2 }), { x: null, y: 3 }), { a: 2, z: 2, y: 3 });
  });
});

describe('a logger with metadata', () => {
  function recording() {
    const messages: [LogLevel, string, LogMetadata | undefined][] = [];
    const at = (level: LogLevel) => (message: string, meta?: LogMetadata) => messages.push([level, message, meta]);
    const logger: Logger = {
      log: (level, message, meta) => messages.push([level, message, meta]),
      trace: at('TRACE'),
      debug: at('DEBUG'),
      info: at('INFO'),
      warn: at('WARN'),
      error: at('ERROR'),
    };
    return { messages, logger };
  }

  test('adds them to every message of every level', () => {
    const { messages, logger } = recording();
    const composed = LoggerWithComposedMetadata.compose(logger, { a: 1 });
    composed.log('INFO', 'log');
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const) composed[level](level, { b: 2 });
    assert.deepEqual(messages[0], ['INFO', 'log', { a: 1 }]);
    assert.deepEqual(
      messages.slice(1).map(([level]) => level),
      ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
    );
    assert.deepEqual(messages.at(-1), ['ERROR', 'error', { a: 1, b: 2 }]);
  });

  test('is the logger itself if it would add nothing', () => {
    const { logger } = recording();
    assert.equal(LoggerWithComposedMetadata.compose(logger, {}), logger);
    const composed = LoggerWithComposedMetadata.compose(logger, { a: 1 });
    assert.equal(LoggerWithComposedMetadata.compose(composed, { a: 1 }), composed);
  });

  test('never passes messages through more than one logger', () => {
    const { messages, logger } = recording();
    const twice = LoggerWithComposedMetadata.compose(LoggerWithComposedMetadata.compose(logger, { a: 1 }), () => ({
      b: 2,
    }));
    twice.info('m', { a: 3 });
    assert.deepEqual(messages, [['INFO', 'm', { a: 3, b: 2 }]]);
    assert.equal((twice as unknown as { parentLogger: Logger }).parentLogger, logger);
  });
});

describe('a meter with tags', () => {
  function recording() {
    const recorded: [name: string, value: number, tags: MetricTags | undefined][] = [];
    const meter = {
      ...noopMetricMeter,
      createCounter: (name: string) => ({ ...noopMetricMeter.createCounter(name, 'u', 'd'), add: record(name) }),
      createHistogram: (name: string) => ({ ...noopMetricMeter.createHistogram(name, 'float'), record: record(name) }),
      createGauge: (name: string) => ({ ...noopMetricMeter.createGauge(name), set: record(name) }),
      createUpDownCounter: (name: string) => ({ ...noopMetricMeter.createUpDownCounter(name), add: record(name) }),
    } as unknown as MetricMeter;
    const record = (name: string) => (value: number, tags?: MetricTags) => recorded.push([name, value, tags]);
    return { recorded, meter };
  }

  test('adds them to what all of its metrics record', () => {
    const { recorded, meter } = recording();
    const tagged = MetricMeterWithComposedTags.compose(meter, { a: 1 }).withTags({ b: 2 });
    tagged.createCounter('counter').add(1, { c: 3 });
    tagged.createHistogram('histogram').withTags({ a: 9 }).record(2);
    tagged.createGauge('gauge').set(3);
    tagged.createUpDownCounter?.('both').add(-4);
    assert.deepEqual(recorded, [
      ['counter', 1, { a: 1, b: 2, c: 3 }],
      ['histogram', 2, { a: 9, b: 2 }],
      ['gauge', 3, { a: 1, b: 2 }],
      ['both', -4, { a: 1, b: 2 }],
    ]);
  });

  test('describes metrics as they are', () => {
    const { meter } = recording();
    const tagged = MetricMeterWithComposedTags.compose(meter, { a: 1 });
    const { name, unit, description, kind, valueType } = tagged.createCounter('c');
    assert.deepEqual([name, unit, description, kind, valueType], ['c', 'u', 'd', 'counter', 'int']);
    assert.equal(tagged.createHistogram('h').valueType, 'float');
  });

  test('is the meter itself if it would add nothing, unless forced', () => {
    const { meter } = recording();
    assert.equal(MetricMeterWithComposedTags.compose(meter, {}), meter);
    assert.notEqual(MetricMeterWithComposedTags.compose(meter, {}, true), meter);
    const counter = MetricMeterWithComposedTags.compose(meter, { a: 1 }).createCounter('c');
    assert.equal(counter.withTags({ a: 1 }), counter);
  });

  test('says so if a meter has no up-down counters', () => {
    const { createUpDownCounter: _, ...without } = recording().meter;
    const tagged = MetricMeterWithComposedTags.compose(without, { a: 1 });
    assert.throws(() => tagged.createUpDownCounter?.('x'), {
      message: 'createUpDownCounter is not supported by the underlying meter',
    });
  });

  test('that does nothing does nothing', () => {
    const counter = noopMetricMeter.createCounter('c');
    assert.equal(counter.withTags({ a: 1 }), counter);
    assert.equal(counter.add(1), undefined);
    assert.equal(noopMetricMeter.withTags({ a: 1 }), noopMetricMeter);
  });
});
