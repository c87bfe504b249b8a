import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { Code, type ServiceError } from '../../kernel/errors.ts';
import type { CallStreamClient } from './call-stream-client.fixture.ts';
import { callBytes, callStreamClient } from './call-stream-client.fixture.ts';
import type { Call, Dispatch } from './contract.ts';
import type { GrpcOptions } from './grpc.ts';
import { listenGrpc } from './grpc.ts';
import { SERVICE, testService, transportContract } from './transport.contract.ts';

const PATH = `/${SERVICE}/Do`;
const echo: Dispatch = ({ body }) => body;

async function open(options: Partial<GrpcOptions> = {}, headers?: Record<string, string>) {
  const listener = await listenGrpc({
    host: '127.0.0.1',
    port: 0,
    services: [testService],
    dispatch: echo,
    ...options,
  });
  const client = await callStreamClient(listener.address, headers);
  return {
    listener,
    client,
    async close(): Promise<void> {
      client.close();
      await listener.close();
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}

transportContract('call stream', open);

/** Answers each call when it is told to. */
function held() {
  const calls: { call: Call; answer: (bytes: Uint8Array) => void }[] = [];
  let came = Promise.withResolvers<void>();
  const dispatch: Dispatch = (call) => {
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    calls.push({ call, answer: resolve });
    came.resolve();
    came = Promise.withResolvers();
    return promise;
  };
  const until = async (count: number): Promise<void> => {
    while (calls.length < count) await came.promise;
  };
  return { calls, dispatch, until };
}

/** Not `once`, which a stream that is reset would make reject. */
const closeOf = ({ stream }: CallStreamClient) => new Promise((resolve) => stream.once('close', resolve));

describe('calls that share a stream', () => {
  test('are answered in the order in which their answers come', async () => {
    const { calls, dispatch, until } = held();
    await using at = await open({ dispatch });
    const ended: number[] = [];
    const asked = [1, 2, 3].map(async (n) => {
      await at.client.call(SERVICE, 'Do', Buffer.of(n));
      ended.push(n);
    });
    await until(3);
    for (const n of [2, 0, 1]) calls[n]?.answer(Buffer.of(n));
    await Promise.all(asked);
    assert.deepEqual(ended, [3, 1, 2]);
  });

  test('take over the metadata of the call before, and know who made the stream', async () => {
    const { calls, dispatch, until } = held();
    await using at = await open({ dispatch }, { 'user-agent': 'me/1', authorization: 'of the stream alone' });
    at.client.say(callBytes(1, PATH, 0, 'client-name\nmine\ntrace-bin\nAAE', Buffer.alloc(0)));
    at.client.say(callBytes(2, PATH, 0, undefined, Buffer.alloc(0)));
    at.client.say(callBytes(3, PATH, 0, 'name\na\nname\nb', Buffer.alloc(0)));
    await until(3);
    assert.deepEqual(
      calls.map(({ call }) => [...call.metadata]),
      [
        [
          ['user-agent', 'me/1'],
          ['client-name', 'mine'],
        ],
        [
          ['user-agent', 'me/1'],
          ['client-name', 'mine'],
        ],
        [
          ['user-agent', 'me/1'],
          ['name', 'a, b'],
        ],
      ],
    );
  });

  test('come in whatever pieces', async () => {
    await using at = await open();
    const answered = at.client.call(SERVICE, 'Do', Buffer.alloc(100_000, 7));
    const second = at.client.call(SERVICE, 'Do', Buffer.of(8));
    assert.deepEqual(Buffer.from(await answered), Buffer.alloc(100_000, 7));
    assert.deepEqual(Buffer.from(await second), Buffer.of(8));
  });

  test('are cancelled all together when the stream is', async () => {
    const { calls, dispatch, until } = held();
    await using at = await open({ dispatch });
    for (const id of [1, 2]) at.client.say(callBytes(id, PATH, 0, '', Buffer.alloc(0)));
    await until(2);
    const aborted = calls.map(({ call }) => once(call.signal, 'abort'));
    at.client.stream.close();
    await Promise.all(aborted);
    for (const { call } of calls) assert.equal((call.signal.reason as ServiceError).code, Code.CANCELLED);
  });

  test('are answered after the client has said that there are no more', async () => {
    const { calls, dispatch, until } = held();
    await using at = await open({ dispatch });
    const asked = at.client.call(SERVICE, 'Do', Buffer.of(1));
    await until(1);
    at.client.stream.end();
    const trailers = once(at.client.stream, 'trailers');
    calls[0]?.answer(Buffer.of(2));
    assert.deepEqual(Buffer.from(await asked), Buffer.of(2));
    const [{ 'grpc-status': status }] = await trailers;
    assert.equal(status, '0');
  });

  const faults = [
    { what: 'a kind of message that there is not', bytes: Buffer.of(9, 0, 0, 0, 1) },
    { what: 'half a call', bytes: callBytes(1, PATH, 0, '', Buffer.alloc(0)).subarray(0, 8) },
    {
      what: 'a call whose path is longer than the call',
      bytes: callBytes(1, PATH, 0, '', Buffer.alloc(0)).subarray(0, 20),
    },
    { what: 'more than any call may have', bytes: Buffer.alloc(2 * 1024 * 1024, 1) },
  ];
  for (const { what, bytes } of faults) {
    test(`end with the stream when it carries ${what}`, async () => {
      const { calls, dispatch, until } = held();
      await using at = await open({ dispatch });
      at.client.say(callBytes(7, PATH, 0, '', Buffer.alloc(0)));
      await until(1);
      const aborted = once(calls[0]?.call.signal ?? assert.fail(), 'abort');
      const closed = closeOf(at.client);
      at.client.say(bytes);
      await Promise.all([aborted, closed]);
      assert.equal(calls.length, 1);
    });
  }

  test('end with the stream when one comes twice', async () => {
    const { calls, dispatch } = held();
    await using at = await open({ dispatch });
    const closed = closeOf(at.client);
    for (const _ of [1, 2]) at.client.say(callBytes(7, PATH, 0, '', Buffer.alloc(0)));
    await closed;
    assert.equal(calls.length, 1);
  });

  test('keep their connection, which is idle without them', async () => {
    const { calls, dispatch, until } = held();
    await using at = await open({ dispatch, limits: { maxConnectionIdleMs: 20 } });
    const { session } = at.client.stream;
    const gone = once(session ?? assert.fail(), 'goaway');
    const asked = at.client.call(SERVICE, 'Do', Buffer.alloc(0));
    await until(1);
    const other = await callStreamClient(at.listener.address);
    await once(other.stream.session ?? assert.fail(), 'goaway');
    other.close();
    calls[0]?.answer(Buffer.of(1));
    await asked;
    await gone;
  });

  test('are not looked at by a listener that closes', async () => {
    const { calls, dispatch, until } = held();
    await using at = await open({ dispatch });
    const under = at.client.call(SERVICE, 'Do', Buffer.of(1));
    await until(1);
    const closed = at.listener.close();
    await assert.rejects(at.client.call(SERVICE, 'Do', Buffer.of(2)), /answered with the kind 3/);
    calls[0]?.answer(Buffer.of(3));
    assert.deepEqual(Buffer.from(await under), Buffer.of(3));
    at.client.stream.end();
    await closed;
    assert.equal(calls.length, 1);
  });
});
