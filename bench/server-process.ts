/** A server in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';

export interface ServerProcess {
  readonly address: string;
  readonly pid: number | undefined;
  /** From the spawn to the first answer to GetSystemInfo, in milliseconds. */
  readonly startUpMs: number;
  stop(): Promise<void>;
}

/**
 * The command that starts our server; `{port}` and `{db}` are filled in.
 *
 * Other servers can be started the same way, e.g. `temporal server start-dev --headless --port {port} --db-filename {db}`.
 */
export function ownCommand(): string {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('perdure/package.json'))), 'bin', 'perdure.js');
  return `${process.execPath} ${cli} server start-dev --ip 127.0.0.1 --port {port} --db-filename {db} --headless`;
}

/**
 * Starts a server and waits until it answers.
 *
 * @param command split at blanks, with `{port}` and `{db}` in it
 * @throws when it ends before it answers, or is silent for a minute
 */
export async function startServerProcess(command: string, db: string): Promise<ServerProcess> {
  const port = await freePort();
  const [program = '', ...args] = command
    .split(' ')
    .map((word) => word.replace('{port}', String(port)).replace('{db}', db));
  const begin = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const address = `127.0.0.1:${port}`;
  await firstAnswer(address, child);
  const startUpMs = performance.now() - begin;
  return { address, pid: child.pid, startUpMs, stop: () => stop(child) };
}

async function firstAnswer(address: string, child: ChildProcess): Promise<void> {
  const connection = Connection.lazy({
    address,
    // Without this a connection that was refused once waits a second before it is tried again.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 10, 'grpc.max_reconnect_backoff_ms': 10 },
    interceptors: [],
  });
  try {
    for (const deadline = Date.now() + 60_000; ; ) {
      try {
        await connection.withDeadline(Date.now() + 1_000, () => connection.workflowService.getSystemInfo({}));
        return;
      } catch (error) {
        if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode} before it answered`);
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  } finally {
    await connection.close();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const giveUp = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await once(child, 'exit');
  clearTimeout(giveUp);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
