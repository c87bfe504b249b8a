import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { describe, test } from 'node:test';
import { CALL_STREAM_PATH } from './call-stream.ts';
import type { CallOptions } from './channel.ts';
import { failing } from './failing.fixture.ts';
import { frame, HEAD_BYTES } from './frame.ts';
import type { GrpcError } from './grpc-error.ts';
import type { Http2ChannelOptions } from './http2-channel.ts';
import { connectHttp2 } from './http2-channel.ts';
import { MessageReader } from './message-reader.ts';
import { answer, grpcHeaders, rawServer, requestOf } from './raw-server.fixture.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';
const offer = { ...grpcHeaders, 'perdure-call-stream': '1' };

/** What came over the stream of calls, and the stream. */
interface Heard {
  readonly stream: ServerHttp2Stream;
  readonly kind: number;
  readonly id: number;
  readonly timeoutMs: number;
  readonly path: string;
  /** Undefined: as before. */
  readonly metadata: string | undefined;
  readonly request: string;
}

function heard(stream: ServerHttp2Stream, bytes: Buffer): Heard {
  const kind = bytes[0] ?? -1;
  const id = bytes.length < 5 ? 0 : bytes.readUInt32BE(1);
  if (kind !== 1) return { stream, kind, id, timeoutMs: 0, path: '', metadata: undefined, request: '' };
  const length = bytes.readUInt16BE(11);
  const pathEnd = 13 + bytes.readUInt16BE(9);
  const metadataEnd = pathEnd + (length === 0xffff ? 0 : length);
  return {
    stream,
    kind,
    id,
    timeoutMs: bytes.readUInt32BE(5),
    path: bytes.toString('latin1', 13, pathEnd),
    metadata: length === 0xffff ? undefined : bytes.toString('latin1', pathEnd, metadataEnd),
    request: bytes.toString('latin1', metadataEnd),
  };
}

function reply({ stream, id }: Heard, kind: number, content: string | Buffer): void {
  const head = Buffer.of(kind, 0, 0, 0, 0);
  head.writeUInt32BE(id, 1);
  stream.write(frame(Buffer.concat([head, Buffer.from(content)])));
}

const ANSWER = 1;
const REFUSAL = 2;
const UNSEEN = 3;
const echo = (message: Heard): void => reply(message, ANSWER, message.request);

interface Options extends Partial<Http2ChannelOptions> {
  /** What the server does with calls and cancellations. Default: it answers with the request. */
  readonly hear?: (message: Heard) => void;
  readonly greets?: boolean;
}

/** A server with call streams, and a channel that has made its first call, `alone`. */
async function open({ hear = echo, greets = true, ...options }: Options = {}) {
  /** The requests of calls with a stream of their own. */
  const alone: string[] = [];
  const streams: ServerHttp2Stream[] = [];
  let greeted = Promise.withResolvers<void>();
  const server = await rawServer((stream, headers) => {
    if (headers[':path'] !== CALL_STREAM_PATH) {
      void requestOf(stream).then((request) => {
        alone.push(request.toString());
        stream.respond(offer, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }));
        stream.end(frame(request));
      });
      return;
    }
    streams.push(stream);
    stream.respond(grpcHeaders);
    const reader = new MessageReader(Number.POSITIVE_INFINITY);
    stream.on('data', (piece: Buffer) => {
      for (const message of reader.push(piece)) {
        const said = heard(stream, message.subarray(HEAD_BYTES));
        if (said.kind !== 0) hear(said);
        else if (greets) stream.write(frame(Buffer.of(0)));
        if (said.kind === 0) greeted.resolve();
      }
    });
    stream.on('end', () => stream.end());
  });
  const channel = connectHttp2({ address: server.address, ...options });
  const say = async (text: string, callOptions?: CallOptions): Promise<string> =>
    Buffer.from(await channel.unary(METHOD, Buffer.from(text), callOptions)).toString();
  /** Makes calls until one goes over the stream. */
  const share = async (): Promise<void> => {
    greeted = Promise.withResolvers();
    await say('first');
    await greeted.promise;
    // The greeting comes behind the answer to a ping that was sent behind it.
    for (const session of server.sessions) await new Promise((resolve) => session.ping(resolve));
  };
  await share();
  return {
    server,
    channel,
    alone,
    streams,
    say,
    share,
    async [Symbol.asyncDispose]() {
      channel.close();
      await server.close();
    },
  };
}

describe('calls share a stream', () => {
  test('once the server has said that it can do that, and has answered on it', async () => {
    await using at = await open();
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((text) => at.say(text))), ['a', 'b', 'c']);
    assert.deepEqual(at.alone, ['first']);
    assert.equal(at.streams.length, 1);
  });

  test('but not with a server that does not say so', async () => {
    const paths: unknown[] = [];
    const server = await rawServer((stream, headers) => {
      paths.push(headers[':path']);
      answer(stream, frame(Buffer.from('ok')));
    });
    const channel = connectHttp2({ address: server.address });
    for (const _ of [1, 2, 3]) await channel.unary(METHOD, Buffer.alloc(0));
    channel.close();
    await server.close();
    assert.deepEqual(paths, [METHOD, METHOD, METHOD]);
  });

  test('but not before the server has answered on it, which something between the two may prevent', async () => {
    await using at = await open({ greets: false });
    assert.equal(await at.say('a'), 'a');
    assert.deepEqual(at.alone, ['first', 'a']);
  });

  test('but for large requests', async () => {
    await using at = await open();
    const large = 'x'.repeat(100_000);
    assert.equal(await at.say(large), large);
    assert.deepEqual(at.alone, ['first', large]);
  });

  test('with their metadata, which is told again only when it is another', async () => {
    const told: unknown[] = [];
    await using at = await open({
      hear: (message) => {
        told.push(message.metadata);
        echo(message);
      },
    });
    const frozen = Object.freeze({ 'client-name': 'me', 'Trace-bin': Uint8Array.of(0, 255), te: 'ignored' });
    for (const metadata of [frozen, frozen, { ...frozen }, { name: 'other' }, undefined, undefined, frozen])
      await at.say('x', { metadata });
    const first = 'client-name\nme\ntrace-bin\nAP8=';
    assert.deepEqual(told, [first, undefined, undefined, 'name\nother', '', undefined, first]);
    await assert.rejects(at.say('x', { metadata: { name: 'no\nline' } }), failing(Status.INTERNAL));
    assert.equal(await at.say('still'), 'still');
  });

  test('whatever pieces their answers come in', async () => {
    const large = 'y'.repeat(200_000);
    await using at = await open({ hear: (message) => reply(message, ANSWER, large) });
    assert.deepEqual(await Promise.all([at.say('a'), at.say('b')]), [large, large]);
  });
});

describe('a call that shares its stream', () => {
  test('is refused by its trailers', async () => {
    const trailers = 'grpc-status\n5\ngrpc-message\nno%20such thing\nx-cause\nwhy\ngrpc-status-details-bin\nAAE';
    await using at = await open({ hear: (message) => reply(message, REFUSAL, trailers) });
    await assert.rejects(at.say('a'), (error) => {
      failing(Status.NOT_FOUND, /^no such thing$/)(error);
      const { metadata } = error as GrpcError;
      assert.deepEqual(metadata.getMap(), { 'x-cause': 'why', 'grpc-status-details-bin': Buffer.of(0, 1) });
      return true;
    });
  });

  test('fails when its answer is too large, and no other does', async () => {
    await using at = await open({ maxReceiveBytes: 1000 });
    await assert.rejects(at.say('x'.repeat(1001)), failing(Status.RESOURCE_EXHAUSTED, /1001 vs. 1000/));
    assert.equal(await at.say('a'), 'a');
    assert.equal(at.streams.length, 1);
  });

  for (const [how, options, code] of [
    ['its signal is aborted', () => ({ signal: AbortSignal.timeout(20) }), Status.CANCELLED],
    ['its deadline passes', () => ({ deadline: Date.now() + 20 }), Status.DEADLINE_EXCEEDED],
  ] as const) {
    test(`ends when ${how}, and the server hears of it; its late answer is nobody's`, async () => {
      const cancelled = Promise.withResolvers<Heard>();
      const calls: Heard[] = [];
      await using at = await open({
        hear(message) {
          if (message.kind !== 1) cancelled.resolve(message);
          else if (message.request === 'later') echo(message);
          else calls.push(message);
        },
      });
      await assert.rejects(at.say('a', options()), failing(code));
      const { kind, id } = await cancelled.promise;
      const [call = assert.fail()] = calls;
      assert.deepEqual([kind, id], [2, call.id]);
      assert.equal(call.timeoutMs > 0, code === Status.DEADLINE_EXCEEDED);
      echo(call);
      assert.equal(await at.say('later'), 'later');
    });
  }

  test('goes out again when the server has not looked at it', async () => {
    await using at = await open({ hear: (message) => reply(message, UNSEEN, '') });
    assert.equal(await at.say('a'), 'a');
    assert.deepEqual(at.alone, ['first', 'a']);
  });

  test('fails as UNAVAILABLE when the stream is cut off, after which calls have their own', async () => {
    await using at = await open({ hear: ({ stream }) => stream.close(constants.NGHTTP2_CANCEL) });
    await assert.rejects(at.say('a'), failing(Status.UNAVAILABLE, /cut off/));
    for (const text of ['b', 'c']) assert.equal(await at.say(text), text);
    assert.deepEqual(at.alone, ['first', 'b', 'c']);
    assert.equal(at.streams.length, 1);
  });

  test('fails as UNAVAILABLE when the stream carries what is not understood', async () => {
    await using at = await open({ hear: (message) => reply(message, 9, '') });
    await assert.rejects(at.say('a'), failing(Status.UNAVAILABLE));
    assert.equal(await at.say('b'), 'b');
  });

  test('fails as UNAVAILABLE with its connection; the next connection has a stream again', async () => {
    let lose = true;
    await using at = await open({
      hear(message) {
        if (lose) message.stream.session?.destroy();
        else echo(message);
      },
    });
    await assert.rejects(at.say('a'), failing(Status.UNAVAILABLE, /Connection dropped/));
    lose = false;
    await at.share();
    assert.equal(await at.say('b'), 'b');
    assert.deepEqual(at.alone, ['first', 'first']);
  });
});

describe('a connection with a stream of calls that goes away', () => {
  test('ends with its last call; calls go elsewhere meanwhile', async () => {
    const calls: Heard[] = [];
    await using at = await open({ hear: (message) => calls.push(message) });
    const under = at.say('a');
    while (calls.length === 0) await new Promise(setImmediate);
    const [call = assert.fail()] = calls;
    const [session = assert.fail()] = at.server.sessions;
    const closed = once(session, 'close');
    session.goaway(constants.NGHTTP2_NO_ERROR);
    await new Promise((resolve) => session.ping(resolve));
    assert.equal(await at.say('elsewhere'), 'elsewhere');
    assert.deepEqual(at.alone, ['first', 'elsewhere']);
    echo(call);
    assert.equal(await under, 'a');
    await closed;
  });

  test('ends at once without a call', async () => {
    await using at = await open();
    const [session = assert.fail()] = at.server.sessions;
    const closed = once(session, 'close');
    session.close();
    await closed;
  });

  test('ends when the channel is closed', async () => {
    const at = await open();
    const [session = assert.fail()] = at.server.sessions;
    const closed = once(session, 'close');
    at.channel.close();
    await closed;
    await at.server.close();
  });
});
