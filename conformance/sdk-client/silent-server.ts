/** Takes calls and never answers. */
import { once } from 'node:events';
import { createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

export interface SilentServer {
  readonly address: string;
  /** Resolves when the next call has arrived. */
  nextCall(): Promise<unknown>;
  close(): Promise<void>;
}

export async function openSilentServer(): Promise<SilentServer> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => sessions.add(session.once('close', () => sessions.delete(session))));
  server.on('stream', (stream) => stream.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    nextCall: () => once(server, 'stream'),
    close: async () => {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
