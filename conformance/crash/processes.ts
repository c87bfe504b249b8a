/** Real processes that are killed without warning and started again. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Victim {
  readonly name: string;
  /** Ends the process at once (SIGKILL), and starts it again after `downMs`. */
  killAndRestart(downMs: number): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** How often it ended without being told to. */
  ownEnds(): number;
  /** Of the process that runs now. */
  pid(): number | undefined;
}

export interface ServerAt {
  readonly port: number;
  readonly db: string;
}

/** What the command line is told for a server on a database file. */
export const startDev = ({ port, db }: ServerAt, ...flags: readonly string[]): string[] => [
  'server',
  'start-dev',
  '--ip',
  '127.0.0.1',
  '--port',
  `${port}`,
  '--db-filename',
  db,
  '--headless',
  ...flags,
];

/** The same for a test server. */
export const testServer = ({ port, db }: ServerAt, ...flags: readonly string[]): string[] => [
  'test-server',
  `${port}`,
  '--db-filename',
  db,
  ...flags,
];

/** The server as its users run it: through the command line. */
export function serverVictim(words: readonly string[]): Victim {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('perdure/package.json'))), 'bin', 'perdure.js');
  return victim('server', () => spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'ignore', 'inherit'] }));
}

/** The SDKs that workers take turns with, by what has one stand in for the other. */
const sdks = ['with-official-sdk.ts', 'with-own-sdk.ts'] as const;

/**
 * A worker of the order example, which comes back with the other SDK each time, so that orders change hands between
 * the two in the middle of their histories.
 */
export function workerVictim(number: number, environment: Readonly<Record<string, string>>): Victim {
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const name = `worker ${number}`;
  const env = { ...process.env, ...environment, CRASH_IDENTITY: name };
  let starts = number;
  return victim(name, () => {
    const preload = join(import.meta.dirname, '../../scripts', sdks[starts++ % sdks.length] ?? sdks[0]);
    const execArgv = ['--disable-warning=ExperimentalWarning', `--import=${preload}`];
    return fork(script, { env, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  });
}

function victim(name: string, start: () => ChildProcess): Victim {
  let child = start();
  let expected = true;
  let ownEnds = 0;
  const watch = () => {
    expected = false;
    child.once('exit', () => {
      if (expected) return;
      // A worker gives up when it cannot reach the server for long; a supervisor would start it again.
      ownEnds++;
      setTimeout(() => {
        if (!expected) respawn();
      }, 200);
    });
  };
  const respawn = () => {
    child = start();
    watch();
  };
  const end = async () => {
    expected = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  watch();
  return {
    name,
    killAndRestart: async (downMs) => {
      await end();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      respawn();
    },
    stop: end,
    ownEnds: () => ownEnds,
    pid: () => child.pid,
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
