/** Speaks TLS in front of a server that does not. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

export interface TlsProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** With `ca` it asks callers for a certificate, and lets in those whose authority that is. */
export async function openTlsProxy(
  target: string,
  { key, cert, ca }: { readonly key: string; readonly cert: string; readonly ca?: string },
): Promise<TlsProxy> {
  const [host = '', port] = target.split(':');
  const sockets = new Set<TLSSocket>();
  const asked = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ key, cert, ALPNProtocols: ['h2'], ...asked }, (socket) => {
    sockets.add(socket);
    const behind = connect(Number(port), host);
    for (const one of [socket, behind]) {
      one.on('error', () => undefined);
      one.on('close', () => {
        socket.destroy();
        behind.destroy();
        sockets.delete(socket);
      });
    }
    socket.pipe(behind).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
