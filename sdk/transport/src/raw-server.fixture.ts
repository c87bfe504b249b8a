import { once } from 'node:events';
import type {
  IncomingHttpHeaders,
  OutgoingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
  Settings,
} from 'node:http2';
import { createSecureServer, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HEAD_BYTES } from './frame.ts';

export type Respond = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

export interface RawServer {
  readonly address: string;
  readonly port: number;
  /** The connections that there are, the oldest first. */
  readonly sessions: ServerHttp2Session[];
  /** Ends the server with all its connections, at once. */
  close(): Promise<void>;
}

export interface RawServerOptions {
  readonly port?: number;
  readonly host?: string;
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca?: string; readonly requestCert?: boolean };
  readonly settings?: Settings;
}

/** A server that does with each stream what the test says, right or wrong. */
export async function rawServer(respond: Respond, options: RawServerOptions = {}): Promise<RawServer> {
  const settings = options.settings ?? {};
  const server =
    options.tls === undefined
      ? createServer({ settings })
      : createSecureServer({ ...options.tls, settings, rejectUnauthorized: true });
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined);
    session.on('close', () => sessions.splice(sessions.indexOf(session), 1));
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => undefined);
    respond(stream, headers);
  });
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    port,
    sessions,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const session of [...sessions]) session.destroy();
      await closed;
    },
  };
}

export const grpcHeaders: OutgoingHttpHeaders = { ':status': 200, 'content-type': 'application/grpc' };

/** Answers with these bytes, which should be a framed message, and this status. */
export function answer(stream: ServerHttp2Stream, bytes: Uint8Array, trailers: OutgoingHttpHeaders = {}): void {
  stream.respond(grpcHeaders, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0, ...trailers }));
  stream.end(bytes);
}

/** Answers with nothing but a status. */
export function refuse(stream: ServerHttp2Stream, status: OutgoingHttpHeaders): void {
  stream.respond({ ...grpcHeaders, ...status }, { endStream: true });
}

/** The content of the request, without its head. */
export const requestOf = async (stream: ServerHttp2Stream): Promise<Buffer> =>
  (await buffer(stream)).subarray(HEAD_BYTES);
