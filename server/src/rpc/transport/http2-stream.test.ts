import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code, ServiceError } from '../../kernel/errors.ts';
import type { StreamingMethod } from './contract.ts';
import { grpcClient } from './grpc-client.fixture.ts';
import type { GrpcOptions } from './http2.ts';
import { listenGrpc } from './http2.ts';

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
