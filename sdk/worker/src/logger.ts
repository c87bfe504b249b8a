import { formatWithOptions } from 'node:util';
import type { Logger, LogLevel, LogMetadata } from '@perdure/common';
import { hearsLevel } from '@perdure/common/lib/heard-levels';
import { timeOfDayNanos } from './logger-time.ts';

/** @deprecated Import from `@perdure/common` instead. */
export type { Logger, LogLevel, LogMetadata } from '@perdure/common';

export interface LogEntry {
  message: string;
  level: LogLevel;
  /** Nanoseconds since the epoch. */
  timestampNanos: bigint;
  /** What the message is about, if anything was said. */
  meta?: LogMetadata;
}

/** Under this name the metadata of a message may hold when it was logged, in nanoseconds since the epoch. */
export const LogTimestamp: unique symbol = Symbol.for('log_timestamp') as never;

/** From the least severe to the most. */
export const logLevels: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Whoever formats values for a logger asks it under this name whether it shows colors. */
const hasColors: unique symbol = Symbol.for('logger_has_colors') as never;

/** Node takes `NO_COLOR`, `FORCE_COLOR` and the like into account only for streams that are terminals. */
const stderrHasColors =
  process.stderr.isTTY === true ? process.stderr.hasColors() : /^[1-3]$/.test(process.env['FORCE_COLOR'] ?? '');

const format = (value: unknown): string => formatWithOptions({ colors: stderrHasColors }, value);

function writeToStderr({ level, timestampNanos, message, meta }: LogEntry): void {
  const date = new Date(Number(timestampNanos / 1_000_000n));
  const about = meta === undefined ? '' : ` ${format(meta)}`;
  process.stderr.write(`${format(date)} [${level}] ${message}${about}\n`);
}

/** Passes on messages of at least the given level (default `INFO`), to standard error or to a function. */
export class DefaultLogger implements Logger {
  readonly level: LogLevel;
  protected readonly logFunction: (entry: LogEntry) => void;
  protected readonly severity: number;
  readonly [hasColors]: boolean;

  constructor(level: LogLevel = 'INFO', logFunction: (entry: LogEntry) => void = writeToStderr) {
    this.level = level;
    this.logFunction = logFunction;
    this.severity = logLevels.indexOf(level);
    this[hasColors] = logFunction === writeToStderr && stderrHasColors;
  }

  log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (logLevels.indexOf(level) < this.severity) return;
    const { [LogTimestamp]: timestampNanos = timeOfDayNanos(), ...about } = meta ?? {};
    // An absent `meta` is there all the same, as undefined: log functions print it or compare it.
    const entry: Omit<LogEntry, 'meta'> & { meta: LogMetadata | undefined } = {
      level,
      message,
      meta: Object.keys(about).length === 0 ? undefined : about,
      timestampNanos,
    };
    this.logFunction(entry as LogEntry);
  }

  /** Who extends this class may pass on what this class would not. @internal */
  [hearsLevel](level: LogLevel): boolean {
    return this.constructor !== DefaultLogger || logLevels.indexOf(level) >= this.severity;
  }

  trace(message: string, meta?: LogMetadata): void {
    this.log('TRACE', message, meta);
  }

  debug(message: string, meta?: LogMetadata): void {
    this.log('DEBUG', message, meta);
  }

  info(message: string, meta?: LogMetadata): void {
    this.log('INFO', message, meta);
  }

  warn(message: string, meta?: LogMetadata): void {
    this.log('WARN', message, meta);
  }

  error(message: string, meta?: LogMetadata): void {
    this.log('ERROR', message, meta);
  }
}

/** Whether what this logger prints may be colored. @internal */
export function hasColorSupport(logger: Logger): boolean {
  return (logger as { [hasColors]?: boolean })[hasColors] ?? false;
}

/** A logger that holds messages back for a while. */
export interface FlushableLogger extends Logger {
  flush(): void;
  close?(): void;
}

export function isFlushableLogger(logger: Logger): logger is FlushableLogger {
  return 'flush' in logger && typeof logger.flush === 'function';
}
