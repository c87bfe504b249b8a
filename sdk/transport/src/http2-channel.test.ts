import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http2';
import { describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { frame } from './frame.ts';
import { GrpcError } from './grpc-error.ts';
import type { Http2ChannelOptions } from './http2-channel.ts';
import { connectHttp2 } from './http2-channel.ts';
import { answer, grpcHeaders, type Respond, rawServer, refuse, requestOf } from './raw-server.fixture.ts';
import { Status } from './status.ts';

const METHOD = '/perdure.test.v1.Echo/Say';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function open(respond: Respond, options: Partial<Http2ChannelOptions> = {}) {
  const server = await rawServer(respond);
  const channel = connectHttp2({ address: server.address, ...options });
  return {
    server,
    channel,
    async [Symbol.asyncDispose]() {
      channel.close();
      await server.close();
    },
  };
}

const echo: Respond = (stream) => void requestOf(stream).then((request) => answer(stream, frame(request)));

function refusal(code: number, details?: RegExp | string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof GrpcError, String(error));
    assert.equal(error.code, code, error.message);
    if (details !== undefined) assert.match(error.details, new RegExp(details));
    return true;
  };
}

describe('a call over HTTP/2', () => {
  test('brings the request to the server and the response back', async () => {
    await using at = await open(echo);
    assert.equal(Buffer.from(await at.channel.unary(METHOD, bytes('hello'))).toString(), 'hello');
    assert.equal((await at.channel.unary(METHOD, new Uint8Array(0))).length, 0);
  });

  test('carries megabytes both ways', async () => {
    await using at = await open(echo);
    const large = Buffer.alloc(6_000_000, 'x');
    assert.ok(large.equals(await at.channel.unary(METHOD, large)));
  });

  test('says what gRPC asks for, and its metadata', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const respond: Respond = (stream, headers) => {
      seen.push(headers);
      answer(stream, frame(new Uint8Array(0)));
    };
    await using at = await open(respond, { userAgent: 'test/1', authority: 'perdure.test' });
    const metadata = { 'Client-Name': 'me', 'trace-bin': Uint8Array.of(0, 255), te: 'ignored', 'grpc-timeout': '1H' };
    await at.channel.unary(METHOD, new Uint8Array(0), { metadata, deadline: Date.now() + 5000 });
    const [headers] = seen;
    assert.equal(headers?.[':method'], 'POST');
    assert.equal(headers?.[':path'], METHOD);
    assert.equal(headers?.[':authority'], 'perdure.test');
    assert.equal(headers?.['content-type'], 'application/grpc');
    assert.equal(headers?.['te'], 'trailers');
    assert.equal(headers?.['user-agent'], 'test/1');
    assert.equal(headers?.['client-name'], 'me');
    assert.equal(headers?.['trace-bin'], 'AP8=');
    assert.match(String(headers?.['grpc-timeout']), /^(4\d\d\d|5000)m$/);
    assert.equal(headers?.['grpc-accept-encoding'], 'identity,gzip');
  });

  test('refuses metadata that HTTP cannot carry, and sends nothing', async () => {
    await using at = await open(() => assert.fail('nothing is to be sent'));
    for (const metadata of [{ 'a b': 'x' }, { ok: 'line\nbreak' }, { ok: 'ü' }]) {
      await assert.rejects(
        at.channel.unary(METHOD, bytes(''), { metadata }),
        refusal(Status.INTERNAL, 'HTTP cannot carry'),
      );
    }
  });

  test('understands an answer that comes in pieces', async () => {
    const respond: Respond = (stream) => {
      stream.respond(grpcHeaders, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }));
      const whole = frame(bytes('piece by piece'));
      const next = (at: number): void => {
        if (at === whole.length) stream.end();
        else stream.write(whole.subarray(at, at + 1), () => next(at + 1));
      };
      next(0);
    };
    await using at = await open(respond);
    assert.equal(Buffer.from(await at.channel.unary(METHOD, bytes(''))).toString(), 'piece by piece');
  });

  test('understands trailers that come long after the message', async () => {
    const respond: Respond = (stream) => {
      stream.respond(grpcHeaders, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }));
      stream.write(frame(bytes('early')), () => setTimeout(() => stream.end(), 20));
    };
    await using at = await open(respond);
    assert.equal(Buffer.from(await at.channel.unary(METHOD, bytes(''))).toString(), 'early');
  });
});

describe('a refusal', () => {
  test('is an error with code, text and metadata, whether it comes alone or behind headers', async () => {
    const status = {
      'grpc-status': 5,
      'grpc-message': 'no%20such%20thing%3A%20%C3%BC',
      'grpc-status-details-bin': 'AQI',
    };
    const alone: Respond = (stream) => refuse(stream, { ...status, 'x-cause': 'RPS' });
    const behind: Respond = (stream) => {
      stream.respond({ ...grpcHeaders, 'x-cause': 'RPS' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers(status));
      stream.end();
    };
    for (const respond of [alone, behind]) {
      await using at = await open(respond);
      const error = await at.channel.unary(METHOD, bytes('')).catch((caught: unknown) => caught);
      assert.ok(error instanceof GrpcError);
      assert.equal(error.code, Status.NOT_FOUND);
      assert.equal(error.details, 'no such thing: ü');
      assert.equal(error.message, '5 NOT_FOUND: no such thing: ü');
      assert.deepEqual(error.metadata.get('grpc-status-details-bin'), [Buffer.of(1, 2)]);
      assert.deepEqual(error.metadata.get('X-Cause'), ['RPS']);
      assert.deepEqual(error.metadata.get('grpc-status'), []);
    }
  });

  test('may come while the request is still being sent', async () => {
    const respond: Respond = (stream) => refuse(stream, { 'grpc-status': 8, 'grpc-message': 'too large' });
    await using at = await open(respond);
    const large = Buffer.alloc(3_000_000);
    await assert.rejects(at.channel.unary(METHOD, large), refusal(Status.RESOURCE_EXHAUSTED, 'too large'));
  });

  test('of a proxy that does not speak gRPC gets the code that stands for its status', async () => {
    const expected = {
      401: Status.UNAUTHENTICATED,
      404: Status.UNIMPLEMENTED,
      503: Status.UNAVAILABLE,
      500: Status.UNKNOWN,
    };
    for (const [http, code] of Object.entries(expected)) {
      await using at = await open((stream) => stream.respond({ ':status': Number(http) }, { endStream: true }));
      await assert.rejects(at.channel.unary(METHOD, bytes('')), refusal(code, http));
    }
  });
});

describe('an answer that is none', () => {
  const cases: { does: string; respond: Respond; code: number; details: string }[] = [
    {
      does: 'no message before its success',
      respond: (stream) => answer(stream, new Uint8Array(0)),
      code: Status.INTERNAL,
      details: 'without a message',
    },
    {
      does: 'half a message before its success',
      respond: (stream) => answer(stream, frame(bytes('hello')).subarray(0, 7)),
      code: Status.INTERNAL,
      details: 'in the middle',
    },
    {
      does: 'two messages',
      respond: (stream) => answer(stream, Buffer.concat([frame(bytes('a')), frame(bytes('b'))])),
      code: Status.INTERNAL,
      details: 'more than one message',
    },
    {
      does: 'an unknown compression flag',
      respond: (stream) => answer(stream, frame(bytes('a'), 7)),
      code: Status.INTERNAL,
      details: 'compression flag 7',
    },
    {
      does: 'compression that was not announced',
      respond: (stream) => answer(stream, frame(gzipSync('a'), 1)),
      code: Status.INTERNAL,
      details: 'compressed as identity',
    },
    {
      does: 'a message larger than allowed',
      respond: (stream) => answer(stream, frame(Buffer.alloc(2000))),
      code: Status.RESOURCE_EXHAUSTED,
      details: '2000 vs. 1000',
    },
    {
      does: 'no status at all',
      respond: (stream) => {
        stream.respond(grpcHeaders);
        stream.end(frame(bytes('a')));
      },
      code: Status.INTERNAL,
      details: 'RST_STREAM with code 0',
    },
    {
      does: 'a status that is no number',
      respond: (stream) => refuse(stream, { 'grpc-status': 'fine' }),
      code: Status.UNKNOWN,
      details: 'fine',
    },
  ];
  for (const { does, respond, code, details } of cases) {
    test(`with ${does} is refused`, async () => {
      await using at = await open(respond, { maxReceiveBytes: 1000 });
      await assert.rejects(at.channel.unary(METHOD, bytes('')), refusal(code, details));
      // The connection has taken no harm.
      await assert.rejects(at.channel.unary(METHOD, bytes('')), refusal(code, details));
      assert.equal(at.server.sessions.length, 1);
    });
  }
});

describe('compression', () => {
  const gzipped: Respond = (stream) => {
    stream.respond({ ...grpcHeaders, 'grpc-encoding': 'gzip' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }));
    void requestOf(stream).then((request) => stream.end(frame(gzipSync(request), 1)));
  };

  test('of responses is understood, of small ones and of large ones', async () => {
    await using at = await open(gzipped);
    assert.equal(Buffer.from(await at.channel.unary(METHOD, bytes('small'))).toString(), 'small');
    const large = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251));
    assert.ok(large.equals(await at.channel.unary(METHOD, large)));
  });

  test('that hides more than is allowed is refused', async () => {
    await using at = await open(gzipped, { maxReceiveBytes: 10_000 });
    await assert.rejects(at.channel.unary(METHOD, Buffer.alloc(100_000)), refusal(Status.RESOURCE_EXHAUSTED));
  });

  test('of requests is said in the headers, and done where it saves something', async () => {
    const seen: { encoding: unknown; flag: number | undefined; content: Buffer }[] = [];
    const respond: Respond = (stream, headers) =>
      void stream.toArray().then((pieces) => {
        const whole = Buffer.concat(pieces);
        seen.push({ encoding: headers['grpc-encoding'], flag: whole[0], content: whole.subarray(5) });
        answer(stream, frame(new Uint8Array(0)));
      });
    await using at = await open(respond, { compression: 'gzip' });
    const [small, medium, large] = [100, 5000, 1_000_000].map((size) => Buffer.alloc(size, 'x'));
    for (const request of [small, medium, large]) await at.channel.unary(METHOD, request ?? Buffer.alloc(0));
    assert.deepEqual(
      seen.map(({ encoding, flag }) => [encoding, flag]),
      [
        ['gzip', 0],
        ['gzip', 1],
        ['gzip', 1],
      ],
    );
    assert.ok(gunzipSync(seen[2]?.content ?? '').equals(large ?? Buffer.alloc(0)));
  });
});

test('a request larger than allowed is not sent', async () => {
  await using at = await open(() => assert.fail('nothing is to be sent'), { maxSendBytes: 10 });
  await assert.rejects(at.channel.unary(METHOD, Buffer.alloc(11)), refusal(Status.RESOURCE_EXHAUSTED, '11 vs. 10'));
});
