import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isHeard } from '@perdure/common/lib/heard-levels';
import { LoggerWithComposedMetadata } from '@perdure/common/lib/logger';
import { DefaultLogger, hasColorSupport, isFlushableLogger, type LogEntry, LogTimestamp } from './logger.ts';
import { timeOfDayNanos } from './logger-time.ts';
import { NativeLogCollector } from './runtime-logger.ts';

function collecting(level?: ConstructorParameters<typeof DefaultLogger>[0]) {
  const entries: LogEntry[] = [];
  return { entries, logger: new DefaultLogger(level, (entry) => entries.push(entry)) };
}

describe('the default logger', () => {
  test('passes on what is severe enough, with what it is about', () => {
    const { entries, logger } = collecting('WARN');
    logger.trace('never');
    logger.debug('never', { a: 1 });
    logger.info('never');
    logger.warn('soon', { a: 1 });
    logger.error('now');
    assert.deepEqual(
      entries.map(({ timestampNanos: _, ...rest }) => rest),
      [
        { level: 'WARN', message: 'soon', meta: { a: 1 } },
        { level: 'ERROR', message: 'now', meta: undefined },
      ],
    );
  });

  test('says which levels it passes on, so that nothing is put together for the others', () => {
    const asked: string[] = [];
    const { entries, logger } = collecting('WARN');
    const composed = LoggerWithComposedMetadata.compose(new NativeLogCollector(logger).logger, () => {
      asked.push('who');
      return { who: 'me' };
    });
    composed.debug('never');
    composed.log('INFO', 'never');
    assert.deepEqual(asked, []);
    composed.warn('soon');
    assert.deepEqual([asked, entries], [['who'], []]);
  });

  test('leaves it to who extends it what is passed on', () => {
    class Loud extends DefaultLogger {}
    assert.deepEqual([isHeard(new DefaultLogger('WARN'), 'INFO'), isHeard(new Loud('WARN'), 'INFO')], [false, true]);
  });

  test('begins with INFO if nothing else is said', () => {
    const { entries, logger } = collecting();
    logger.debug('never');
    logger.info('always');
    assert.deepEqual(
      entries.map(({ message }) => message),
      ['always'],
    );
  });

  test('takes the time of a message from its metadata, if it is there', () => {
    const { entries, logger } = collecting();
    logger.info('then', { [LogTimestamp]: 5n });
    assert.equal(entries[0]?.timestampNanos, 5n);
    assert.equal(entries[0]?.meta, undefined);
    logger.info('now');
    const age = BigInt(Date.now()) * 1_000_000n - (entries[1]?.timestampNanos ?? 0n);
    assert.ok(age > -1_000_000_000n && age < 10_000_000_000n, String(age));
  });

  test('has no colors when it does not print', () => {
    assert.equal(hasColorSupport(collecting().logger), false);
    assert.equal(isFlushableLogger(collecting().logger), false);
  });
});

test('no two messages have the same time', () => {
  const times = Array.from({ length: 1000 }, timeOfDayNanos);
  assert.ok(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0n)));
});

describe('the log collector', () => {
  const nanos = (ms: number): bigint => BigInt(ms) * 1_000_000n;

  test('puts messages into the order in which they were logged', () => {
    const { entries, logger } = collecting('TRACE');
    const collector = new NativeLogCollector(logger);
    const now = Date.now();
    collector.logger.info('second', { [LogTimestamp]: nanos(now + 2) });
    collector.logger.warn('third', { [LogTimestamp]: nanos(now + 3), about: 'it' });
    collector.logger.debug('first', { [LogTimestamp]: nanos(now + 1) });
    assert.equal(entries.length, 0);
    collector.logger.flush();
    assert.deepEqual(
      entries.map(({ message, level }) => [message, level]),
      [
        ['first', 'DEBUG'],
        ['second', 'INFO'],
        ['third', 'WARN'],
      ],
    );
    assert.deepEqual(entries[2]?.meta, { about: 'it' });
    collector.close();
  });

  test('holds messages back for a while, and no longer', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval', 'Date'], now: 1_000_000 });
    const { entries, logger } = collecting();
    const collector = new NativeLogCollector(logger);
    collector.logger.info('old', { [LogTimestamp]: nanos(999_990) });
    collector.logger.info('young', { [LogTimestamp]: nanos(1_000_050) });
    t.mock.timers.tick(100);
    assert.deepEqual(
      entries.map(({ message }) => message),
      ['old'],
    );
    t.mock.timers.tick(100);
    assert.equal(entries.length, 2);
    collector.close();
  });

  test('lets the oldest go when there are too many', () => {
    const { entries, logger } = collecting();
    const collector = new NativeLogCollector(logger);
    for (let i = 0; i < 2001; i++) collector.logger.info(String(i));
    assert.deepEqual(
      entries.map(({ message }) => message),
      ['0'],
    );
    collector.close();
    assert.equal(entries.length, 2001);
  });
});
