import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { test } from 'node:test';
import { GrpcError } from './grpc-error.ts';
import { connectHttp2 } from './http2-channel.ts';
import { rawServer } from './raw-server.fixture.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';
const CANCEL = 8;
const nothing = new Uint8Array(0);

/** A server that answers nothing, and what comes to it. */
async function silentServer() {
  const came = Promise.withResolvers<ServerHttp2Stream>();
  const server = await rawServer((stream) => came.resolve(stream));
  const channel = connectHttp2({ address: server.address });
  await channel.connect();
  return {
    server,
    channel,
    came: came.promise,
    async [Symbol.asyncDispose]() {
      channel.close();
      await server.close();
    },
  };
}

const failing = (code: number, cause?: unknown) => (error: unknown) => {
  assert.ok(error instanceof GrpcError, String(error));
  assert.equal(error.code, code, error.message);
  if (cause !== undefined) assert.equal(error.cause, cause);
  return true;
};

test('an aborted call fails with CANCELLED, and the server hears of it', async () => {
  await using at = await silentServer();
  const aborting = new AbortController();
  const call = at.channel.unary(METHOD, nothing, { signal: aborting.signal });
  const stream = await at.came;
  const closed = once(stream, 'close');
  aborting.abort('no longer needed');
  await assert.rejects(call, failing(Status.CANCELLED, 'no longer needed'));
  await closed;
  assert.equal(stream.rstCode, CANCEL);
});

test('a call whose deadline passes fails with DEADLINE_EXCEEDED, and the server hears of it', async () => {
  await using at = await silentServer();
  const call = at.channel.unary(METHOD, nothing, { deadline: Date.now() + 300 });
  const stream = await Promise.race([at.came, call.then(() => assert.fail('there is no answer'))]);
  const closed = once(stream, 'close');
  await assert.rejects(call, failing(Status.DEADLINE_EXCEEDED));
  await closed;
  assert.equal(stream.rstCode, CANCEL);
});

test('a call that is over before it begins is not sent', async () => {
  await using at = await silentServer();
  void at.came.then(() => assert.fail('it was sent'));
  await assert.rejects(at.channel.unary(METHOD, nothing, { signal: AbortSignal.abort() }), failing(Status.CANCELLED));
  await assert.rejects(
    at.channel.unary(METHOD, nothing, { deadline: Date.now() - 1 }),
    failing(Status.DEADLINE_EXCEEDED),
  );
});

test('a deadline in the far future is no deadline', async () => {
  await using at = await silentServer();
  const aborting = new AbortController();
  const call = at.channel.unary(METHOD, nothing, { deadline: Number.POSITIVE_INFINITY, signal: aborting.signal });
  await at.came;
  aborting.abort();
  await assert.rejects(call, failing(Status.CANCELLED));
});

test('a call may be aborted, or run out of time, while it waits for a connection', async () => {
  const server = await rawServer(() => undefined, { settings: { maxConcurrentStreams: 1 } });
  const channel = connectHttp2({ address: server.address, maxConnections: 1 });
  const holding = new AbortController();
  const held = channel.unary(METHOD, nothing, { signal: holding.signal });
  const waiting = new AbortController();
  const aborted = channel.unary(METHOD, nothing, { signal: waiting.signal });
  const late = channel.unary(METHOD, nothing, { deadline: Date.now() + 20 });
  setImmediate(() => waiting.abort());
  await assert.rejects(aborted, failing(Status.CANCELLED));
  await assert.rejects(late, failing(Status.DEADLINE_EXCEEDED));
  holding.abort();
  await assert.rejects(held, failing(Status.CANCELLED));
  channel.close();
  await server.close();
});

test('a channel that is closed takes no more calls, and lets those under way end', async () => {
  await using at = await silentServer();
  const call = at.channel.unary(METHOD, nothing);
  const stream = await at.came;
  at.channel.close();
  await assert.rejects(at.channel.unary(METHOD, nothing), failing(Status.UNAVAILABLE));
  await assert.rejects(at.channel.connect(), failing(Status.UNAVAILABLE));
  stream.respond({ ':status': 200, 'grpc-status': 7 }, { endStream: true });
  await assert.rejects(call, failing(Status.PERMISSION_DENIED));
});
