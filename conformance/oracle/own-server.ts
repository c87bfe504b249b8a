/** A server of our own, in a process of its own so that it and the conversations have a core each. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface OwnServer {
  readonly address: string;
  close(): Promise<void>;
}

/** What the recorded server was started with, as far as it matters here. */
const SEARCH_ATTRIBUTES = ['Keyword', 'Text', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'];

export async function startOwnServer(): Promise<OwnServer> {
  const manifest = createRequire(import.meta.url).resolve('perdure/package.json');
  const attributes = SEARCH_ATTRIBUTES.flatMap((type) => ['--search-attribute', `Custom${type}Field=${type}`]);
  const child = spawn(
    process.execPath,
    [path.join(path.dirname(manifest), 'bin/perdure.js'), 'server', 'start-dev', '--port', '0', ...attributes],
    // With a channel, and told so, it ends when this process does, however that comes about.
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...process.env, PERDURE_NODE_CHILD: '1' } },
  );
  const address = await listening(child);
  return {
    address,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function listening(child: ChildProcess): Promise<string> {
  let heard = '';
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
    child.stdout?.on('data', (data: Buffer) => {
      heard += data.toString();
      const address = /Perdure Server: +(\S+)\n/.exec(heard)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
