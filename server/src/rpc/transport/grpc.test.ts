import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { compressionAlgorithms } from '@grpc/grpc-js';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { Call, Dispatch } from './contract.ts';
import type { GrpcOptions } from './grpc.ts';
import { listenGrpc } from './grpc.ts';
import type { GrpcClientOptions } from './grpc-client.fixture.ts';
import { grpcClient } from './grpc-client.fixture.ts';
import { frame, rawCall } from './raw-call.fixture.ts';
import { SERVICE, testService, transportContract } from './transport.contract.ts';

const nothing = new Uint8Array(0);
const echo: Dispatch = ({ body }) => body;
const listen = (options: Partial<GrpcOptions> = {}) =>
  listenGrpc({ host: '127.0.0.1', port: 0, services: [testService], dispatch: echo, ...options });

async function open(options: Partial<GrpcOptions> = {}, clientOptions?: GrpcClientOptions) {
  const listener = await listen(options);
  const client = grpcClient(listener.address, clientOptions);
  const close = async (): Promise<void> => {
    client.close();
    await listener.close();
  };
  return { listener, client, close };
}

transportContract('http2', open);

describe('listening', () => {
  test('port 0 takes a free port and says which', async () => {
    const listener = await listen();
    assert.ok(listener.port > 0);
    assert.equal(listener.address, `127.0.0.1:${listener.port}`);
    await listener.close();
  });

  test('an IPv6 address is written in brackets', async () => {
    const listener = await listen({ host: '::1' });
    assert.equal(listener.address, `[::1]:${listener.port}`);
    await listener.close();
  });

  test('a taken port is refused with EADDRINUSE', async () => {
    const first = await listen();
    await assert.rejects(listen({ port: first.port }), { code: 'EADDRINUSE' });
    await first.close();
  });

  test('after closing, the port is free again', async () => {
    const first = await listen();
    await first.close();
    const second = await listen({ port: first.port });
    await second.close();
  });
});

describe('closing', () => {
  /** A server whose only call is under way until `finish` is called. */
  async function withCallUnderWay() {
    const started = Promise.withResolvers<Call>();
    const answer = Promise.withResolvers<Uint8Array>();
    const dispatch: Dispatch = (call) => {
      started.resolve(call);
      return answer.promise;
    };
    const { listener, client } = await open({ dispatch });
    const result = client.call(SERVICE, 'Do', nothing);
    return { listener, client, result, call: await started.promise, finish: answer.resolve };
  }

  test('a call under way may end', async () => {
    const { listener, client, result, finish } = await withCallUnderWay();
    const closed = listener.close(10_000);
    finish(Uint8Array.of(1));
    assert.deepEqual([...(await result)], [1]);
    await closed;
    client.close();
  });

  test('a call that does not end in time is cut off, and its signal aborts', async () => {
    const { listener, client, result, call } = await withCallUnderWay();
    const { signal } = call;
    const aborted = once(signal, 'abort');
    await Promise.all([
      listener.close(10),
      aborted,
      assert.rejects(result, (error) => error instanceof ServiceError && error.code === Code.UNAVAILABLE),
    ]);
    client.close();
  });

  test('closing twice is closing once', async () => {
    const listener = await listen();
    await Promise.all([listener.close(), listener.close()]);
  });

  test('an idle connection does not hold it up', async () => {
    const { listener, client } = await open();
    await client.call(SERVICE, 'Do', nothing);
    await listener.close(60_000);
    client.close();
  });
});

describe('connections', () => {
  test('past its age a connection is told to go, and a long call on it ends in peace', async () => {
    const called = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Uint8Array>();
    const dispatch: Dispatch = ({ body }) => {
      if (body.length > 0) return body;
      called.resolve();
      return answer.promise;
    };
    const limits = { maxConnectionAgeMs: 100, maxConnectionAgeGraceMs: 30_000 };
    const listener = await listen({ dispatch, limits });
    const session = connectHttp2(`http://${listener.address}`);
    const goaway = once(session, 'goaway');
    const long = rawCall(session, `/${SERVICE}/Do`, frame(nothing));
    await called.promise;
    const [code] = await goaway;
    assert.equal(code, 0);

    const client = grpcClient(listener.address);
    assert.deepEqual([...(await client.call(SERVICE, 'Do', Uint8Array.of(5)))], [5]);
    answer.resolve(Uint8Array.of(9));
    assert.deepEqual((await long).message, Buffer.of(9));
    await once(session, 'close');
    client.close();
    await listener.close();
  });

  test('past the grace a connection is cut even with a call on it', async () => {
    const aborted = Promise.withResolvers<void>();
    const dispatch: Dispatch = ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve());
      return new Promise(() => {});
    };
    const limits = { maxConnectionAgeMs: 50, maxConnectionAgeGraceMs: 50 };
    const { client, close } = await open({ dispatch, limits });
    const lost = (error: unknown): boolean => error instanceof ServiceError && error.code === Code.UNAVAILABLE;
    await assert.rejects(client.call(SERVICE, 'Do', nothing), lost);
    await aborted.promise;
    await close();
  });

  test('an idle connection is closed', async () => {
    const listener = await listen({ limits: { maxConnectionIdleMs: 50 } });
    const session = connectHttp2(`http://${listener.address}`);
    await once(session, 'close');
    await listener.close();
  });

  test('pings without a call are answered, however many', async () => {
    const listener = await listen();
    const session = connectHttp2(`http://${listener.address}`);
    await once(session, 'connect');
    for (let sent = 0; sent < 20; sent++) {
      await new Promise<void>((resolve, reject) => {
        session.ping((error) => (error === null ? resolve() : reject(error)));
      });
    }
    assert.equal(session.closed, false);
    session.close();
    await listener.close();
  });

  test('a thousand long calls fit on one connection', async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    const all = Promise.withResolvers<void>();
    let waiting = 0;
    const dispatch: Dispatch = () => {
      if (++waiting === 1000) all.resolve();
      return answer.promise;
    };
    const { client, close } = await open({ dispatch });
    const calls = Array.from({ length: 1000 }, () => client.call(SERVICE, 'Do', nothing));
    await all.promise;
    answer.resolve(nothing);
    await Promise.all(calls);
    await close();
  });

  test('noise on the socket harms nobody else', async () => {
    const { listener, client, close } = await open();
    const socket = connect(listener.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await once(socket.resume(), 'close');
    assert.deepEqual([...(await client.call(SERVICE, 'Do', Uint8Array.of(1)))], [1]);
    await close();
  });
});

describe('what goes over the wire', () => {
  test('a compressed request is taken', async () => {
    const channel = { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip };
    const { client, close } = await open({}, { channel });
    const body = Buffer.alloc(100_000, 'perdure ');
    assert.ok(body.equals(await client.call(SERVICE, 'Do', body)));
    await close();
  });

  test('the limit holds for what a compressed request unfolds to', async () => {
    const listener = await listen({ limits: { maxRequestBytes: 10_000 } });
    const session = connectHttp2(`http://${listener.address}`);
    const bomb = frame(gzipSync(Buffer.alloc(1 << 20)), 1);
    const { status } = await rawCall(session, `/${SERVICE}/Do`, bomb, { 'grpc-encoding': 'gzip' });
    assert.equal(status, Code.RESOURCE_EXHAUSTED);
    session.close();
    await listener.close();
  });

  test('a name that comes twice has its values joined', async () => {
    const dispatch: Dispatch = ({ metadata }) => Buffer.from(JSON.stringify([...metadata]));
    const listener = await listen({ dispatch });
    const session = connectHttp2(`http://${listener.address}`);
    const { message } = await rawCall(session, `/${SERVICE}/Do`, frame(nothing), {
      'x-twice': ['a', 'b'],
      'trace-bin': 'AAEC',
    });
    const metadata = new Map(JSON.parse(String(message)));
    assert.equal(metadata.get('x-twice'), 'a, b');
    assert.equal(metadata.has('trace-bin'), false);
    session.close();
    await listener.close();
  });

  test('a refusal without details has no grpc-status-details-bin', async () => {
    const dispatch: Dispatch = () => {
      throw new ServiceError(Code.INVALID_ARGUMENT, 'no');
    };
    const listener = await listen({ dispatch });
    const session = connectHttp2(`http://${listener.address}`);
    const { status, headers } = await rawCall(session, `/${SERVICE}/Do`, frame(nothing));
    assert.equal(status, Code.INVALID_ARGUMENT);
    assert.equal('grpc-status-details-bin' in headers, false);
    session.close();
    await listener.close();
  });
});
