import type { SocketAddress } from './socket-address.ts';

export interface MetricsPage {
  readonly contentType: string;
  /** Makes the page; asked for each time. */
  readonly text: () => string;
}

/** Serves a page under `/metrics` until it is closed. It does not keep the process alive. */
export function servePrometheus(
  { host, port }: SocketAddress,
  page: MetricsPage,
  onError: (error: Error) => void,
): { close(): Promise<void> } {
  // Not imported: what it exports includes a second HTTP client, which takes 20 ms to load.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (request.method !== 'GET' || path !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': page.contentType }).end(page.text());
  });
  server.on('error', onError);
  server.listen({ host, port });
  server.unref();
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
