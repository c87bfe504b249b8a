import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ErrorCode, Flag, FrameType, Setting } from './frames.ts';
import { headerBlock } from './hpack.ts';
import {
  data,
  type Frame,
  headers,
  okBlock,
  openHeaders,
  type RawClient,
  resetCode,
  settings,
  trailers,
  windowUpdate,
  withConnection,
} from './raw-client.fixture.ts';
import type { Http2Stream, StreamEvents } from './stream.ts';

/** Answers with so many bytes. */
const answering =
  (bytes: number) =>
  (stream: Http2Stream): StreamEvents => ({
    data: () => {},
    closed: () => {},
    end() {
      stream.respond(okBlock);
      stream.write([Buffer.alloc(bytes, stream.id)]);
      stream.end(trailers);
    },
  });

/** What comes until the server has answered what was sent last: of each frame of data its stream and its length. */
async function dataUntilSettled(client: RawClient): Promise<[streamId: number, length: number][]> {
  const frames: Frame[] = [];
  client.send(Buffer.from([0, 0, 8, FrameType.ping, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
  for (let next = await client.next(); next && next.type !== FrameType.ping; next = await client.next())
    frames.push(next);
  return frames
    .filter(({ type }) => type === FrameType.data)
    .map(({ streamId, payload }) => [streamId, payload.length]);
}

const widest = windowUpdate(0, 1 << 30);

describe('an answer', () => {
  test('waits for the window of its stream, and its trailers wait with it', () =>
    withConnection({ serve: answering(100_000) }, async ({ client }) => {
      client.send(widest, headers(1));
      assert.deepEqual(await dataUntilSettled(client), [
        [1, 16_384],
        [1, 16_384],
        [1, 16_384],
        [1, 16_383],
      ]);
      client.send(windowUpdate(1, 1), windowUpdate(1, 40_000));
      const rest = await client.take(5);
      assert.deepEqual(
        rest.map(({ type, payload }) => [type, payload.length]),
        [
          [FrameType.data, 1],
          [FrameType.data, 16_384],
          [FrameType.data, 16_384],
          [FrameType.data, 1696],
          [FrameType.headers, trailers.length],
        ],
      );
    }));

  test('waits for the window of the connection, which streams that wait share in turns', () =>
    withConnection({ serve: answering(60_000) }, async ({ client }) => {
      client.send(headers(1), headers(3), headers(5));
      assert.deepEqual(await dataUntilSettled(client), [
        [1, 16_384],
        [1, 16_384],
        [1, 16_384],
        [1, 10_848],
        [3, 5535],
      ]);
      client.send(windowUpdate(0, 60_000));
      assert.deepEqual(await dataUntilSettled(client), [
        [3, 16_384],
        [5, 16_384],
        [3, 16_384],
        [5, 10_848],
      ]);
    }));

  test('goes out when the windows of all streams are made wider', () =>
    withConnection(
      { serve: answering(30_000), first: settings([Setting.initialWindowSize, 0]) },
      async ({ client }) => {
        client.send(headers(1), headers(3));
        assert.deepEqual(await dataUntilSettled(client), []);
        client.send(settings([Setting.initialWindowSize, 20_000]));
        assert.deepEqual(await dataUntilSettled(client), [
          [1, 16_384],
          [1, 3616],
          [3, 16_384],
          [3, 3616],
        ]);
      },
    ));

  test('waits longer when the windows are made narrower', () =>
    withConnection(
      { serve: answering(30_000), first: settings([Setting.initialWindowSize, 10_000]) },
      async ({ client }) => {
        client.send(headers(1));
        assert.deepEqual(await dataUntilSettled(client), [[1, 10_000]]);
        client.send(settings([Setting.initialWindowSize, 4000]), windowUpdate(1, 6000));
        assert.deepEqual(await dataUntilSettled(client), []);
        client.send(windowUpdate(1, 1));
        assert.deepEqual(await dataUntilSettled(client), [[1, 1]]);
      },
    ));

  test('of any size gets through to a client that reads it', () =>
    withConnection(
      { serve: answering(5_000_000), first: settings([Setting.initialWindowSize, 1 << 30]) },
      async ({ client }) => {
        client.send(widest, headers(1));
        let bytes = 0;
        for (let next = await client.next(); next; next = await client.next()) {
          if (next.type === FrameType.data) bytes += next.payload.length;
          if ((next.flags & Flag.endStream) !== 0 && next.type === FrameType.headers) break;
        }
        assert.equal(bytes, 5_000_000);
      },
    ));

  test('is no memory of ours when the client asks and does not read; it gets them all when it does', () => {
    let asked = 0;
    const serve = (stream: Http2Stream): StreamEvents => {
      asked++;
      return answering(5000)(stream);
    };
    return withConnection({ serve, first: settings([Setting.initialWindowSize, 1 << 20]) }, async ({ client }) => {
      const requests = 20_000;
      client.socket.pause();
      client.send(widest, ...Array.from({ length: requests }, (_, index) => headers(index * 2 + 1)));
      let before: number;
      do {
        before = asked;
        for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
      } while (asked > before || asked === 0);
      assert.ok(asked < requests / 2, `${asked} were taken`);
      client.socket.resume();
      for (let answered = 0; answered < requests; ) {
        const next = await client.next();
        if (next?.type === FrameType.headers && (next.flags & Flag.endStream) !== 0) answered++;
      }
    });
  });

  test('that is written in parts says whether it keeps up, and when it does again', () => {
    const seen: unknown[] = [];
    const serve = (stream: Http2Stream): StreamEvents => ({
      data: () => {},
      closed: () => seen.push('closed'),
      end() {
        stream.respond(okBlock);
        seen.push(stream.write([Buffer.from('ab'), Buffer.from('cd')]));
        seen.push(stream.write([Buffer.from('efg')]));
      },
      drained() {
        seen.push('drained');
        stream.end(trailers);
      },
    });
    return withConnection({ serve, first: settings([Setting.initialWindowSize, 5]) }, async ({ client }) => {
      client.send(headers(1));
      const [, first, second] = await client.take(3);
      assert.deepEqual([String(first?.payload), String(second?.payload)], ['abcd', 'e']);
      await client.settled();
      assert.deepEqual(seen, [true, false]);
      client.send(windowUpdate(1, 2));
      assert.equal(String((await client.next())?.payload), 'fg');
      await client.next();
      assert.deepEqual(seen, [true, false, 'drained', 'closed']);
    });
  });

  test('tells a client that wants no table of headers that there is none', () =>
    withConnection({ serve: answering(1), first: settings([Setting.headerTableSize, 0]) }, async ({ client }) => {
      client.send(headers(1), headers(3));
      const heads = (await client.take(6)).filter(({ type }) => type === FrameType.headers);
      assert.deepEqual(
        heads.map(({ payload }) => payload[0] === 0x20),
        [true, false, false, false],
      );
      assert.deepEqual(
        heads.map(({ payload }) => client.fields(payload)[0]?.[0]),
        [':status', 'grpc-status', ':status', 'grpc-status'],
      );
    }));

  test('has headers of any size', () => {
    const long = headerBlock([['x', 'y'.repeat(40_000)]]);
    const serve = (stream: Http2Stream): undefined => stream.respond(long, true) as undefined;
    return withConnection({ serve }, async ({ client }) => {
      client.send(headers(1));
      const frames = await client.take(3);
      assert.deepEqual(
        frames.map(({ type, flags }) => [type, flags]),
        [
          [FrameType.headers, Flag.endStream],
          [FrameType.continuation, Flag.none],
          [FrameType.continuation, Flag.endHeaders],
        ],
      );
      assert.deepEqual(client.fields(Buffer.concat(frames.map(({ payload }) => payload))), [['x', 'y'.repeat(40_000)]]);
    });
  });
});

describe('a request', () => {
  const piece = (streamId: number, bytes: number) => data(streamId, Buffer.alloc(bytes));

  test('may be of any length when it is dealt with as it comes', () =>
    withConnection({ streamWindow: 20_000, connectionWindow: 70_000 }, async ({ client, seen }) => {
      client.send(openHeaders(1));
      for (let sent = 0; sent < 20; sent++) {
        client.send(piece(1, 10_000));
        await client.settled();
      }
      client.send(data(1, '', Flag.endStream));
      await client.settled();
      assert.equal(seen.length, 21);
    }));

  test('is told how much more may come, for the stream and for all of them', () =>
    withConnection({ streamWindow: 20_000, connectionWindow: 70_000 }, async ({ client }) => {
      client.send(
        openHeaders(1),
        piece(1, 9999),
        piece(1, 1),
        openHeaders(3),
        piece(3, 9999),
        openHeaders(5),
        piece(5, 15_001),
      );
      const frames = await client.take(3);
      assert.deepEqual(
        frames.map(({ streamId, payload }) => [streamId, payload.readUInt32BE(0)]),
        [
          [1, 10_000],
          [0, 35_000],
          [5, 15_001],
        ],
      );
    }));

  test('that nobody deals with may be as long as its window, padding included', () => {
    const serve = (): StreamEvents => ({ data: () => {}, end: () => {}, closed: () => {} });
    return withConnection({ serve, streamWindow: 20_000 }, async ({ client }) => {
      client.send(openHeaders(1), piece(1, 10_000), piece(1, 10_000));
      await client.settled();
      client.send(data(1, Buffer.of(0), Flag.padded));
      const answer = await client.next();
      assert.equal(answer && resetCode(answer), ErrorCode.flowControlError);
    });
  });
});
