import { type Logger, type LogLevel, type LogMetadata, SdkComponent } from '@perdure/common';
import { logLevels } from '../logger.ts';
import type { CoreLogSettings } from './settings.ts';

/** What messages of the core are said to come from. Filters name it. */
const TARGET = 'temporalio_sdk_core';

/** The logger of what lies below Workers: the core. Its messages go where the telemetry options say. */
export function createCoreLogger(settings: CoreLogSettings): Logger {
  const severity = severityOf(settings.filter);
  const write = settings.type === 'forward' ? forwardTo(settings.receiver) : printAs(settings.format);
  const log = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    if (logLevels.indexOf(level) >= severity) write(level, message, meta);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

/** The least severe level that the filter lets through: of the core if it names it, else of everything. */
function severityOf(filter: string): number {
  const parts = filter.split(',').map((part) => part.trim());
  const own = parts.find((part) => part.startsWith(`${TARGET}=`))?.slice(TARGET.length + 1);
  const level = own ?? parts.find((part) => !part.includes('=')) ?? 'ERROR';
  const severity = logLevels.indexOf(level.toUpperCase() as LogLevel);
  // `off`, or nothing known.
  return severity < 0 ? logLevels.length : severity;
}

type Write = (level: LogLevel, message: string, meta: LogMetadata) => void;

const forwardTo =
  (receiver: Logger): Write =>
  (level, message, meta) =>
    receiver.log(level, message, { sdkComponent: SdkComponent.core, target: TARGET, ...meta });

const printAs =
  (format: 'compact' | 'pretty' | 'json'): Write =>
  (level, message, meta) => {
    const timestamp = new Date().toISOString();
    process.stderr.write(`${lineOf[format](timestamp, level, message, Object.entries(meta))}\n`);
  };

type Line = (timestamp: string, level: LogLevel, message: string, fields: [string, unknown][]) => string;

const asText = ([name, value]: [string, unknown]): string =>
  `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;

const lineOf: Readonly<Record<'compact' | 'pretty' | 'json', Line>> = {
  compact: (timestamp, level, message, fields) =>
    [timestamp, level.padStart(5), `${TARGET}:`, message, ...fields.map(asText)].join(' '),
  pretty: (timestamp, level, message, fields) =>
    [`  ${timestamp} ${level} ${TARGET}: ${message}`, ...fields.map((field) => `    ${asText(field)}`)].join('\n'),
  json: (timestamp, level, message, fields) =>
    JSON.stringify({ timestamp, level, fields: { message, ...Object.fromEntries(fields) }, target: TARGET }),
};
