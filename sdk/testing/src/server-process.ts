import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@perdure/client';
import { commandLine } from './command-line.ts';
import type { DevServerConfig, TimeSkippingServerConfig } from './ephemeral-server.ts';
import type { RunningServer } from './running-server.ts';

/** How long (ms) a server may take until it answers. */
const startTimeoutMs = 10_000;
const betweenTriesMs = 50;

/** Runs an executable as the server, and waits until it answers. */
export async function startProcess(
  path: string,
  config: DevServerConfig | TimeSkippingServerConfig,
): Promise<RunningServer> {
  const ip = (config.type === 'dev-server' && config.ip) || '127.0.0.1';
  const port = config.port ?? (await freePort(ip));
  const child = spawn(path, commandLine(config, port), { stdio: ['ignore', 'inherit', 'inherit'] });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', killWithUs);
    await kill(child);
  };
  const address = `${ip}:${port}`;
  try {
    await Promise.race([answering(address), brokenOff(child, path)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, channel: undefined, diagnose: () => undefined, stop };
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`no port of ${host} to be had`);
  return address.port;
}

async function answering(address: string): Promise<void> {
  const until = Date.now() + startTimeoutMs;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.close();
      return;
    } catch (cause) {
      if (Date.now() >= until)
        throw new Error(`The server at ${address} does not answer after ${startTimeoutMs / 1000} s`, { cause });
      await sleep(betweenTriesMs);
    }
  }
}

/** Rejects when the process ends, or never begins. */
function brokenOff(child: ChildProcess, path: string): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', (cause) => reject(new Error(`Cannot run ${path}: ${cause.message}`, { cause })));
    child.once('exit', (code, signal) => reject(new Error(`${path} ended with ${signal ?? `code ${code}`}`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
