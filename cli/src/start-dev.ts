import {
  DynamicConfigError,
  readDynamicConfig,
  type Server,
  StorageError,
  searchAttributeType,
  startServer,
} from '@perdure/server';
import { createLog, type Log } from './log.ts';
import { type StartDev, UsageError } from './start-dev-flags.ts';

/** Starts a server and runs it until the process is told to stop. Throws `UsageError` when that cannot be. */
export async function startDev(options: StartDev, version: string): Promise<void> {
  const log = createLog(options.logLevel, options.logFormat);
  const { limits, warnings } = settings(options);
  for (const [name, type] of Object.entries(options.searchAttributes))
    if (searchAttributeType(type) === undefined)
      throw new UsageError(
        `--search-attribute ${name}=${type}: the type is to be Text, Keyword, Int, Double, Bool, Datetime or KeywordList`,
      );
  for (const note of [...options.notes, ...warnings]) console.error(`perdure: ${note}`);
  if (options.logConfig) console.error(JSON.stringify({ ...options, notes: undefined, limits }));
  const server = await start(options, limits, log);
  const stop = toldToStop();
  console.log(banner(version, server.address, options.db));
  log.info(`stopping: ${await stop}`);
  await server.close();
}

function settings(options: StartDev): ReturnType<typeof readDynamicConfig> {
  try {
    return readDynamicConfig(options.dynamicConfig);
  } catch (error) {
    if (error instanceof DynamicConfigError) throw new UsageError(`--dynamic-config-value: ${error.message}`);
    throw error;
  }
}

async function start(
  { ip, port, db, namespaces, searchAttributes, timeSkipping, anyNamespace }: StartDev,
  limits: ReturnType<typeof readDynamicConfig>['limits'],
  log: Log,
): Promise<Server> {
  try {
    return await startServer({
      ip,
      port,
      namespaces,
      searchAttributes,
      timeSkipping,
      anyNamespace,
      ...(timeSkipping !== false && { retention: retentionOfTestServer }),
      limits,
      onBug: (error) => log.error('something went wrong in the server', error),
      ...(db === undefined ? {} : { db }),
    });
  } catch (error) {
    throw explained(error, ip, port);
  }
}

/** What keeps a server from starting, in words that say what to do about it. */
function explained(error: unknown, ip: string, port: number): unknown {
  if (error instanceof StorageError) return new UsageError(error.message);
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new UsageError(
        `port ${port} of ${ip} is taken; stop what listens there, or choose another one with --port`,
      );
    case 'EACCES':
      return new UsageError(`port ${port} may not be used by this user; choose one above 1023 with --port`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UsageError(`${ip} is no address of this machine; choose another one with --ip`);
    default:
      return error;
  }
}

const banner = (version: string, address: string, db: string | undefined): string =>
  [
    `Perdure CLI:          ${version}`,
    `Perdure Server:       ${address}`,
    `Perdure Persistence:  ${db ?? 'in memory'}`,
  ].join('\n');

/** A terminal and the process above may both pass on the same key press. */
const SAME_SIGNAL_MS = 500;

/** Ten years: tests that sleep for months want to look at what ended before. The official test server forgets nothing. */
const retentionOfTestServer = 3650 * 24 * 3_600_000;

/** Resolves with the first signal to stop. Another one, later, ends the process at once. */
function toldToStop(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let first: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, (signal) => {
      first ??= performance.now();
      if (performance.now() - first > SAME_SIGNAL_MS) process.exit(1);
      resolve(signal);
    });
  }
  return promise;
}
