import type { Logger, LogLevel, LogMetadata } from '@perdure/common';
import { hearsLevel, isHeard } from '@perdure/common/lib/heard-levels';
import type { FlushableLogger, LogEntry } from './logger.ts';
import { LogTimestamp } from './logger.ts';
import { timeOfDayNanos } from './logger-time.ts';

/** How long a message is held back at least, in milliseconds. */
const HOLD_MS = 100;
const FLUSH_INTERVAL_MS = 100;
/** How many messages are held back at most; the oldest go first. */
const CAPACITY = 2000;

/**
 * Puts messages that come from several sides into the order in which they were logged. Messages of workflow code arrive
 * with the completion of their activation, so later ones may have been logged by then: each message is held back for
 * 100 ms, or until 2,000 are.
 */
export class NativeLogCollector {
  /** What is logged here goes to the downstream logger, in order. */
  readonly logger: FlushableLogger & { [hearsLevel](level: LogLevel): boolean };
  protected readonly downstream: Logger;
  /** By time, the oldest first. */
  #held: LogEntry[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(downstream: Logger) {
    this.downstream = downstream;
    const log = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
      if (isHeard(downstream, level)) this.#add(level, message, meta);
    };
    this.logger = {
      log,
      trace: (message, meta) => log('TRACE', message, meta),
      debug: (message, meta) => log('DEBUG', message, meta),
      info: (message, meta) => log('INFO', message, meta),
      warn: (message, meta) => log('WARN', message, meta),
      error: (message, meta) => log('ERROR', message, meta),
      flush: () => this.flush(),
      [hearsLevel]: (level) => isHeard(this.downstream, level),
      close: () => this.close(),
    };
    this.#timer = setInterval(() => this.#flushRipe(), FLUSH_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Passes on all that is held back. */
  flush(): void {
    this.#passOn(this.#held.length);
  }

  close(): void {
    this.flush();
    clearInterval(this.#timer);
  }

  #add(level: LogLevel, message: string, meta: LogMetadata): void {
    const timestampNanos: bigint = meta[LogTimestamp] ?? timeOfDayNanos();
    const held = this.#held;
    // What comes late is late by little: looking from the end finds its place at once.
    let place = held.length;
    for (; place > 0; place--) {
      const before = held[place - 1];
      if (before === undefined || before.timestampNanos <= timestampNanos) break;
    }
    held.splice(place, 0, { level, message, meta, timestampNanos });
    if (held.length > CAPACITY) this.#passOn(held.length - CAPACITY);
  }

  #flushRipe(): void {
    const ripe = BigInt(Date.now() - HOLD_MS) * 1_000_000n;
    const firstUnripe = this.#held.findIndex(({ timestampNanos }) => timestampNanos > ripe);
    this.#passOn(firstUnripe < 0 ? this.#held.length : firstUnripe);
  }

  #passOn(count: number): void {
    for (const { level, message, meta, timestampNanos } of this.#held.splice(0, count)) {
      this.downstream.log(level, message, { [LogTimestamp]: timestampNanos, ...meta });
    }
  }
}
