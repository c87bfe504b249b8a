import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { testCertificate } from './certificate.fixture.ts';
import { frame } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import { connectHttp2, type Http2ChannelOptions } from './http2-channel.ts';
import { answer, type RawServer, type RawServerOptions, rawServer } from './raw-server.fixture.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';
const nothing = new Uint8Array(0);
const { key, cert } = testCertificate;

async function say(server: RawServer, options: Partial<Http2ChannelOptions>): Promise<string> {
  const channel = connectHttp2({ address: server.address, ...options });
  try {
    return Buffer.from(await channel.unary(METHOD, nothing)).toString();
  } finally {
    channel.close();
  }
}

const unavailable = (details: RegExp) => (error: unknown) => {
  assert.ok(error instanceof GrpcError);
  assert.equal(error.code, Status.UNAVAILABLE);
  assert.match(error.details, details);
  return true;
};

async function serving<T>(options: RawServerOptions, use: (server: RawServer) => Promise<T>): Promise<T> {
  const server = await rawServer((stream) => answer(stream, frame(Buffer.from('ok'))), options);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

describe('with TLS', () => {
  test('a server is believed whose certificate is trusted and has its name', () =>
    serving({ tls: { key, cert } }, async (server) => {
      assert.equal(await say(server, { tls: { ca: cert, serverName: 'transport.test' } }), 'ok');
      assert.equal(await say(server, { tls: { ca: cert }, address: `localhost:${server.port}` }), 'ok');
    }));

  test('a server is not believed that nobody vouches for, or that has another name', () =>
    serving({ tls: { key, cert } }, async (server) => {
      await assert.rejects(say(server, { tls: { serverName: 'transport.test' } }), unavailable(/certificate/));
      await assert.rejects(say(server, { tls: { ca: cert, serverName: 'other.test' } }), unavailable(/other\.test/));
    }));

  test('this side shows its own certificate where it is asked for', () =>
    serving({ tls: { key, cert, ca: cert, requestCert: true } }, async (server) => {
      const tls = { ca: cert, serverName: 'transport.test' };
      assert.equal(await say(server, { tls: { ...tls, cert, key } }), 'ok');
      await assert.rejects(say(server, { tls }), unavailable(/./));
    }));

  test('a server that does not offer HTTP/2 is refused', async () => {
    const server = createTlsServer({ key, cert }, (socket) => socket.on('error', () => undefined));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const channel = connectHttp2({ address: `127.0.0.1:${port}`, tls: { ca: cert, serverName: 'transport.test' } });
    await assert.rejects(channel.connect(), unavailable(/does not speak HTTP\/2/));
    channel.close();
    server.close();
  });

  test('a server without it is refused', () =>
    serving({}, async (server) => {
      await assert.rejects(say(server, { tls: {}, connectTimeoutMs: 200 }), unavailable(/./));
    }));
});

/** A proxy that opens tunnels for those who know the password, and what it was asked. */
async function proxy(password?: string) {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const server = createHttpServer();
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    asked.push(request.url ?? '');
    sockets.push(client);
    client.on('error', () => undefined);
    const expected = password === undefined ? undefined : `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    if (request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(Number(port), hostname.replace('localhost', '127.0.0.1'), () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => client.destroy());
    sockets.push(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    address: { host: '127.0.0.1', port },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('through a proxy', () => {
  test('calls go by a tunnel that the proxy is asked for', () =>
    serving({}, async (server) => {
      const { asked, address, close } = await proxy();
      assert.equal(await say(server, { address: `localhost:${server.port}`, proxy: { address } }), 'ok');
      assert.deepEqual(asked, [`localhost:${server.port}`]);
      close();
    }));

  test('the server itself is spoken to with TLS', () =>
    serving({ tls: { key, cert } }, async (server) => {
      const { address, close } = await proxy('secret');
      const options = {
        address: `localhost:${server.port}`,
        tls: { ca: cert },
        proxy: { address, basicAuth: { username: 'me', password: 'secret' } },
      };
      assert.equal(await say(server, options), 'ok');
      close();
    }));

  test('that wants another password there is no way', () =>
    serving({}, async (server) => {
      const { address, close } = await proxy('secret');
      await assert.rejects(say(server, { proxy: { address } }), unavailable(/407/));
      close();
    }));
});

test('IPv6 addresses are as good as others', async (t) => {
  const server = await rawServer((stream) => answer(stream, frame(Buffer.from('ok'))), { host: '::1' }).catch(() => {
    t.diagnostic('this machine has no IPv6');
    return undefined;
  });
  if (server === undefined) return;
  assert.equal(await say(server, { address: `[::1]:${server.port}` }), 'ok');
  await server.close();
});
