import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { failing } from './failing.fixture.ts';
import { frame } from './frame.ts';
import { connectHttp2, type Http2ChannelOptions } from './http2-channel.ts';
import { answer, type Respond, rawServer } from './raw-server.fixture.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';
const nothing = new Uint8Array(0);
const ok: Respond = (stream) => answer(stream, frame(Buffer.from('ok')));

async function open(respond: Respond, options: Partial<Http2ChannelOptions> = {}) {
  const server = await rawServer(respond);
  const channel = connectHttp2({ address: server.address, ...options });
  return {
    server,
    channel,
    say: async () => Buffer.from(await channel.unary(METHOD, nothing)).toString(),
    async [Symbol.asyncDispose]() {
      channel.close();
      await server.close();
    },
  };
}

describe('a stream that the server resets', () => {
  const codes = [
    { rst: constants.NGHTTP2_NO_ERROR, code: Status.INTERNAL },
    { rst: constants.NGHTTP2_INTERNAL_ERROR, code: Status.INTERNAL },
    { rst: constants.NGHTTP2_CANCEL, code: Status.CANCELLED },
    { rst: constants.NGHTTP2_ENHANCE_YOUR_CALM, code: Status.RESOURCE_EXHAUSTED },
    { rst: constants.NGHTTP2_INADEQUATE_SECURITY, code: Status.PERMISSION_DENIED },
  ];
  for (const { rst, code } of codes) {
    test(`with code ${rst} fails the call with ${code}`, async () => {
      await using at = await open((stream) => stream.close(rst));
      await assert.rejects(at.say(), failing(code, new RegExp(`code ${rst}`)));
    });
  }

  test('because it has not looked at it is tried again', async () => {
    let refusals = 0;
    await using at = await open((stream, headers) => {
      if (refusals++ < 2) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else ok(stream, headers);
    });
    assert.equal(await at.say(), 'ok');
    assert.equal(refusals, 3);
  });

  test('over and over is given up', async () => {
    await using at = await open((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM));
    await assert.rejects(at.say(), failing(Status.UNAVAILABLE));
  });
});

describe('a connection that is going away', () => {
  test('ends its calls, while new ones go over another', async () => {
    const streams: ServerHttp2Stream[] = [];
    await using at = await open((stream, headers) => {
      streams.push(stream);
      if (streams.length > 1) ok(stream, headers);
    });
    const first = at.say();
    while (streams.length === 0) await new Promise(setImmediate);
    const [session] = at.server.sessions;
    session?.goaway(constants.NGHTTP2_NO_ERROR, 1);
    // Frames come in order, so behind the answer to this ping the notice has been heard.
    await new Promise<void>((resolve) => session?.ping(() => resolve()));
    assert.equal(await at.say(), 'ok');
    assert.equal(at.server.sessions.length, 2);
    ok(streams[0] as ServerHttp2Stream, {});
    assert.equal(await first, 'ok');
  });

  test('with an error fails its calls with UNAVAILABLE, and the next call connects anew', async () => {
    let calls = 0;
    await using at = await open((stream, headers) => {
      if (calls++ > 0) ok(stream, headers);
      else stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    });
    await assert.rejects(at.say(), failing(Status.UNAVAILABLE, /GOAWAY with code 11/));
    assert.equal(await at.say(), 'ok');
  });

  test('by being cut fails its calls with UNAVAILABLE, and the next call connects anew', async () => {
    let calls = 0;
    await using at = await open((stream, headers) => {
      if (calls++ > 0) ok(stream, headers);
      else stream.session?.socket.destroy();
    });
    await assert.rejects(at.say(), failing(Status.UNAVAILABLE, /Connection dropped/));
    assert.equal(await at.say(), 'ok');
  });

  test('between calls is replaced, and nobody notices', async () => {
    await using at = await open(ok);
    assert.equal(await at.say(), 'ok');
    const [session] = at.server.sessions;
    const closed = once(session as object as NodeJS.EventEmitter, 'close');
    session?.close();
    await closed;
    assert.equal(await at.say(), 'ok');
  });
});

describe('a server that is not there', () => {
  test('fails calls with UNAVAILABLE, at once, until it is back', async () => {
    const server = await rawServer(ok);
    const channel = connectHttp2({ address: server.address, backoff: { initialMs: 10, maxMs: 20 } });
    await server.close();
    await assert.rejects(channel.connect(), failing(Status.UNAVAILABLE, /ECONNREFUSED/));
    await assert.rejects(channel.unary(METHOD, nothing), failing(Status.UNAVAILABLE, /ECONNREFUSED/));
    const back = await rawServer(ok, { port: server.port });
    const until = Date.now() + 5000;
    for (;;) {
      try {
        await channel.unary(METHOD, nothing);
        break;
      } catch (error) {
        assert.ok(Date.now() < until && failing(Status.UNAVAILABLE)(error));
        await new Promise(setImmediate);
      }
    }
    channel.close();
    await back.close();
  });

  test('is left alone for a while after it could not be reached', async () => {
    let attempts = 0;
    const listener = await listen((socket) => {
      attempts++;
      socket.destroy();
    });
    const channel = connectHttp2({ address: listener.address, backoff: { initialMs: 60_000 } });
    const calls = await Promise.allSettled(Array.from({ length: 20 }, () => channel.unary(METHOD, nothing)));
    assert.ok(calls.every(({ status }) => status === 'rejected'));
    await assert.rejects(channel.unary(METHOD, nothing), failing(Status.UNAVAILABLE));
    assert.equal(attempts, 1);
    channel.close();
    listener.server.close();
  });

  test('or speaks something else, or nothing, is not waited for', async () => {
    const chatty = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const mute = await listen(() => undefined);
    for (const { address, server } of [chatty, mute]) {
      const channel = connectHttp2({ address, connectTimeoutMs: 50 });
      await assert.rejects(channel.unary(METHOD, nothing), failing(Status.UNAVAILABLE));
      channel.close();
      server.close();
    }
  });
});

async function listen(serve: Parameters<typeof createServer>[1]): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    serve?.(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { server, address: `127.0.0.1:${address.port}` };
}

describe('when the peer allows few calls at once', () => {
  test('more connections are opened', async () => {
    const held: ServerHttp2Stream[] = [];
    const server = await rawServer((stream) => held.push(stream), { settings: { maxConcurrentStreams: 2 } });
    const channel = connectHttp2({ address: server.address });
    const calls = Array.from({ length: 7 }, () => channel.unary(METHOD, nothing));
    while (held.length < 7) await new Promise(setImmediate);
    assert.equal(server.sessions.length, 4);
    for (const stream of held) ok(stream, {});
    await Promise.all(calls);
    channel.close();
    await server.close();
  });

  test('calls wait for their turn once there are as many connections as there may be', async () => {
    let atOnce = 0;
    let most = 0;
    const server = await rawServer(
      (stream, headers) => {
        most = Math.max(most, ++atOnce);
        stream.on('close', () => atOnce--);
        setImmediate(() => ok(stream, headers));
      },
      { settings: { maxConcurrentStreams: 2 } },
    );
    const channel = connectHttp2({ address: server.address, maxConnections: 2 });
    await Promise.all(Array.from({ length: 50 }, () => channel.unary(METHOD, nothing)));
    assert.ok(most <= 4, `${most} at once`);
    channel.close();
    await server.close();
  });

  test('a hundred is no limit of our own', async () => {
    const held: ServerHttp2Stream[] = [];
    await using at = await open((stream) => held.push(stream));
    const calls = Array.from({ length: 500 }, () => at.say());
    while (held.length < 500) await new Promise(setImmediate);
    assert.equal(at.server.sessions.length, 1);
    for (const stream of held) ok(stream, {});
    await Promise.all(calls);
  });
});

test('a connection whose peer does not answer pings is given up', async () => {
  const server = await rawServer(() => undefined);
  // Between the two, a wire that can be cut without either of them being told.
  const ends: Socket[] = [];
  const wire = await listen((socket) => {
    const onward = connectTcp(server.port, '127.0.0.1');
    ends.push(socket, onward);
    socket.pipe(onward).pipe(socket);
  });
  const channel = connectHttp2({ address: wire.address, keepalive: { intervalMs: 10, timeoutMs: 30 } });
  await channel.connect();
  const call = channel.unary(METHOD, nothing);
  for (const end of ends) end.unpipe();
  await assert.rejects(call, failing(Status.UNAVAILABLE, /ping/));
  channel.close();
  for (const end of ends) end.destroy();
  wire.server.close();
  await server.close();
});
