import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode, Flag, FrameType, Setting } from './frames.ts';
import { headerBlock } from './hpack.ts';
import {
  data,
  type Frame,
  frame,
  headers,
  type Opened,
  okBlock,
  openHeaders,
  requestBlock,
  reset,
  resetCode,
  settings,
  trailers,
  windowUpdate,
  withConnection,
  witness,
} from './raw-client.fixture.ts';
import type { Http2Stream, StreamEvents } from './stream.ts';

const kindOf = ({ type, flags, payload }: Frame): [type: number, flags: number, length: number] => [
  type,
  flags,
  payload.length,
];

/** Answers each request with itself once it is complete. */
function echo(stream: Http2Stream, seen: string[]): StreamEvents {
  const pieces: Buffer[] = [];
  const written = witness(stream, seen);
  return {
    ...written,
    data(piece) {
      written.data(piece);
      pieces.push(piece);
    },
    end() {
      written.end();
      stream.respond(okBlock);
      stream.write(pieces);
      stream.end(trailers);
    },
  };
}

describe('a request', () => {
  test('is told piece by piece, and its end; its answer is headers, data and trailers', () =>
    withConnection({ serve: echo }, async ({ client, seen }) => {
      client.send(openHeaders(1), data(1, 'a'), data(1, 'b'), data(1, 'c', Flag.endStream));
      const [first, content, last] = await client.take(3);
      assert.deepEqual(seen, ['1: a', '1: b', '1: c', '1 ends', '1 closed']);
      assert.ok(first && content && last);
      assert.deepEqual(client.fields(first.payload), [[':status', '200']]);
      assert.deepEqual([content.payload.toString(), content.flags], ['abc', Flag.none]);
      assert.deepEqual(client.fields(last.payload), [['grpc-status', '0']]);
      assert.equal(last.flags, Flag.endHeaders | Flag.endStream);
    }));

  test('may end with trailers', () =>
    withConnection({ serve: echo }, async ({ client, seen }) => {
      client.send(openHeaders(1), data(1, 'a'), headers(1, headerBlock([['x', 1]])));
      await client.take(3);
      assert.deepEqual(seen, ['1: a', '1 ends', '1 closed']);
    }));

  test('may have a head in many frames, with padding and a priority', () =>
    withConnection({}, async ({ client, seen }) => {
      const priority = Buffer.from([0, 0, 0, 0, 16]);
      const begin = Buffer.concat([Buffer.of(2), priority, requestBlock.subarray(0, 1), Buffer.alloc(2)]);
      client.send(
        headers(1, begin, Flag.padded | Flag.priority | Flag.endStream),
        frame(FrameType.continuation, Flag.none, 1, requestBlock.subarray(1, 3)),
        frame(FrameType.continuation, Flag.endHeaders, 1, requestBlock.subarray(3)),
      );
      await client.settled();
      assert.deepEqual(seen, ['1 ends']);
    }));

  test('may be answered before it is complete; what still comes of it is dropped', () => {
    const serve = (stream: Http2Stream): undefined => stream.respond(okBlock, true) as undefined;
    return withConnection({ serve }, async ({ client, connection }) => {
      client.send(openHeaders(1), data(1, 'a'));
      const [answer, stop] = await client.take(2);
      assert.ok(answer && stop);
      assert.deepEqual(kindOf(answer), [FrameType.headers, Flag.endHeaders | Flag.endStream, 1]);
      assert.equal(resetCode(stop), ErrorCode.noError);
      client.send(data(1, 'b'), data(1, 'c', Flag.endStream));
      await client.settled();
      assert.equal(connection.closed, false);
    });
  });

  test('that is taken back is closed, once', () =>
    withConnection({}, async ({ client, seen }) => {
      client.send(headers(1), reset(1), reset(1));
      await client.settled();
      assert.deepEqual(seen, ['1 ends', '1 closed']);
    }));

  test('is closed when the connection is lost', () => {
    const over = Promise.withResolvers<void>();
    return withConnection({ over: over.resolve }, async ({ client, seen }) => {
      client.send(openHeaders(1));
      await client.settled();
      client.socket.destroy();
      await over.promise;
      assert.deepEqual(seen, ['1 closed']);
    });
  });

  test('is as long as it says', () =>
    withConnection({}, async ({ client, seen }) => {
      const of = (length: number) => Buffer.concat([requestBlock, headerBlock([['content-length', length]])]);
      client.send(openHeaders(1, of(2)), data(1, 'ab', Flag.endStream));
      client.send(openHeaders(3, of(2)), data(3, 'a', Flag.endStream));
      client.send(openHeaders(5, of(2)), data(5, 'abc'));
      const resets = await client.take(2);
      assert.deepEqual(
        resets.map((each) => [each.streamId, resetCode(each)]),
        [
          [3, ErrorCode.protocolError],
          [5, ErrorCode.protocolError],
        ],
      );
      assert.deepEqual(seen, ['1: ab', '1 ends', '3: a', '3 closed', '5 closed']);
    }));
});

describe('a malformed head resets its stream, and later ones are understood', () => {
  const cases: [what: string, fields: [string, string][]][] = [
    [
      'no method',
      [
        [':scheme', 'http'],
        [':path', '/'],
      ],
    ],
    [
      'no scheme',
      [
        [':method', 'POST'],
        [':path', '/'],
      ],
    ],
    [
      'an empty path',
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', ''],
      ],
    ],
    [
      'a method twice',
      [
        [':method', 'POST'],
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', '/'],
      ],
    ],
    [
      'a field that is unknown',
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', '/'],
        [':x', '/'],
      ],
    ],
    [
      'a field of answers',
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', '/'],
        [':status', '200'],
      ],
    ],
    [
      'a path behind the others',
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        ['x', '1'],
        [':path', '/'],
      ],
    ],
    [
      'a field of HTTP/1',
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', '/'],
        ['connection', 'close'],
      ],
    ],
    [
      'te that is not trailers',
      [
        [':method', 'POST'],
        [':scheme', 'http'],
        [':path', '/'],
        ['te', 'gzip'],
      ],
    ],
  ];
  for (const [what, fields] of cases) {
    test(what, () =>
      withConnection({}, async ({ client, seen }) => {
        client.send(headers(1, headerBlock(fields)), headers(3));
        const answer = await client.next();
        assert.deepEqual([answer?.streamId, answer && resetCode(answer)], [1, ErrorCode.protocolError]);
        await client.settled();
        assert.deepEqual(seen, ['3 ends']);
      }),
    );
  }

  test('a capital in a name, and a line break in a value', () =>
    withConnection({}, async ({ client, seen }) => {
      const literal = (name: string, value: string): Buffer =>
        Buffer.concat([
          requestBlock,
          Buffer.of(0, name.length),
          Buffer.from(name),
          Buffer.of(value.length),
          Buffer.from(value),
        ]);
      client.send(headers(1, literal('Name', 'x')), headers(3, literal('name', 'x\r\ny: z')));
      const resets = await client.take(2);
      assert.deepEqual(
        resets.map((each) => resetCode(each)),
        [ErrorCode.protocolError, ErrorCode.protocolError],
      );
      assert.deepEqual(seen, []);
    }));

  test('more fields than anybody needs', () =>
    withConnection({}, async ({ client, seen }) => {
      // A field of 2,000 bytes, and then that it is there forty times.
      const field = Buffer.concat([
        Buffer.of(0x40, 1),
        Buffer.from('x'),
        Buffer.of(0x7f, 0xd1, 0x0e),
        Buffer.alloc(2000, 'v'),
      ]);
      client.send(headers(1, Buffer.concat([requestBlock, field, Buffer.alloc(40, 0xbe)])), headers(3));
      const answer = await client.next();
      assert.equal(answer && resetCode(answer), ErrorCode.enhanceYourCalm);
      await client.settled();
      assert.deepEqual(seen, ['3 ends']);
    }));
});

test('what is unknown, a priority and a GOAWAY change nothing', () =>
  withConnection({}, async ({ client, seen }) => {
    client.send(
      frame(0xfa, 0xff, 7, Buffer.from('?')),
      frame(FrameType.priority, Flag.none, 9, Buffer.of(0, 0, 0, 1, 0)),
      settings([0xfff, 1], [Setting.maxFrameSize, 1 << 20], [Setting.enablePush, 0]),
      frame(FrameType.goaway, Flag.none, 0, Buffer.alloc(8)),
      headers(1),
    );
    assert.deepEqual((await client.take(1)).map(kindOf), [[FrameType.settings, Flag.ack, 0]]);
    await client.settled();
    assert.deepEqual(seen, ['1 ends']);
  }));

describe('closing', () => {
  async function closedWith({ client, connection }: Opened): Promise<void> {
    connection.close();
    assert.deepEqual(await client.goaway(), { code: ErrorCode.noError, lastStreamId: 1, text: '' });
    assert.ok(connection.closed);
  }

  test('lets what was begun end, takes nothing new, and then lets go', () =>
    withConnection({ serve: echo }, async (opened) => {
      const { client, seen } = opened;
      client.send(openHeaders(1));
      await client.settled();
      await closedWith(opened);
      client.send(headers(3), data(3, 'late'), windowUpdate(3, 1), reset(3), data(1, 'a', Flag.endStream));
      assert.deepEqual(
        (await client.take(4)).map(({ streamId }) => streamId),
        [1, 1, 1],
      );
      assert.deepEqual(seen, ['1: a', '1 ends', '1 closed']);
    }));

  test('lets go at once when nothing was begun', () =>
    withConnection({}, async ({ client, connection }) => {
      connection.close();
      assert.equal((await client.goaway()).lastStreamId, 0);
      assert.equal(await client.next(), undefined);
    }));

  test('a ping is answered behind what was sent before it', () =>
    withConnection({}, async ({ client, connection, seen }) => {
      connection.ping(() => seen.push('heard'));
      const ping = await client.next();
      assert.ok(ping);
      client.send(headers(1), frame(FrameType.ping, Flag.ack, 0, ping.payload));
      await client.settled();
      assert.deepEqual(seen, ['1 ends', 'heard']);
    }));
});
