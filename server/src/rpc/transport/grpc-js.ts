import type { Server as Acceptor, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { ServerOptions, sendUnaryData } from '@grpc/grpc-js';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Dispatch, Listener, OnBug, ServiceShape, StreamingMethod, TransportLimits } from './contract.ts';
import { defaultLimits } from './contract.ts';
import type { UnaryWire } from './grpc-js-call.ts';
import { asBuffer, GrpcCall, grpcStatus, sendHeaders } from './grpc-js-call.ts';
import { streamHandler } from './grpc-js-stream.ts';
import { isGivingUp, refusalOf } from './refusal.ts';

export interface GrpcOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly services: readonly ServiceShape[];
  readonly dispatch: Dispatch;
  readonly limits?: Partial<TransportLimits>;
  /** Default: no TLS. */
  readonly credentials?: ServerCredentials;
  /** Methods with streams, which `dispatch` never sees. */
  readonly streams?: readonly StreamingMethod[];
  readonly onBug?: OnBug;
}

/**
 * Serves gRPC over HTTP/2 with `@grpc/grpc-js`.
 *
 * Rejects with the socket's own error (`code` EADDRINUSE, EACCES, …) when it cannot listen.
 */
export async function listenGrpc(options: GrpcOptions): Promise<Listener> {
  const { host, port, services, dispatch, streams = [], onBug } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const server = new Server(serverOptions(limits));
  const closing = new AbortController();
  for (const service of services) addUnaryMethods(server, service, dispatch, onBug);
  for (const stream of streams) {
    const handle = streamHandler(stream, closing.signal, onBug);
    server.register(`/${stream.service}/${stream.method}`, handle, asBuffer, identity, 'bidi');
  }

  // grpc-js can bind the port itself, but then a taken port is a line on the console and an error without a code.
  const injector = server.createConnectionInjector(options.credentials ?? ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const acceptor = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    injector.injectConnection(socket);
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
      closed ??= drain(server, acceptor, sockets, graceMs);
      return closed;
    },
  };
}

/** Tells every connection to go away, waits for the calls under way, and destroys what is left after `graceMs`. */
async function drain(server: Server, acceptor: Acceptor, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, graceMs);
  // grpc-js calls back as soon as each connection has begun to close, not when it has: the sockets know better.
  server.tryShutdown(() => {});
  await new Promise((resolve) => acceptor.close(resolve));
  clearTimeout(timer);
}

/** Past this a Node timer with the 10 % of jitter that grpc-js adds would overflow and fire at once. */
const LONGEST_TIMER_MS = 0x7fffffff / 1.1;

function serverOptions(limits: TransportLimits): ServerOptions {
  const options: ServerOptions = {
    'grpc.max_receive_message_length': limits.maxRequestBytes,
    'grpc.max_send_message_length': -1,
    // Counts every message and call for a service that is not offered.
    'grpc.enable_channelz': 0,
  };
  if (limits.maxConnectionAgeMs < LONGEST_TIMER_MS) options['grpc.max_connection_age_ms'] = limits.maxConnectionAgeMs;
  if (limits.maxConnectionAgeGraceMs < LONGEST_TIMER_MS)
    options['grpc.max_connection_age_grace_ms'] = limits.maxConnectionAgeGraceMs;
  if (limits.maxConnectionIdleMs < LONGEST_TIMER_MS)
    options['grpc.max_connection_idle_ms'] = limits.maxConnectionIdleMs;
  return options;
}

function addUnaryMethods(server: Server, service: ServiceShape, dispatch: Dispatch, onBug: OnBug | undefined): void {
  for (const [method, { responseStream }] of Object.entries(service.methods)) {
    if (responseStream) continue;
    const handle = unaryHandler(service.name, method, dispatch, onBug);
    server.register(`/${service.name}/${method}`, handle, asBuffer, identity, 'unary');
  }
}

const identity = (bytes: Buffer): Buffer => bytes;

function unaryHandler(service: string, method: string, dispatch: Dispatch, onBug: OnBug | undefined) {
  return (wire: UnaryWire, respond: sendUnaryData<Uint8Array>): void => {
    const call = new GrpcCall(service, method, wire);
    const answer = (bytes: Uint8Array): void => {
      call.answered = true;
      respond(null, bytes);
    };
    const refuse = (error: unknown): void => {
      call.answered = true;
      if (wire.cancelled && isGivingUp(error)) return;
      const refusal = refusalOf(error, service, method, onBug);
      sendHeaders(wire, refusal);
      respond(grpcStatus(refusal));
    };
    try {
      const result = dispatch(call);
      if (result instanceof Uint8Array) answer(result);
      else result.then(answer, refuse);
    } catch (error) {
      refuse(error);
    }
  };
}
