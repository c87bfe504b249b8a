import type { Socket } from 'node:net';
import type { TransportLimits } from './contract.ts';
import type { Http2Connection } from './http2/connection.ts';
import { ErrorCode, MAX_STREAM_ID } from './http2/frames.ts';

/** One client's connection: what closes it, and when. */
export interface Connection {
  readonly http2: Http2Connection;
  readonly socket: Socket;
  /** Calls under way; those with a stream of their own until it is closed. */
  open: number;
  /** Since when there is none, by the monotonic clock. */
  idleSince: number;
  readonly timers: Set<NodeJS.Timeout>;
}

export function callBegins(connection: Connection): void {
  connection.open++;
}

export function callEnds(connection: Connection): void {
  if (--connection.open === 0) connection.idleSince = performance.now();
}

/** So much of the age is random, either way, so that clients that came together do not leave together. */
const JITTER = 0.1;

/** How long a client may take to hear that it shall go, before the calls that it still begins are refused. */
const HEARD_MS = 1000;

/** Node fires a timer of more than this at once; a connection that may live that long may live for ever. */
const LONGEST_TIMER_MS = 0x7fffffff;

/** Closes the connection when it is too old, or idle for too long. */
export function watchConnection(http2: Http2Connection, socket: Socket, limits: TransportLimits): Connection {
  const { maxConnectionAgeMs, maxConnectionAgeGraceMs, maxConnectionIdleMs } = limits;
  const idleSince = performance.now();
  const connection: Connection = { http2, socket, open: 0, idleSince, timers: new Set() };
  const age = maxConnectionAgeMs * (1 + JITTER * (2 * Math.random() - 1));
  after(connection, age, () => goAwayInPeace(connection, maxConnectionAgeGraceMs));

  const lookWhetherIdle = (): void => {
    const left =
      connection.open > 0 ? maxConnectionIdleMs : connection.idleSince + maxConnectionIdleMs - performance.now();
    if (left > 0) after(connection, left, lookWhetherIdle);
    else goAway(connection, maxConnectionAgeGraceMs);
  };
  after(connection, maxConnectionIdleMs, lookWhetherIdle);

  socket.once('close', () => {
    for (const timer of connection.timers) clearTimeout(timer);
    connection.timers.clear();
  });
  return connection;
}

/**
 * Tells the client to take new calls elsewhere, and closes the connection when the calls on it have ended, or `graceMs`
 * later. Calls that are on their way meanwhile are not taken any more; the client may make them again.
 */
export function goAway(connection: Connection, graceMs: number): void {
  const { http2, socket } = connection;
  after(connection, graceMs, () => socket.destroy());
  http2.close();
}

/**
 * As `goAway`, but calls on their way are still taken: only when the client answers a ping that was sent behind the
 * news has the last of them arrived. Without a call, some clients let go at once and answer nothing any more.
 */
function goAwayInPeace(connection: Connection, graceMs: number): void {
  const { http2, open } = connection;
  if (open === 0 || http2.closed) return goAway(connection, graceMs);
  const close = (): void => http2.close();
  after(connection, HEARD_MS, close);
  after(connection, graceMs, () => connection.socket.destroy());
  http2.goaway(ErrorCode.noError, MAX_STREAM_ID, 'max_age');
  http2.ping(close);
}

function after({ timers }: Connection, ms: number, run: () => void): void {
  if (ms > LONGEST_TIMER_MS) return;
  const timer = setTimeout(() => {
    timers.delete(timer);
    run();
  }, ms);
  timer.unref();
  timers.add(timer);
}
