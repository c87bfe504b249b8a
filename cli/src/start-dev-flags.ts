import { parseArgs } from 'node:util';
import { isLogLevel, type LogFormat, type LogLevel } from './log.ts';

/** What the user asked for cannot be; the message says why and what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface StartDev {
  readonly ip: string;
  readonly port: number;
  /** Undefined for a server that keeps nothing. */
  readonly db: string | undefined;
  readonly namespaces: readonly string[];
  /** Names of types by name of attribute; whether there is such a type is for the server to say. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  readonly dynamicConfig: readonly (readonly [string, unknown])[];
  /** Whether tests can have time skipped; 'unlocked': it is skipped from the start. */
  readonly timeSkipping: boolean | 'unlocked';
  /** Whether namespaces come into being by being used. */
  readonly anyNamespace: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly logConfig: boolean;
  /** One line for each flag that has no effect. */
  readonly notes: readonly string[];
}

/** Flags of parts that are not there yet: what part. */
const notYet: Readonly<Record<string, string>> = {
  'ui-port': 'web UI',
  'ui-ip': 'web UI',
  'ui-public-path': 'web UI',
  'ui-asset-path': 'web UI',
  'ui-codec-endpoint': 'web UI',
  'http-port': 'HTTP API',
  'metrics-port': 'metrics endpoint',
};

/** Flags of the reference's command line that change nothing about a server that runs in the foreground. */
const immaterial = [
  'color',
  'output',
  'time-format',
  'env',
  'env-file',
  'config-file',
  'profile',
  'command-timeout',
  'client-connect-timeout',
];
const switches = [
  'headless',
  'log-config',
  'time-skipping',
  'ui-disable-news-fetch',
  'disable-config-file',
  'disable-config-env',
  'no-json-shorthand-payloads',
];
const repeatable = ['namespace', 'search-attribute', 'dynamic-config-value', 'sqlite-pragma'];
const single = ['ip', 'port', 'db-filename', 'log-level', 'log-format', ...Object.keys(notYet), ...immaterial];
const short: Readonly<Record<string, string>> = { port: 'p', namespace: 'n', 'db-filename': 'f', output: 'o' };

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Reads the flags of `server start-dev`. Throws `UsageError`. */
export function readStartDevFlags(flags: readonly string[]): StartDev {
  const values = parse(flags);
  const text = (name: string, otherwise: string): string => String(values[name] ?? otherwise);
  const all = (name: string): readonly string[] => (values[name] ?? []) as readonly string[];
  const logLevel = text('log-level', 'warn').toLowerCase();
  if (!isLogLevel(logLevel)) throw wrong('log-level', logLevel, 'debug, info, warn, error or never');
  const ip = text('ip', 'localhost');
  return {
    ip: ip === 'localhost' ? '127.0.0.1' : ip,
    port: readPort(text('port', '7233')),
    db: values['db-filename'] === undefined ? undefined : text('db-filename', ''),
    namespaces: all('namespace').map(nonEmpty),
    searchAttributes: Object.fromEntries(
      all('search-attribute').map((given) => pair('search-attribute', given, 'NAME=TYPE')),
    ),
    dynamicConfig: all('dynamic-config-value').map(readSetting),
    timeSkipping: values['time-skipping'] === true,
    anyNamespace: false,
    logLevel,
    logFormat: readLogFormat(text('log-format', 'pretty')),
    logConfig: values['log-config'] === true,
    notes: notesOn(values),
  };
}

function parse(flags: readonly string[]): Values {
  const options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean; short?: string }> = {};
  for (const name of single) options[name] = { type: 'string', ...shortOf(name) };
  for (const name of repeatable) options[name] = { type: 'string', multiple: true, ...shortOf(name) };
  for (const name of switches) options[name] = { type: 'boolean' };
  try {
    return parseArgs({ args: flags.flatMap(switchValue), options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node goes on to explain how to pass positional arguments, of which there are none.
    const [reason] = (error as Error).message.split(/\. To specify|\n/);
    throw new UsageError(`${reason}; perdure server start-dev --help lists the flags`);
  }
}

function shortOf(name: string): { short?: string } {
  const letter = short[name];
  return letter === undefined ? {} : { short: letter };
}

/** A switch may also be given as `--headless=true`. */
function switchValue(flag: string): string[] {
  const [, name = '', value] = /^--([a-z-]+)=(true|false)$/.exec(flag) ?? [];
  if (!switches.includes(name)) return [flag];
  return value === 'true' ? [`--${name}`] : [];
}

const wrong = (flag: string, given: string, wanted: string): UsageError =>
  new UsageError(`--${flag} is to be ${wanted}, not "${given}"`);

function readPort(given: string): number {
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65_535) throw wrong('port', given, 'a port from 0 to 65535');
  return port;
}

function readLogFormat(given: string): LogFormat {
  if (given === 'json') return 'json';
  if (given === 'pretty' || given === 'text') return 'pretty';
  throw wrong('log-format', given, 'pretty or json');
}

function nonEmpty(namespace: string): string {
  if (namespace === '') throw wrong('namespace', namespace, 'a name');
  return namespace;
}

function pair(flag: string, given: string, wanted: string): readonly [string, string] {
  const at = given.indexOf('=');
  if (at < 1) throw wrong(flag, given, wanted);
  return [given.slice(0, at), given.slice(at + 1)];
}

function readSetting(given: string): readonly [string, unknown] {
  const [key, json] = pair('dynamic-config-value', given, 'KEY=JSON');
  try {
    return [key, JSON.parse(json) as unknown];
  } catch {
    throw wrong('dynamic-config-value', given, `KEY=JSON; text goes in quotes: '${key}="${json}"'`);
  }
}

function notesOn(values: Values): string[] {
  const notes = Object.entries(notYet)
    .filter(([flag]) => values[flag] !== undefined)
    .map(([flag, part]) => `--${flag} has no effect: there is no ${part} in this version yet.`);
  if (values['sqlite-pragma']) notes.push('--sqlite-pragma has no effect: the server sets the pragmas that it needs.');
  return notes;
}
