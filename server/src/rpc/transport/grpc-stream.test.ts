import assert from 'node:assert/strict';
import type { ClientHttp2Session } from 'node:http2';
import { connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { connect as connectSocket } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { StreamingMethod } from './contract.ts';
import type { GrpcOptions } from './grpc.ts';
import { listenGrpc } from './grpc.ts';
import { grpcClient } from './grpc-client.fixture.ts';
import { frame, openCall, rawAnswer, rawCall } from './raw-call.fixture.ts';

const SERVICE = 'perdure.test.v1.Streaming';
type Answer = StreamingMethod['answer'];

async function open(answer: Answer, options: Partial<GrpcOptions> = {}) {
  const streams = [{ service: SERVICE, method: 'Talk', answer }];
  const dispatch = (): never => assert.fail('a streaming method is not dispatched');
  const listener = await listenGrpc({ host: '127.0.0.1', port: 0, services: [], streams, dispatch, ...options });
  const client = grpcClient(listener.address);
  const close = async (): Promise<void> => {
    client.close();
    await listener.close();
  };
  return {
    listener,
    client,
    close,
    talk: (...bytes: number[]) =>
      client.stream(
        SERVICE,
        'Talk',
        bytes.map((b) => Uint8Array.of(b)),
      ),
  };
}

const collect = async (answers: AsyncIterable<Uint8Array>): Promise<number[]> => {
  const all: number[] = [];
  for await (const [first] of answers) all.push(first ?? -1);
  return all;
};

test('each request is answered, in order, and the stream ends when the answers do', async () => {
  const { talk, close } = await open(async function* (requests) {
    for await (const request of requests) yield request;
  });
  assert.deepEqual(await collect(talk(1, 2, 3)), [1, 2, 3]);
  assert.deepEqual(await collect(talk()), []);
  await close();
});

test('one request may have many answers', async () => {
  const { talk, close } = await open(async function* (requests) {
    for await (const [n = 0] of requests) {
      for (let i = 0; i < n; i++) yield Buffer.alloc(100_000, i);
    }
  });
  assert.deepEqual(
    await collect(talk(50)),
    Array.from({ length: 50 }, (_, i) => i),
  );
  await close();
});

test('a refusal ends the stream with its code, after the answers before it', async () => {
  const { talk, close } = await open(async function* () {
    yield Uint8Array.of(1);
    throw new ServiceError(Code.OUT_OF_RANGE, 'no more');
  });
  const answers: number[] = [];
  await assert.rejects(
    async () => {
      for await (const [first] of talk(0)) answers.push(first ?? -1);
    },
    { name: 'ServiceError', code: Code.OUT_OF_RANGE, message: 'no more' },
  );
  assert.deepEqual(answers, [1]);
  await close();
});

test('a bug is masked, and the server is told', async () => {
  const bugs: unknown[] = [];
  const bug = new Error('secret');
  const answer: Answer = () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(bug) }),
  });
  const { talk, close } = await open(answer, { onBug: (error, { method }) => bugs.push([error, method]) });
  await assert.rejects(collect(talk(0)), { code: Code.INTERNAL, message: /^internal server error/ });
  assert.deepEqual(bugs, [[bug, 'Talk']]);
  await close();
});

test('when the caller goes, the signal aborts', async () => {
  const aborted = Promise.withResolvers<unknown>();
  const { talk, close } = await open(async function* (_, signal) {
    signal.addEventListener('abort', () => aborted.resolve(signal.reason));
    yield Uint8Array.of(1);
    await aborted.promise;
  });
  for await (const _ of talk(0)) break;
  const reason = await aborted.promise;
  assert.ok(reason instanceof ServiceError && reason.code === Code.CANCELLED);
  await close();
});

test('when the listener closes, the signal aborts and what the stream still has to say is sent', async () => {
  const { listener, client, talk } = await open(async function* (_, signal) {
    yield Uint8Array.of(1);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    yield Uint8Array.of(2);
  });
  const answers: number[] = [];
  let closed: Promise<void> | undefined;
  for await (const [first] of talk(0)) {
    answers.push(first ?? -1);
    closed ??= listener.close(10_000);
  }
  assert.deepEqual(answers, [1, 2]);
  await closed;
  client.close();
});

describe('requests of a stream', () => {
  const echo: Answer = async function* (requests) {
    for await (const request of requests) yield request;
  };
  const path = `/${SERVICE}/Talk`;

  async function raw(options: Partial<GrpcOptions>, run: (session: ClientHttp2Session) => Promise<void>) {
    const { listener, client, close } = await open(echo, options);
    const session = connect(`http://${listener.address}`);
    await run(session).finally(() => session.destroy());
    client.close();
    await close();
  }
  const messages = (answers: Buffer): Buffer[] => {
    const all: Buffer[] = [];
    for (let at = 0; at < answers.length; at += 5 + answers.readUInt32BE(at + 1))
      all.push(answers.subarray(at + 5, at + 5 + answers.readUInt32BE(at + 1)));
    return all;
  };

  test('are told apart, wherever they are cut', () =>
    raw({}, async (session) => {
      const bodies = [Buffer.of(1), Buffer.alloc(0), Buffer.alloc(70_000, 2), Buffer.of(3, 4)];
      const sent = Buffer.concat([...bodies.map((body) => frame(body)), frame(gzipSync('zipped'), 1)]);
      const stream = openCall(session, path, { 'grpc-encoding': 'gzip' });
      for (const piece of [sent.subarray(0, 3), sent.subarray(3, 9), sent.subarray(9, 30_000), sent.subarray(30_000)]) {
        stream.write(piece);
        await new Promise(setImmediate);
      }
      stream.end();
      assert.deepEqual(messages(Buffer.concat(await stream.toArray())), [...bodies, Buffer.from('zipped')]);
    }));

  test('that are no requests end it', async () => {
    for (const [body, code] of [
      [Buffer.of(9, 0, 0, 0, 0), Code.INTERNAL],
      [frame(Buffer.alloc(11)), Code.RESOURCE_EXHAUSTED],
      [frame(Buffer.alloc(10)).subarray(0, 12), Code.INTERNAL],
      [frame(Buffer.of(1), 1), Code.INTERNAL],
    ] as const) {
      await raw({ limits: { maxRequestBytes: 10 }, onBug: assert.fail }, async (session) => {
        assert.equal((await rawCall(session, path, body)).status, code);
      });
    }
  });

  test('have until the deadline', () =>
    raw({}, async (session) => {
      const stream = openCall(session, path, { 'grpc-timeout': '30m' });
      stream.write(frame(Buffer.of(1)));
      const { message, status, rstCode } = await rawAnswer(stream);
      assert.deepEqual([message, status, rstCode], [Buffer.of(1), Code.DEADLINE_EXCEEDED, constants.NGHTTP2_NO_ERROR]);
    }));
});

test('a stream that is over before its caller has said everything is over for both', async () => {
  const { listener, client, close } = await open(async function* () {
    yield Uint8Array.of(1);
  });
  const session = connect(`http://${listener.address}`);
  const stream = openCall(session, `/${SERVICE}/Talk`);
  const { message, status, rstCode } = await rawAnswer(stream);
  assert.deepEqual([message, status, rstCode], [Buffer.of(1), Code.OK, constants.NGHTTP2_NO_ERROR]);
  session.close();
  client.close();
  await close();
});

test('a method that fails before its first step is a bug like any other', async () => {
  const bugs: unknown[] = [];
  const { talk, close } = await open(
    () => {
      throw new Error('secret');
    },
    { onBug: (error) => bugs.push(error) },
  );
  await assert.rejects(collect(talk(0)), { code: Code.INTERNAL });
  assert.equal(bugs.length, 1);
  await close();
});

test('a wait that ends with the listener tells the caller to come back', async () => {
  const waiting = Promise.withResolvers<void>();
  const { listener, client, talk } = await open(async function* (_, signal) {
    waiting.resolve();
    await setTimeout(60_000, undefined, { signal });
    yield Uint8Array.of(1);
  });
  const answers = assert.rejects(collect(talk(0)), { code: Code.UNAVAILABLE });
  await waiting.promise;
  await Promise.all([listener.close(10_000), answers]);
  client.close();
});

for (const [how, leave] of [
  ['by a reset of its connection', (socket: Socket) => socket.resetAndDestroy()],
  ['without a word', (socket: Socket) => socket.destroy()],
] as const) {
  test(`a caller that is gone ${how} in the middle of a request is no bug`, async () => {
    const started = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const answer: Answer = async function* (requests) {
      try {
        for await (const request of requests) {
          yield request;
          started.resolve();
        }
      } finally {
        ended.resolve();
      }
    };
    const { listener, client, close } = await open(answer, { onBug: assert.fail });
    const socket = connectSocket(listener.port, '127.0.0.1');
    const session = connect(`http://${listener.address}`, { createConnection: () => socket });
    session.on('error', () => {});
    const stream = openCall(session, `/${SERVICE}/Talk`);
    stream.on('error', () => {});
    stream.write(Buffer.concat([frame(Buffer.of(1)), Buffer.of(0)]));
    await started.promise;
    leave(socket);
    await ended.promise;
    client.close();
    await close();
  });
}
