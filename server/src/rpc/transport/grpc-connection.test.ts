import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, constants } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { describe, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { credentials } from '@grpc/grpc-js';
import { Code, ServiceError } from '../../kernel/errors.ts';
import { testCertificate } from './certificate.fixture.ts';
import type { Dispatch } from './contract.ts';
import type { GrpcOptions } from './grpc.ts';
import { listenGrpc } from './grpc.ts';
import { grpcClient } from './grpc-client.fixture.ts';
import { frame as h2Frame, PREFACE } from './http2/raw-client.fixture.ts';
import { frame, openCall, rawAnswer, rawCall } from './raw-call.fixture.ts';
import { SERVICE, testService } from './transport.contract.ts';

const PATH = `/${SERVICE}/Do`;
const echo: Dispatch = ({ body }) => body;
const listen = (options: Partial<GrpcOptions> = {}) =>
  listenGrpc({ host: '127.0.0.1', port: 0, services: [testService], dispatch: echo, ...options });

const noise: [what: string, bytes: Buffer][] = [
  ['HTTP/1', Buffer.from('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello')],
  ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ['no settings', Buffer.concat([PREFACE, h2Frame(0x6, 0, 0, Buffer.alloc(8))])],
  ['a frame that is too long', Buffer.concat([PREFACE, Buffer.alloc(9, 0xff)])],
  ['data on no stream', Buffer.concat([PREFACE, h2Frame(4, 0, 0, Buffer.alloc(0)), h2Frame(0, 0, 1, Buffer.alloc(9))])],
  [
    'broken headers',
    Buffer.concat([PREFACE, h2Frame(4, 0, 0, Buffer.alloc(0)), h2Frame(1, 5, 1, Buffer.alloc(40, 0xff))]),
  ],
];

describe('what is not HTTP/2 ends its own connection only', () => {
  for (const [what, bytes] of noise) {
    test(what, async () => {
      const listener = await listen();
      const client = grpcClient(listener.address);
      await client.call(SERVICE, 'Do', Buffer.of(1));
      const socket = connectSocket(listener.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(bytes);
      await once(socket.resume(), 'close');
      assert.deepEqual([...(await client.call(SERVICE, 'Do', Buffer.of(2)))], [2]);
      client.close();
      await listener.close();
    });
  }

  test('a client that vanishes in the middle of a call', async () => {
    const aborted = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<void>();
    const dispatch: Dispatch = ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve(signal.reason));
      started.resolve();
      return new Promise(() => {});
    };
    const listener = await listen({ dispatch });
    const socket = connectSocket(listener.port, '127.0.0.1');
    const session = connect(`http://${listener.address}`, { createConnection: () => socket });
    session.on('error', () => {});
    const stream = openCall(session, PATH);
    stream.on('error', () => {});
    stream.end(frame(Buffer.of(1)));
    await started.promise;
    socket.resetAndDestroy();
    const reason = await aborted.promise;
    assert.ok(reason instanceof ServiceError && reason.code === Code.CANCELLED);
    await listener.close();
  });
});

describe('an old connection', () => {
  test('still takes the calls that were on their way when the client was told to go', async () => {
    const answer = Promise.withResolvers<Uint8Array>();
    const dispatch: Dispatch = ({ body }) => (body.length === 0 ? answer.promise : body);
    const listener = await listen({ dispatch, limits: { maxConnectionAgeMs: 100 } });
    const goaways: number[] = [];
    const session = connect(`http://${listener.address}`);
    session.on('goaway', (_code, lastStream) => goaways.push(lastStream));
    const long = rawCall(session, PATH, frame(Buffer.alloc(0)));
    while (goaways.length < 2) await new Promise(setImmediate);
    // First every stream is promised, and only when the client has heard that it is the last one that came.
    assert.deepEqual(goaways, [0x7fffffff, 1]);
    answer.resolve(Buffer.of(9));
    assert.deepEqual((await long).message, Buffer.of(9));
    await listener.close();
  });
});

test('a connection with a call that waits is not idle', async () => {
  const answer = Promise.withResolvers<Uint8Array>();
  const dispatch: Dispatch = ({ body }) => (body.length === 0 ? answer.promise : body);
  const listener = await listen({ dispatch, limits: { maxConnectionIdleMs: 20 } });
  const session = connect(`http://${listener.address}`);
  const closed = once(session, 'close');
  const long = rawCall(session, PATH, frame(Buffer.alloc(0)));
  const other = connect(`http://${listener.address}`);
  await once(other, 'close');
  assert.equal(session.closed, false);
  answer.resolve(Buffer.of(9));
  assert.deepEqual((await long).message, Buffer.of(9));
  await closed;
  await listener.close();
});

test('the listener lets out what was answered, even when it shall not wait', async () => {
  const started = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Uint8Array>();
  const dispatch: Dispatch = () => {
    started.resolve();
    return answer.promise;
  };
  const listener = await listen({ dispatch });
  const session = connect(`http://${listener.address}`);
  const stream = openCall(session, PATH);
  stream.end(frame(Buffer.of(1)));
  await started.promise;
  answer.resolve(Buffer.of(9));
  const closed = listener.close(0);
  const { message, status, rstCode } = await rawAnswer(stream);
  assert.deepEqual([message, status, rstCode], [Buffer.of(9), Code.OK, constants.NGHTTP2_NO_ERROR]);
  await closed;
});

describe('with TLS', () => {
  test('a call is answered', async () => {
    const listener = await listen({ credentials: testCertificate });
    const ssl = credentials.createSsl(Buffer.from(testCertificate.cert), null, null, { rejectUnauthorized: false });
    const client = grpcClient(`localhost:${listener.port}`, { credentials: ssl });
    const body = Buffer.alloc(100_000, 7);
    assert.ok(body.equals(await client.call(SERVICE, 'Do', body)));
    client.close();
    await listener.close();
  });

  test('a client that does without is turned away, and nobody else', async () => {
    const listener = await listen({ credentials: testCertificate });
    const plain = connect(`http://${listener.address}`);
    plain.on('error', () => {});
    await once(plain, 'close');

    const socket = connectTls({
      port: listener.port,
      host: '127.0.0.1',
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    assert.equal(socket.alpnProtocol, 'h2');
    const session = connect(`https://${listener.address}`, { createConnection: () => socket });
    assert.deepEqual((await rawCall(session, PATH, frame(Buffer.of(3)))).message, Buffer.of(3));
    session.close();
    await listener.close();
  });

  test('a connection that says nothing does not hold up the end', async () => {
    const listener = await listen({ credentials: testCertificate });
    const socket = connectSocket(listener.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    await Promise.all([listener.close(0), once(socket, 'close')]);
  });
});
