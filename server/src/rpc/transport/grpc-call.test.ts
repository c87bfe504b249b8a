import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { connect, constants } from 'node:http2';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Code, invalidArgument, resourceExhausted, ServiceError } from '../../kernel/errors.ts';
import type { Call, Dispatch } from './contract.ts';
import type { GrpcOptions } from './grpc.ts';
import { listenGrpc } from './grpc.ts';
import type { RawAnswer } from './raw-call.fixture.ts';
import { frame, openCall, rawAnswer, rawCall } from './raw-call.fixture.ts';
import { SERVICE, testService } from './transport.contract.ts';

const PATH = `/${SERVICE}/Do`;
const echo: Dispatch = ({ body }) => body;
const unheard: Dispatch = () => assert.fail('the call should not have got this far');

async function using(options: Partial<GrpcOptions>, run: (session: ClientHttp2Session) => Promise<void>) {
  const listener = await listenGrpc({
    host: '127.0.0.1',
    port: 0,
    services: [testService],
    dispatch: echo,
    ...options,
  });
  const session = connect(`http://${listener.address}`);
  try {
    await run(session);
  } finally {
    session.destroy();
    await listener.close();
  }
}

const text = ({ headers }: RawAnswer): string => decodeURIComponent(String(headers['grpc-message']));

describe('a request that is no single whole message is refused', () => {
  const cases: [what: string, body: Buffer, code: Code, message: RegExp][] = [
    ['none', Buffer.alloc(0), Code.UNIMPLEMENTED, /exactly one .* none came/],
    [
      'two',
      Buffer.concat([frame(Buffer.of(1)), frame(Buffer.of(2))]),
      Code.UNIMPLEMENTED,
      /exactly one .* more than one/,
    ],
    ['one and a bit', Buffer.concat([frame(Buffer.of(1)), Buffer.of(0)]), Code.UNIMPLEMENTED, /exactly one/],
    ['one cut short', frame(Buffer.alloc(10)).subarray(0, 12), Code.INTERNAL, /in the middle of its message/],
    ['half a head', Buffer.of(0, 0, 0), Code.INTERNAL, /in the middle of its message/],
    ['noise', Buffer.from('GET / HTTP/1.1\r\n\r\n'), Code.INTERNAL, /unknown compression flag 71/],
    ['one over the limit', frame(Buffer.alloc(1001)), Code.RESOURCE_EXHAUSTED, /larger than max \(1001 vs\. 1000\)/],
    ['a head that announces 4 GiB', Buffer.of(0, 255, 255, 255, 255), Code.RESOURCE_EXHAUSTED, /larger than max/],
    ['compressed, but in no encoding', frame(gzipSync('x'), 1), Code.INTERNAL, /without grpc-encoding/],
  ];
  for (const [what, body, code, message] of cases) {
    test(what, () =>
      using({ dispatch: unheard, limits: { maxRequestBytes: 1000 } }, async (session) => {
        const answer = await rawCall(session, PATH, body);
        assert.equal(answer.status, code, text(answer));
        assert.match(text(answer), message);
      }),
    );
  }

  test('as soon as it is known to be too large, and the caller is told to stop sending', () =>
    using({ dispatch: unheard, limits: { maxRequestBytes: 1000 } }, async (session) => {
      const stream = openCall(session, PATH);
      stream.write(frame(Buffer.alloc(5000)).subarray(0, 100));
      const answer = await rawAnswer(stream);
      assert.equal(answer.status, Code.RESOURCE_EXHAUSTED);
      assert.equal(answer.rstCode, constants.NGHTTP2_NO_ERROR);
    }));

  test('and what was sent of it does not use up the connection', () =>
    using({ dispatch: unheard, limits: { maxRequestBytes: 1 << 20 } }, async (session) => {
      const body = frame(Buffer.alloc((1 << 20) + 1));
      for (let sent = 0; sent < 80; sent++) {
        assert.equal((await rawCall(session, PATH, body)).status, Code.RESOURCE_EXHAUSTED);
        assert.equal((await rawCall(session, '/no.such.Service/Do', body)).status, Code.UNIMPLEMENTED);
      }
    }));
});

describe('a request in pieces', () => {
  test('is put together, however small they are', () =>
    using({}, async (session) => {
      const body = randomBytes(3000);
      const stream = openCall(session, PATH);
      for (const byte of frame(body)) {
        stream.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      stream.end();
      assert.ok(body.equals((await rawAnswer(stream)).message));
    }));

  test('is put together, however many there are', () =>
    using({}, async (session) => {
      const body = randomBytes(4 << 20);
      assert.ok(body.equals((await rawCall(session, PATH, frame(body))).message));
    }));

  test('is not answered before the caller has said that it is all', async () => {
    let calls = 0;
    const dispatch: Dispatch = ({ body }) => {
      calls++;
      return body;
    };
    await using({ dispatch }, async (session) => {
      const stream = openCall(session, PATH);
      stream.write(frame(Buffer.of(7)));
      await rawCall(session, PATH, frame(Buffer.of(1)));
      assert.equal(calls, 1);
      stream.end();
      assert.deepEqual((await rawAnswer(stream)).message, Buffer.of(7));
    });
  });

  test('never reaches the handler when it is taken back half-way', () =>
    using({ dispatch: ({ body }) => (body.length === 1 ? body : assert.fail('taken back')) }, async (session) => {
      for (const code of [constants.NGHTTP2_CANCEL, constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_INTERNAL_ERROR]) {
        const stream = openCall(session, PATH);
        stream.on('error', () => {});
        stream.write(frame(Buffer.of(1, 2)));
        stream.close(code);
        const after = await rawCall(session, PATH, frame(Buffer.of(7)));
        assert.deepEqual(after.message, Buffer.of(7));
      }
    }));
});

describe('a compressed request', () => {
  const gzip = { 'grpc-encoding': 'gzip' };

  for (const [what, body] of [
    ['nothing', Buffer.alloc(0)],
    ['a little', Buffer.from('perdure')],
    ['much that compresses well', Buffer.alloc(4 << 20, 'perdure ')],
    ['much that does not compress', randomBytes(1 << 20)],
  ] as const) {
    test(`of ${what} is taken`, () =>
      using({}, async (session) => {
        const { message, status } = await rawCall(session, PATH, frame(gzipSync(body), 1), gzip);
        assert.equal(status, Code.OK);
        assert.ok(body.equals(message));
      }));
  }

  test('is read again when the same comes again, and others between', () =>
    using({}, async (session) => {
      for (let round = 0; round < 3; round++) {
        for (const text of ['perdure', ...Array.from({ length: round * 10 }, (_, n) => `another ${n}`)]) {
          const { message } = await rawCall(session, PATH, frame(gzipSync(text), 1), gzip);
          assert.equal(message.toString(), text);
        }
      }
    }));

  test('may come uncompressed all the same', () =>
    using({}, async (session) => {
      assert.deepEqual((await rawCall(session, PATH, frame(Buffer.of(1)), gzip)).message, Buffer.of(1));
    }));

  for (const [how, compressed] of [
    ['a little', gzipSync(Buffer.alloc(1 << 20))],
    ['much', Buffer.concat([gzipSync(randomBytes(200_000)), gzipSync(Buffer.alloc(1 << 20))])],
  ] as const) {
    test(`that unfolds from ${how} to more than the limit is refused`, () =>
      using({ dispatch: unheard, limits: { maxRequestBytes: 300_000 } }, async (session) => {
        const answer = await rawCall(session, PATH, frame(compressed, 1), gzip);
        assert.equal(answer.status, Code.RESOURCE_EXHAUSTED);
        assert.match(text(answer), /larger than max/);
      }));

    test(`that breaks off after ${how} is refused`, () =>
      using({ dispatch: unheard }, async (session) => {
        const answer = await rawCall(session, PATH, frame(compressed.subarray(0, -20), 1), gzip);
        assert.equal(answer.status, Code.INTERNAL);
        assert.match(text(answer), /gzip/);
      }));
  }

  test('in an encoding that is not known is told which ones are', () =>
    using({ dispatch: unheard }, async (session) => {
      const answer = await rawCall(session, PATH, frame(Buffer.of(1), 1), { 'grpc-encoding': 'snappy' });
      assert.equal(answer.status, Code.UNIMPLEMENTED);
      assert.match(text(answer), /snappy/);
      assert.equal(answer.headers['grpc-accept-encoding'], 'identity,gzip');
    }));
});

describe('what is no call of a known method', () => {
  const http: [what: string, headers: OutgoingHttpHeaders, status: number][] = [
    ['another content type', { 'content-type': 'application/json' }, 415],
    ['gRPC for browsers', { 'content-type': 'application/grpc-web' }, 415],
    ['messages that are JSON', { 'content-type': 'application/grpc+json' }, 415],
    ['another method of HTTP', { ':method': 'PUT' }, 405],
  ];
  for (const [what, headers, status] of http) {
    test(`is answered with ${status}: ${what}`, () =>
      using({ dispatch: unheard }, async (session) => {
        const answer = await rawCall(session, PATH, frame(Buffer.of(1)), headers);
        assert.equal(answer.headers[':status'], status);
      }));
  }

  const paths: [path: string, message: string][] = [
    [`/${SERVICE}/BrewCoffee`, `unknown method BrewCoffee for service ${SERVICE}`],
    ['/no.such.Service/Do', 'unknown service no.such.Service'],
    ['/Do', 'malformed method name: "/Do"'],
    ['/', 'malformed method name: "/"'],
  ];
  for (const [path, message] of paths) {
    test(`is UNIMPLEMENTED: ${path}`, () =>
      using({ dispatch: unheard }, async (session) => {
        const stream = openCall(session, path);
        const answer = await rawAnswer(stream);
        assert.equal(answer.status, Code.UNIMPLEMENTED);
        assert.equal(text(answer), message);
        assert.equal(answer.rstCode, constants.NGHTTP2_NO_ERROR);
      }));
  }
});

test('every way to write the content type of gRPC with protobuf is taken', () =>
  using({}, async (session) => {
    for (const type of [
      'application/grpc',
      'application/grpc+proto',
      'application/grpc;charset=utf-8',
      'Application/gRPC',
    ]) {
      const { status } = await rawCall(session, PATH, frame(Buffer.of(1)), { 'content-type': type });
      assert.equal(status, Code.OK, type);
    }
  }));

describe('the end of a call', () => {
  test('comes at its deadline, when neither the handler nor the caller ends it', async () => {
    const seen = Promise.withResolvers<Call>();
    const dispatch: Dispatch = (call) => {
      call.signal.addEventListener('abort', () => seen.resolve(call));
      return new Promise(() => {});
    };
    await using({ dispatch }, async (session) => {
      const answer = await rawCall(session, PATH, frame(Buffer.of(1)), { 'grpc-timeout': '30m' });
      assert.equal(answer.status, Code.DEADLINE_EXCEEDED);
      const { signal } = await seen.promise;
      assert.ok(signal.reason instanceof ServiceError && signal.reason.code === Code.DEADLINE_EXCEEDED);
    });
  });

  test('is refused at once for a deadline that nobody can read', () =>
    using({ dispatch: unheard }, async (session) => {
      const answer = await rawCall(session, PATH, frame(Buffer.of(1)), { 'grpc-timeout': 'soon' });
      assert.equal(answer.status, Code.INTERNAL);
      assert.equal(text(answer), 'malformed grpc-timeout: soon');
    }));

  test('an answer for a caller that has gone is dropped, and so is a refusal', async () => {
    const bugs: unknown[] = [];
    const calls: Call[] = [];
    const ends: (() => void)[] = [];
    const both = Promise.withResolvers<void>();
    const dispatch: Dispatch = (call) => {
      calls.push(call);
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      ends.push(calls.length === 1 ? () => resolve(Buffer.of(1)) : () => reject(invalidArgument('no')));
      if (calls.length === 2) both.resolve();
      return promise;
    };
    await using({ dispatch, onBug: (error) => bugs.push(error) }, async (session) => {
      const streams = [openCall(session, PATH), openCall(session, PATH)];
      for (const stream of streams) stream.end(frame(Buffer.of(1)));
      await both.promise;
      for (const stream of streams) stream.close(constants.NGHTTP2_CANCEL);
      while (!calls.every(({ signal }) => signal.aborted)) await new Promise(setImmediate);
      for (const end of ends) end();
      await new Promise(setImmediate);
      assert.deepEqual(bugs, []);
      assert.equal(session.destroyed, false);
    });
  });

  test('what cannot be sent is a bug, and the caller does not wait for it', async () => {
    const bugs: unknown[] = [];
    const dispatch: Dispatch = async () => {
      throw new ServiceError(Code.NOT_FOUND, 'no', [], { 'no header': 'x' });
    };
    await using({ dispatch, onBug: (error) => bugs.push(error) }, async (session) => {
      const stream = openCall(session, PATH);
      stream.end(frame(Buffer.of(1)));
      const [error] = await once(stream, 'error');
      assert.equal(error.code, 'ERR_HTTP2_STREAM_ERROR');
      assert.equal(bugs.length, 1);
    });
  });
});

describe('a refusal on the wire', () => {
  test('has only what is printable in its message', async () => {
    const dispatch = (): never => {
      throw invalidArgument(' 100 % Größe\n🦀 ');
    };
    await using({ dispatch }, async (session) => {
      const answer = await rawCall(session, PATH, frame(Buffer.of(1)));
      assert.equal(answer.headers['grpc-message'], '%20100 %25 Gr%C3%B6%C3%9Fe%0A%F0%9F%A6%80%20');
    });
  });

  test('is one block of headers, unless it has headers of its own', async () => {
    const refusals = [invalidArgument('no'), resourceExhausted(1, 1, 'slow down')];
    const dispatch = ({ body }: Call): never => {
      throw refusals[body[0] ?? 0];
    };
    await using({ dispatch }, async (session) => {
      for (const [index, expected] of [
        [0, false],
        [1, true],
      ] as const) {
        const stream = openCall(session, PATH);
        let trailers = false;
        stream.on('trailers', () => {
          trailers = true;
        });
        stream.end(frame(Buffer.of(index)));
        const { headers } = await rawAnswer(stream);
        assert.equal(trailers, expected);
        assert.equal('x-resource-exhausted-cause' in headers, expected);
      }
    });
  });
});

describe('many calls on one connection', () => {
  test('two thousand polls wait together, are all taken back at once, and harm nobody', async () => {
    const count = 2000;
    const started = Promise.withResolvers<void>();
    const signals: AbortSignal[] = [];
    const dispatch: Dispatch = ({ body, signal }) => {
      if (body[0] === 7) return body;
      if (signals.push(signal) === count) started.resolve();
      return new Promise(() => {});
    };
    await using({ dispatch }, async (session) => {
      const polls = Array.from({ length: count }, () => {
        const stream = openCall(session, PATH, { 'grpc-timeout': '70S' });
        stream.end(frame(Buffer.alloc(500)));
        return stream;
      });
      await started.promise;
      for (const poll of polls) poll.close(constants.NGHTTP2_CANCEL);
      assert.deepEqual((await rawCall(session, PATH, frame(Buffer.of(7)))).message, Buffer.of(7));
      while (!signals.every(({ aborted }) => aborted)) await new Promise(setImmediate);
    });
  });
});
