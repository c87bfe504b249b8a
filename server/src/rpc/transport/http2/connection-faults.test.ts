import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { ErrorCode, Flag, FrameType, Setting } from './frames.ts';
import {
  data,
  frame,
  headers,
  openHeaders,
  requestBlock,
  reset,
  resetCode,
  settings,
  windowUpdate,
  withConnection,
} from './raw-client.fixture.ts';

describe('what ends the connection, with its reason', () => {
  const cases: [what: string, code: ErrorCode, sent: Buffer[]][] = [
    ['data on an idle stream', ErrorCode.protocolError, [data(1, 'a')]],
    ['a reset of an idle stream', ErrorCode.protocolError, [reset(1)]],
    ['a window of an idle stream', ErrorCode.protocolError, [windowUpdate(1, 1)]],
    ['data on no stream', ErrorCode.protocolError, [data(0, 'a')]],
    ['a stream with an even number', ErrorCode.protocolError, [headers(2)]],
    ['an old stream', ErrorCode.streamClosed, [headers(3), reset(3), headers(1)]],
    [
      'a stream that depends on itself',
      ErrorCode.protocolError,
      [headers(1, Buffer.concat([Buffer.of(0, 0, 0, 1, 0), requestBlock]), Flag.priority | Flag.endHeaders)],
    ],
    ['a broken header block', ErrorCode.compressionError, [headers(1, Buffer.of(0xff))]],
    [
      'a header block that is interrupted',
      ErrorCode.protocolError,
      [headers(1, requestBlock, Flag.none), data(1, 'a')],
    ],
    [
      'a header block that goes on elsewhere',
      ErrorCode.protocolError,
      [headers(1, requestBlock, Flag.none), frame(FrameType.continuation, Flag.endHeaders, 3)],
    ],
    [
      'a header block that has no beginning',
      ErrorCode.protocolError,
      [frame(FrameType.continuation, Flag.endHeaders, 1)],
    ],
    [
      'a header block without an end',
      ErrorCode.enhanceYourCalm,
      [
        headers(1, requestBlock, Flag.none),
        ...Array.from({ length: 5 }, () => frame(FrameType.continuation, Flag.none, 1, Buffer.alloc(16_384, 0x82))),
      ],
    ],
    ['more padding than frame', ErrorCode.protocolError, [openHeaders(1), data(1, Buffer.of(3, 0, 0), Flag.padded)]],
    ['settings of a stream', ErrorCode.protocolError, [frame(FrameType.settings, Flag.none, 1)]],
    ['settings that are cut', ErrorCode.frameSizeError, [frame(FrameType.settings, Flag.none, 0, Buffer.alloc(5))]],
    [
      'an acknowledgement that says something',
      ErrorCode.frameSizeError,
      [frame(FrameType.settings, Flag.ack, 0, Buffer.alloc(6))],
    ],
    ['ENABLE_PUSH of 2', ErrorCode.protocolError, [settings([Setting.enablePush, 2])]],
    [
      'INITIAL_WINDOW_SIZE that is too wide',
      ErrorCode.flowControlError,
      [settings([Setting.initialWindowSize, 0x8000_0000])],
    ],
    ['MAX_FRAME_SIZE that is too small', ErrorCode.protocolError, [settings([Setting.maxFrameSize, 16_383])]],
    ['a ping that is cut', ErrorCode.frameSizeError, [frame(FrameType.ping, Flag.none, 0, Buffer.alloc(7))]],
    ['a ping of a stream', ErrorCode.protocolError, [frame(FrameType.ping, Flag.none, 1, Buffer.alloc(8))]],
    ['a window that gets no wider', ErrorCode.protocolError, [windowUpdate(0, 0)]],
    ['a window that is too wide', ErrorCode.flowControlError, [windowUpdate(0, 0x7fff_ffff)]],
    ['a window that is cut', ErrorCode.frameSizeError, [frame(FrameType.windowUpdate, Flag.none, 0, Buffer.alloc(3))]],
    [
      'a reset that is cut',
      ErrorCode.frameSizeError,
      [headers(1), frame(FrameType.rstStream, Flag.none, 1, Buffer.alloc(3))],
    ],
    ['a push', ErrorCode.protocolError, [frame(FrameType.pushPromise, Flag.endHeaders, 1, Buffer.alloc(4))]],
    ['a GOAWAY of a stream', ErrorCode.protocolError, [frame(FrameType.goaway, Flag.none, 1, Buffer.alloc(8))]],
    ['a frame that is too large', ErrorCode.frameSizeError, [openHeaders(1), data(1, Buffer.alloc(16_385))]],
  ];
  for (const [what, code, sent] of cases) {
    test(what, () =>
      withConnection({}, async ({ client, bugs }) => {
        client.send(...sent);
        const goaway = await client.goaway();
        assert.equal(goaway.code, code, goaway.text);
        assert.notEqual(goaway.text, '');
        assert.equal(await client.next(), undefined);
        assert.deepEqual(bugs, []);
      }),
    );
  }

  test('a beginning that is not SETTINGS', () =>
    withConnection({ first: Buffer.alloc(0) }, async ({ client }) => {
      client.send(headers(1));
      assert.equal((await client.goaway()).code, ErrorCode.protocolError);
    }));

  test('a bug of ours, which is told', () => {
    const bug = new Error('a bug');
    const serve = (): never => {
      throw bug;
    };
    return withConnection({ serve }, async ({ client, bugs }) => {
      client.send(headers(1));
      assert.equal((await client.goaway()).code, ErrorCode.internalError);
      assert.deepEqual(bugs, [bug]);
    });
  });

  test('with it end the streams that there are, and the client hears which was the last', () =>
    withConnection({}, async ({ client, seen }) => {
      client.send(openHeaders(1), openHeaders(3), data(0, 'a'));
      assert.equal((await client.goaway()).lastStreamId, 3);
      if (!client.socket.destroyed) await once(client.socket, 'close');
      while (seen.length < 2) await new Promise(setImmediate);
      assert.deepEqual(seen, ['1 closed', '3 closed']);
    }));
});

describe('what ends a stream and nothing else', () => {
  const cases: [what: string, code: ErrorCode, sent: Buffer[]][] = [
    ['data behind its end', ErrorCode.streamClosed, [headers(1), data(1, 'a')]],
    ['headers behind its end', ErrorCode.streamClosed, [headers(1), headers(1)]],
    ['trailers that do not end it', ErrorCode.protocolError, [openHeaders(1), openHeaders(1)]],
    ['trailers with a path', ErrorCode.protocolError, [openHeaders(1), headers(1)]],
    ['a window that gets no wider', ErrorCode.protocolError, [headers(1), windowUpdate(1, 0)]],
    ['a window that is too wide', ErrorCode.flowControlError, [headers(1), windowUpdate(1, 0x7fff_ffff)]],
    [
      'a priority that is cut',
      ErrorCode.frameSizeError,
      [headers(1), frame(FrameType.priority, Flag.none, 1, Buffer.alloc(4))],
    ],
    [
      'a dependency on itself',
      ErrorCode.protocolError,
      [headers(1), frame(FrameType.priority, Flag.none, 1, Buffer.of(0, 0, 0, 1, 0))],
    ],
    ['data behind its reset', ErrorCode.streamClosed, [openHeaders(1), reset(1), data(1, 'a')]],
  ];
  for (const [what, code, sent] of cases) {
    test(what, () =>
      withConnection({}, async ({ client, seen }) => {
        client.send(...sent);
        const answer = await client.next();
        assert.deepEqual([answer?.streamId, answer && resetCode(answer)], [1, code]);
        client.send(headers(3));
        await client.settled();
        assert.ok(seen.includes('1 closed') && seen.includes('3 ends'), String(seen));
      }),
    );
  }
});

describe('a client that only makes work', () => {
  const ping = frame(FrameType.ping, Flag.none, 0, Buffer.alloc(8));
  const cases: [what: string, before: Buffer[], sent: (index: number) => Buffer][] = [
    ['pings', [], () => ping],
    ['settings', [], () => settings()],
    ['streams that it takes back', [], (index) => Buffer.concat([headers(index * 2 + 1), reset(index * 2 + 1)])],
    ['empty data', [openHeaders(1)], () => data(1, '')],
    ['frames that nobody knows', [], () => frame(0xfa, 0, 0)],
    ['mistakes', [headers(1)], () => data(1, 'a')],
  ];
  for (const [what, before, sent] of cases) {
    test(`${what}: is sent away`, () =>
      withConnection({}, async ({ client }) => {
        client.send(...before);
        let index = 0;
        const goaway = client.goaway();
        const gone = goaway.then(() => true);
        while (!(await Promise.race([gone, new Promise((resolve) => setImmediate(resolve, false))])))
          client.send(...Array.from({ length: 5000 }, () => sent(index++)));
        assert.equal((await goaway).code, ErrorCode.enhanceYourCalm);
      }));
  }
});
