import { inspect } from 'node:util';

const LEVELS = ['debug', 'info', 'warn', 'error', 'never'] as const;
export type LogLevel = (typeof LEVELS)[number];
export type LogFormat = 'pretty' | 'json';

export const isLogLevel = (text: string): text is LogLevel => (LEVELS as readonly string[]).includes(text);

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** Writes one line per entry to standard error. */
export function createLog(
  level: LogLevel,
  format: LogFormat,
  write: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Log {
  const least = LEVELS.indexOf(level);
  const entry = (of: LogLevel, message: string, error?: unknown): void => {
    if (LEVELS.indexOf(of) < least) return;
    const time = new Date().toISOString();
    const what = error === undefined ? undefined : inspect(error);
    if (format === 'json') write(JSON.stringify({ time, level: of, msg: message, error: what }));
    else write(`${time} ${of.toUpperCase().padEnd(5)} ${message}${what === undefined ? '' : `: ${what}`}`);
  };
  return {
    info: (message) => entry('info', message),
    warn: (message) => entry('warn', message),
    error: (message, error) => entry('error', message, error),
  };
}
