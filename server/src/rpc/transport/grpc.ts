import type { Server as Acceptor, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { createServer as createTlsServer } from 'node:tls';
import { createDeadlines } from '../../kernel/deadlines.ts';
import { realClock } from '../../kernel/real-clock.ts';
import type { Dispatch, Listener, OnBug, ServiceShape, StreamingMethod, TransportLimits } from './contract.ts';
import { defaultLimits } from './contract.ts';
import type { Connection } from './grpc-connection.ts';
import { callBegins, callEnds, goAway, watchConnection } from './grpc-connection.ts';
import { routesOf, serve } from './grpc-routes.ts';
import { Http2Connection } from './http2/connection.ts';
import type { Http2Stream, StreamEvents } from './http2/stream.ts';
import { refusalOf } from './refusal.ts';
import type { Expiring, Serving } from './served-call.ts';

export interface GrpcOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly services: readonly ServiceShape[];
  readonly dispatch: Dispatch;
  readonly limits?: Partial<TransportLimits>;
  /** Default: no TLS. */
  readonly credentials?: Pick<SecureContextOptions, 'key' | 'cert'>;
  /** Methods with streams, which `dispatch` never sees. */
  readonly streams?: readonly StreamingMethod[];
  readonly onBug?: OnBug;
}

/** Even a listener that shall not wait lets out what was answered already. */
const LEAST_GRACE_MS = 50;

/**
 * Serves gRPC over HTTP/2.
 *
 * Rejects with the socket's own error (`code` EADDRINUSE, EACCES, …) when it cannot listen.
 */
export async function listenGrpc(options: GrpcOptions): Promise<Listener> {
  const { host, port, services, dispatch, streams = [], onBug } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const deadlines = createDeadlines<Expiring>(realClock, (call) => call.expire());
  const serving: Serving = { dispatch, onBug, maxRequestBytes: limits.maxRequestBytes, deadlines };
  const closing = new AbortController();
  const routes = routesOf(services, streams);
  const connections = new Set<Connection>();
  const acceptor = accept(options.credentials, (socket) => {
    const connection = connect(socket, limits, onBug, (stream) =>
      serve(stream, connection, routes, serving, closing.signal),
    );
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  // Not those of `connections`: with TLS a socket is there before anything can be said on it.
  const sockets = new Set<Socket>();
  acceptor.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    // Stays for good: a connection that cannot be accepted later on (EMFILE) must not end the process.
    acceptor.on('error', reject);
    acceptor.listen(port, host, resolve);
  });
  const bound = acceptor.address();
  if (bound === null || typeof bound === 'string') throw new Error(`listening on ${bound}, which is no port`);

  let closed: Promise<void> | undefined;
  return {
    address: bound.family === 'IPv6' ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`,
    port: bound.port,
    close(graceMs = 5000) {
      closing.abort();
      closed ??= drain(acceptor, connections, sockets, graceMs).finally(() => deadlines.close());
      return closed;
    },
  };
}

function accept(credentials: GrpcOptions['credentials'], take: (socket: Socket) => void): Acceptor {
  if (credentials === undefined) return createServer({ noDelay: true }, take);
  const acceptor = createTlsServer({ ...credentials, ALPNProtocols: ['h2'], noDelay: true }, take);
  acceptor.on('tlsClientError', (_, socket) => socket.destroy());
  return acceptor;
}

function connect(
  socket: Socket,
  limits: TransportLimits,
  onBug: OnBug | undefined,
  serveStream: (stream: Http2Stream) => StreamEvents | undefined,
): Connection {
  const http2 = new Http2Connection(socket, {
    connectionWindow: CONNECTION_WINDOW,
    // A whole request, so that it comes in one go.
    streamWindow: Math.min(Math.max(limits.maxRequestBytes + 1024, LEAST_STREAM_WINDOW), MOST_STREAM_WINDOW),
    serve(stream) {
      callBegins(connection);
      return serveStream(stream);
    },
    over: () => callEnds(connection),
    onBug: (error) => refusalOf(error, '', '', onBug),
  });
  const connection = watchConnection(http2, socket, limits);
  return connection;
}

/** Tells every connection to go away, waits for the calls under way, and destroys what is left after `graceMs`. */
async function drain(
  acceptor: Acceptor,
  connections: ReadonlySet<Connection>,
  sockets: ReadonlySet<Socket>,
  graceMs: number,
): Promise<void> {
  const timer = setTimeout(
    () => {
      for (const socket of sockets) socket.destroy();
    },
    Math.max(graceMs, LEAST_GRACE_MS),
  );
  for (const connection of connections) goAway(connection, graceMs + LEAST_GRACE_MS);
  await new Promise((resolve) => acceptor.close(resolve));
  clearTimeout(timer);
}

/** What a client may send on all its streams together, and on one of them, before anything of it was read. */
const CONNECTION_WINDOW = 32 * 1024 * 1024;
const LEAST_STREAM_WINDOW = 1024 * 1024;
const MOST_STREAM_WINDOW = 16 * 1024 * 1024;
