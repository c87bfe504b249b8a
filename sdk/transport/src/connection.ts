import type { ClientHttp2Session } from 'node:http2';
import { connect } from 'node:http2';
import type { Socket } from 'node:net';
import type { DialOptions } from './dial.ts';
import { dial } from './dial.ts';

export interface KeepaliveOptions {
  /** How long to wait between pings, in milliseconds. Default 30 s. */
  readonly intervalMs?: number;
  /** How long to wait for the answer before the connection is given up, in milliseconds. Default 15 s. */
  readonly timeoutMs?: number;
  /** Whether to ping while no call is under way, too. Default true. */
  readonly whileIdle?: boolean;
}

export interface ConnectionOptions extends DialOptions {
  readonly authority: string;
  readonly keepalive?: KeepaliveOptions | false | undefined;
  /** How long connecting may take, in milliseconds. */
  readonly connectTimeoutMs: number;
}

/** Told what becomes of a connection. */
export interface ConnectionOwner {
  /** It takes no calls any more; those under way may end. */
  drained(connection: Connection): void;
}

/** One connection of HTTP/2 and how busy it is. */
export interface Connection {
  readonly session: ClientHttp2Session;
  /** Calls under way. */
  active: number;
  /** How many the peer allows at once. */
  limit: number;
  /** Whether it takes no calls any more. */
  draining: boolean;
  /** What ended it, if something did. */
  fault: Error | undefined;
}

/** Large enough that a big response does not wait for credit, which takes a round trip each time. */
const STREAM_WINDOW = 1024 * 1024;
const CONNECTION_WINDOW = 16 * 1024 * 1024;

/** Opens a connection; resolves when the peer has shown that it speaks HTTP/2. */
export async function openConnection(options: ConnectionOptions, owner: ConnectionOwner): Promise<Connection> {
  const giveUp = new AbortController();
  const timer = setTimeout(
    () => giveUp.abort(new Error(`no connection within ${options.connectTimeoutMs} ms`)),
    options.connectTimeoutMs,
  );
  try {
    const socket = await dial(options, giveUp.signal);
    const scheme = options.tls === undefined ? 'http' : 'https';
    const session = connect(`${scheme}://${options.authority}`, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
      // Node would refuse responses over 10 MB in sum; what is too large is ours to say.
      maxSessionMemory: Number.MAX_SAFE_INTEGER,
    });
    await greeted(session, socket, giveUp.signal);
    return attend(session, socket, options.keepalive ?? {}, owner);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for the peer's settings. The socket is listened to as well: when TLS fails behind the handshake, as it does for
 * want of a certificate, Node ends the session and says nothing.
 */
function greeted(session: ClientHttp2Session, socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      for (const emitter of [session, socket]) emitter.off('error', fail).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error): void => {
      end();
      for (const emitter of [session, socket]) emitter.on('error', () => undefined).destroy();
      reject(error);
    };
    const onClose = (): void => fail(new Error('the connection was closed before the server said anything'));
    const onAbort = (): void => fail(signal.reason as Error);
    for (const emitter of [session, socket]) emitter.once('error', fail).once('close', onClose);
    session.once('connect', () => session.setLocalWindowSize(CONNECTION_WINDOW));
    session.once('remoteSettings', () => {
      end();
      resolve();
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
}

function attend(
  session: ClientHttp2Session,
  socket: Socket,
  keepalive: KeepaliveOptions | false,
  owner: ConnectionOwner,
): Connection {
  const connection: Connection = {
    session,
    active: 0,
    limit: limitOf(session),
    draining: false,
    fault: undefined,
  };
  const drain = (): void => {
    if (connection.draining) return;
    connection.draining = true;
    owner.drained(connection);
  };
  session.on('remoteSettings', () => {
    connection.limit = limitOf(session);
  });
  session.on('goaway', (code: number) => {
    connection.fault ??= new Error(`the server sent GOAWAY with code ${code}`);
    drain();
  });
  const onError = (error: Error): void => {
    connection.fault ??= error;
  };
  session.on('error', onError);
  socket.on('error', (error) => {
    onError(error);
    socket.destroy();
    drain();
  });
  const stopPinging = keepalive === false ? undefined : ping(connection, keepalive);
  session.on('close', () => {
    stopPinging?.();
    drain();
  });
  // A connection alone does not keep the process alive; calls do.
  session.unref();
  if (session.closed || session.destroyed) drain();
  return connection;
}

const limitOf = (session: ClientHttp2Session): number =>
  session.remoteSettings.maxConcurrentStreams ?? Number.POSITIVE_INFINITY;

/** Pings every now and then, and ends a connection whose peer does not answer. Returns what stops it. */
function ping(
  connection: Connection,
  { intervalMs = 30_000, timeoutMs = 15_000, whileIdle = true }: KeepaliveOptions,
): () => void {
  let overdue: NodeJS.Timeout | undefined;
  const { session } = connection;
  const interval = setInterval(() => {
    if (overdue !== undefined || session.destroyed || (connection.active === 0 && !whileIdle)) return;
    overdue = setTimeout(() => {
      connection.fault ??= new Error(`the server did not answer a ping within ${timeoutMs} ms`);
      session.destroy();
    }, timeoutMs);
    overdue.unref();
    session.ping(() => {
      clearTimeout(overdue);
      overdue = undefined;
    });
  }, intervalMs);
  interval.unref();
  return () => {
    clearInterval(interval);
    clearTimeout(overdue);
  };
}

/** Whether a call can begin on it now. */
export const hasRoom = (connection: Connection): boolean =>
  !connection.draining && connection.active < connection.limit && !connection.session.closed;

/** A call begins: from the first on, the process stays alive. */
export function occupy(connection: Connection): void {
  if (connection.active++ === 0) connection.session.ref();
}

export function vacate(connection: Connection): void {
  if (--connection.active === 0 && !connection.session.destroyed) connection.session.unref();
}
