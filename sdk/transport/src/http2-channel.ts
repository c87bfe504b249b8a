/**
 * Calls over HTTP/2.
 *
 * ```
 *  unary ─▶ dispatch ─▶ a connection with room? ── yes ─▶ send ─▶ stream ─▶ answered, refused or lost
 *              ▲               │ no                         │
 *              │               ▼                            │ the peer has not looked at it
 *              │     wait ◀─ connect, unless the last       │ (REFUSED_STREAM, or behind a GOAWAY)
 *              │       │     attempt failed a moment ago    │
 *              └───────┴───◀────────────────────────────────┘
 * ```
 *
 * A call is sent again by itself only when the peer says that it has not looked at it; whatever else goes wrong is for the
 * caller to judge. A connection that is going away takes no new calls and ends with its last one. Deadline and signal hold
 * from the first moment on, so a call may end in any of these places.
 */
import { lookup } from 'node:dns/promises';
import { constants } from 'node:http2';
import type { Address } from './address.ts';
import { formatAddress, parseAddress } from './address.ts';
import type { BackoffOptions } from './backoff.ts';
import { attemptFailed, attemptSucceeded, createBackoff } from './backoff.ts';
import { balancedChannel } from './balanced-channel.ts';
import { UnaryCall } from './call.ts';
import type { CallStreamOwner } from './call-stream.ts';
import { CALL_STREAM_PATH, CallStream } from './call-stream.ts';
import type { CallMetadata, CallOptions, ConnectingChannel } from './channel.ts';
import type { Connection, KeepaliveOptions } from './connection.ts';
import { hasRoom, openConnection } from './connection.ts';
import type { ProxyOptions, TlsOptions } from './dial.ts';
import { frame, gzipFrame } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import type { RawHeaders } from './headers.ts';
import { addMetadata, timeoutHeader } from './headers.ts';
import { NotConnectedError } from './not-connected.ts';
import { sendAlone } from './own-stream.ts';
import { Status } from './status.ts';

export interface Http2ChannelOptions {
  /** `host:port` or `[ipv6]:port`. */
  readonly address: string;
  /** With TLS; `{}` trusts the authorities that Node trusts. Default: without. */
  readonly tls?: TlsOptions | undefined;
  readonly proxy?: ProxyOptions | undefined;
  /** What the server is told that it was called. Default: the address. */
  readonly authority?: string | undefined;
  /** How this client calls itself. */
  readonly userAgent?: string | undefined;
  /** Whether requests are compressed. Compressed responses are always understood. Default `none`. */
  readonly compression?: 'gzip' | 'none' | undefined;
  /** Largest response taken, in bytes. Default 128 MiB. */
  readonly maxReceiveBytes?: number | undefined;
  /** Largest request sent, in bytes. Default: any. */
  readonly maxSendBytes?: number | undefined;
  readonly keepalive?: KeepaliveOptions | false | undefined;
  readonly backoff?: BackoffOptions | undefined;
  /** How long connecting may take, in milliseconds. Default 20 s. */
  readonly connectTimeoutMs?: number | undefined;
  /** How many connections there may be at once, when the peer limits the calls on each. Default 64. */
  readonly maxConnections?: number | undefined;
  /**
   * How often to look up the host of the address, in milliseconds: calls are spread over all addresses that it stands for.
   * Default: one of them is used.
   */
  readonly resolutionIntervalMs?: number | undefined;
}

const DEFAULT_MAX_RECEIVE_BYTES = 128 * 1024 * 1024;
const DEFAULT_CONNECT_TIMEOUT_MS = 20_000;
const DEFAULT_MAX_CONNECTIONS = 64;

/**
 * A channel over HTTP/2. It connects with the first call, again after a loss, and once more whenever all connections
 * carry as many calls as the peer allows. Nothing is tried for a while after a failed attempt: calls fail at once then.
 *
 * Throws a `TypeError` when the address is none.
 */
export function connectHttp2(options: Http2ChannelOptions): ConnectingChannel {
  const address = parseAddress(options.address);
  const { resolutionIntervalMs: intervalMs } = options;
  if (intervalMs === undefined) return new Http2Channel(options, address);
  const { host, port } = address;
  const tls = options.tls && { ...options.tls, serverName: options.tls.serverName ?? host };
  const named = { ...options, authority: options.authority ?? formatAddress(address), tls };
  return balancedChannel({
    intervalMs,
    resolve: async () => {
      const found = await lookup(host, { all: true });
      return found.map(({ address: ip }) => formatAddress({ host: ip, port }));
    },
    open: (one) => new Http2Channel(named, parseAddress(one)),
  });
}

class Http2Channel implements ConnectingChannel, CallStreamOwner {
  readonly maxReceiveBytes: number;
  readonly #options: Http2ChannelOptions;
  readonly #address: Address;
  readonly #authority: string;
  readonly #headers: readonly string[];
  readonly #connections = new Set<Connection>();
  /** What carries the calls that need no stream of their own. */
  readonly #shared = new Map<Connection, CallStream>();
  /** The connection that the last call went over. */
  #current: Connection | undefined;
  /** The attempt that is under way; it ends with why it failed, if it did. */
  #connecting: Promise<GrpcError | undefined> | undefined;
  /** Calls that wait for a connection with room. */
  #waiting: UnaryCall[] = [];
  readonly #backoff: ReturnType<typeof createBackoff>;
  #lastFailure: GrpcError | undefined;
  /** The headers that the last metadata became that cannot change any more. */
  #lastMetadata: { readonly of: CallMetadata; readonly headers: RawHeaders } | undefined;
  /** Whether calls may share a stream. */
  #mayShare = true;
  #closed = false;

  constructor(options: Http2ChannelOptions, address: Address) {
    this.#options = options;
    this.#address = address;
    this.#authority = options.authority ?? formatAddress(address);
    this.#backoff = createBackoff(options.backoff);
    this.maxReceiveBytes = options.maxReceiveBytes ?? DEFAULT_MAX_RECEIVE_BYTES;
    const headers = [
      ...[':method', 'POST', ':scheme', options.tls === undefined ? 'http' : 'https', ':authority', this.#authority],
      ...['te', 'trailers', 'content-type', 'application/grpc', 'grpc-accept-encoding', 'identity,gzip'],
    ];
    if (options.userAgent !== undefined) headers.push('user-agent', options.userAgent);
    if (options.compression === 'gzip') headers.push('grpc-encoding', 'gzip');
    this.#headers = headers;
  }

  unary(method: string, request: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const { maxSendBytes = Number.POSITIVE_INFINITY } = this.#options;
      if (request.length > maxSendBytes) {
        const sizes = `${request.length} vs. ${maxSendBytes}`;
        reject(new GrpcError(Status.RESOURCE_EXHAUSTED, `Attempted to send message larger than max (${sizes})`));
      } else if (options.signal?.aborted)
        reject(new GrpcError(Status.CANCELLED, 'Call cancelled', undefined, { cause: options.signal.reason }));
      else if (options.deadline !== undefined && options.deadline <= Date.now())
        reject(new GrpcError(Status.DEADLINE_EXCEEDED, 'Deadline exceeded before the call began'));
      else this.#dispatch(new UnaryCall(method, request, options, this, resolve, reject));
    });
  }

  async connect(): Promise<void> {
    if (this.#closed) throw closedError();
    if (this.#pick() !== undefined) return;
    const failure = await this.#reconnect();
    if (failure !== undefined) throw failure;
  }

  close(): void {
    this.#closed = true;
    this.#failWaiting(closedError());
    for (const stream of this.#shared.values()) stream.drain();
    for (const { session } of this.#connections) session.close();
  }

  /** For the call: its metadata. Workers give the same object with every call. */
  metadataHeaders({ options: { metadata } }: UnaryCall): RawHeaders {
    if (metadata === undefined) return NO_HEADERS;
    if (this.#lastMetadata?.of === metadata) return this.#lastMetadata.headers;
    const headers: RawHeaders = [];
    addMetadata(headers, metadata);
    if (Object.isFrozen(metadata)) this.#lastMetadata = { of: metadata, headers };
    return headers;
  }

  /** For the call: the server can do without a stream for each. */
  offered(call: UnaryCall, connection: Connection): void {
    if (!this.#mayShare || this.#shared.has(connection) || connection.draining || this.#closed) return;
    const headers = [...this.#headers, ':path', CALL_STREAM_PATH, ...this.metadataHeaders(call)];
    this.#shared.set(connection, new CallStream(connection.session.request(sendable(headers)), connection, this));
  }

  /** For the stream of calls. */
  cutOff(): void {
    this.#mayShare = false;
  }

  /** For the call: it goes out again, over another connection if that one is going away. */
  refused(call: UnaryCall): void {
    this.#dispatch(call);
  }

  /** For the call: one of those that wait can go. */
  vacated(connection: Connection): void {
    if (this.#waiting.length > 0) this.#sendWaiting();
    else if (this.#closed && connection.active === 0) connection.session.close();
  }

  /** For the connection. */
  drained(connection: Connection): void {
    this.#connections.delete(connection);
    this.#shared.get(connection)?.drain();
    this.#shared.delete(connection);
    if (this.#current === connection) this.#current = undefined;
    if (this.#waiting.length > 0) this.#grow();
  }

  #dispatch(call: UnaryCall): void {
    if (this.#closed) return call.fail(closedError());
    const connection = this.#pick();
    if (connection !== undefined) return this.#send(call, connection);
    this.#waiting.push(call);
    this.#grow();
  }

  /** Sends a call over a connection that has room. */
  #send(call: UnaryCall, connection: Connection): void {
    try {
      if (this.#shared.get(connection)?.send(call)) return;
      const { compression } = this.#options;
      const framed = compression === 'gzip' ? gzipFrame(call.request) : frame(call.request);
      sendAlone(call, connection, this.#open(call, connection), framed);
    } catch (error) {
      call.fail(error);
    }
  }

  #open(call: UnaryCall, { session }: Connection): ReturnType<Connection['session']['request']> {
    const headers: RawHeaders = [...this.#headers, ':path', call.method];
    const { timeLeft } = call;
    if (timeLeft !== undefined) headers.push('grpc-timeout', timeoutHeader(timeLeft));
    headers.push(...this.metadataHeaders(call));
    return session.request(sendable(headers));
  }

  #pick(): Connection | undefined {
    if (this.#current !== undefined && hasRoom(this.#current)) return this.#current;
    for (const connection of this.#connections) {
      if (!hasRoom(connection)) continue;
      this.#current = connection;
      return connection;
    }
    return undefined;
  }

  /** Looks for another connection, for the calls that wait for one. */
  #grow(): void {
    const { maxConnections = DEFAULT_MAX_CONNECTIONS } = this.#options;
    if (this.#connecting !== undefined || this.#connections.size >= maxConnections) return;
    if (Date.now() >= this.#backoff.until) void this.#reconnect();
    else if (this.#connections.size === 0) this.#failWaiting(this.#lastFailure ?? closedError());
  }

  #reconnect(): Promise<GrpcError | undefined> {
    this.#connecting ??= this.#attempt();
    return this.#connecting;
  }

  /** Never rejects: a failure is told to the calls that wait, too. */
  async #attempt(): Promise<GrpcError | undefined> {
    const failure = await this.#connect();
    if (this.#closed) {
      this.#failWaiting(closedError());
      return closedError();
    }
    // The calls that wait may ask for another attempt, which this one must not look like.
    this.#connecting = undefined;
    this.#lastFailure = failure;
    if (this.#waiting.length > 0) this.#sendWaiting();
    return failure;
  }

  async #connect(): Promise<GrpcError | undefined> {
    const { tls, proxy, keepalive, connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = this.#options;
    try {
      const connection = await openConnection(
        { address: this.#address, authority: this.#authority, tls, proxy, keepalive, connectTimeoutMs },
        this,
      );
      attemptSucceeded(this.#backoff);
      if (this.#closed) connection.session.close();
      else if (!connection.draining) this.#connections.add(connection);
      return undefined;
    } catch (error) {
      attemptFailed(this.#backoff, Date.now());
      return this.#unreachable(error);
    }
  }

  #unreachable(error: unknown): GrpcError {
    const text = error instanceof Error ? error.message : String(error);
    const details = `No connection established to ${formatAddress(this.#address)}. Last error: ${text}`;
    return new NotConnectedError(details, error);
  }

  #sendWaiting(): void {
    const waiting = this.#waiting;
    let sent = 0;
    for (; sent < waiting.length; sent++) {
      const call = waiting[sent];
      if (call === undefined || call.settled) continue;
      const connection = this.#pick();
      if (connection === undefined) break;
      this.#send(call, connection);
    }
    if (sent > 0) waiting.splice(0, sent);
    if (waiting.length > 0) this.#grow();
  }

  #failWaiting(error: GrpcError): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const call of waiting) call.fail(error);
  }
}

const NO_HEADERS: RawHeaders = [];

/** Older versions of Node take headers only as an object. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const takesRawHeaders = major > 24 || (major === 24 && minor >= 2) || (major === 22 && minor >= 17);

function sendable(headers: RawHeaders): Record<string, string> {
  if (takesRawHeaders) return headers as unknown as Record<string, string>;
  const asObject: Record<string, string> = { [constants.HTTP2_HEADER_METHOD]: 'POST' };
  for (let index = 0; index < headers.length; index += 2) asObject[headers[index] ?? ''] = headers[index + 1] ?? '';
  return asObject;
}

const closedError = (): GrpcError => new GrpcError(Status.UNAVAILABLE, 'The channel has been closed');
