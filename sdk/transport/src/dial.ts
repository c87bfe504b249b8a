import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Address } from './address.ts';
import { formatAddress } from './address.ts';

export interface TlsOptions {
  /** Certificates of the authorities to trust, in PEM, instead of Node's. */
  readonly ca?: string | Uint8Array | undefined;
  /** This side's certificate and its key, in PEM. */
  readonly cert?: string | Uint8Array | undefined;
  readonly key?: string | Uint8Array | undefined;
  /** The name that the server's certificate must have. Default: the host of the address. */
  readonly serverName?: string | undefined;
}

/** A proxy that is asked for a tunnel with HTTP's CONNECT. */
export interface ProxyOptions {
  readonly address: Address;
  readonly basicAuth?: { readonly username: string; readonly password: string } | undefined;
}

export interface DialOptions {
  readonly address: Address;
  readonly tls?: TlsOptions | undefined;
  readonly proxy?: ProxyOptions | undefined;
}

/** Opens a socket over which HTTP/2 can be spoken. Rejects with the socket's error, or the signal's reason. */
export async function dial({ address, tls, proxy }: DialOptions, signal: AbortSignal): Promise<Socket> {
  const socket =
    proxy === undefined ? await openSocket(address, signal) : await openTunnel(proxy, formatAddress(address), signal);
  socket.setNoDelay(true);
  return tls === undefined ? socket : secure(socket, address, tls, signal);
}

const openSocket = (address: Address, signal: AbortSignal): Promise<Socket> =>
  settled(connectTcp(address), 'connect', signal);

async function openTunnel(proxy: ProxyOptions, target: string, signal: AbortSignal): Promise<Socket> {
  const { basicAuth } = proxy;
  const headers: Record<string, string> = { host: target };
  if (basicAuth !== undefined) {
    const pair = Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString('base64');
    headers['proxy-authorization'] = `Basic ${pair}`;
  }
  const { host, port } = proxy.address;
  // Not imported: what it exports includes a second HTTP client, which takes 20 ms to load.
  const { request } = process.getBuiltinModule('node:http');
  const asking = request({ host, port, method: 'CONNECT', path: target, headers, agent: false, signal });
  asking.end();
  const [answer, socket, rest] = await new Promise<[IncomingMessage, Socket, Buffer]>((resolve, reject) => {
    asking.once('connect', (...tunnel) => resolve([tunnel[0], tunnel[1] as Socket, tunnel[2]]));
    asking.once('error', reject);
  });
  if (answer.statusCode !== 200) {
    socket.destroy();
    throw new Error(
      `the proxy ${formatAddress(proxy.address)} answered ${answer.statusCode} ${answer.statusMessage} when asked for ${target}`,
    );
  }
  // The peer speaks first in HTTP/2 without TLS: what came behind the proxy's answer is already its own.
  if (rest.length > 0) socket.unshift(rest);
  return socket;
}

async function secure(socket: Socket, address: Address, tls: TlsOptions, signal: AbortSignal): Promise<Socket> {
  const serverName = tls.serverName ?? address.host;
  const wrapped = connectTls({
    socket,
    ALPNProtocols: ['h2'],
    host: serverName,
    ...(isIP(serverName) === 0 && { servername: serverName }),
    ...(tls.ca !== undefined && { ca: Buffer.from(tls.ca) }),
    ...(tls.cert !== undefined && { cert: Buffer.from(tls.cert) }),
    ...(tls.key !== undefined && { key: Buffer.from(tls.key) }),
  });
  await settled(wrapped, 'secureConnect', signal);
  if (wrapped.alpnProtocol === 'h2') return wrapped;
  wrapped.destroy();
  throw new Error(`${formatAddress(address)} does not speak HTTP/2 over TLS`);
}

/** Resolves with the socket once it has emitted the event. A socket that fails, or is no longer wanted, is destroyed. */
function settled<S extends Socket>(socket: S, event: string, signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      socket.off(event, onReady);
      socket.off('error', onError);
      socket.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error): void => {
      end();
      socket.once('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const onReady = (): void => {
      end();
      resolve(socket);
    };
    const onError = (error: Error): void => fail(withReason(error));
    const onClose = (): void => fail(new Error('the connection was closed before it was established'));
    const onAbort = (): void => fail(signal.reason as Error);
    socket.on(event, onReady);
    socket.on('error', onError);
    socket.on('close', onClose);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
}

/** When a name has several addresses, Node reports one error for each of them and no text. */
function withReason(error: Error): Error {
  if (!(error instanceof AggregateError) || error.message !== '') return error;
  const texts = error.errors.map((each: unknown) => (each instanceof Error ? each.message : String(each)));
  return new Error(texts.join('; '), { cause: error });
}
