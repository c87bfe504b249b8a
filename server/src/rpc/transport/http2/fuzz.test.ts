import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Flag, FrameType, Setting } from './frames.ts';
import { headerBlock } from './hpack.ts';
import {
  data,
  frame,
  headers,
  openHeaders,
  reset,
  settings,
  windowUpdate,
  withConnection,
} from './raw-client.fixture.ts';
import type { Http2Stream, StreamEvents } from './stream.ts';

const CONVERSATIONS = 400;

/** Numbers below `end` that look random, the same for the same seed. */
function numbers(seed: number): (end: number) => number {
  let state = seed + 1;
  return (end) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 8) % end;
  };
}

const conversation = [
  settings([Setting.initialWindowSize, 10]),
  openHeaders(1),
  data(1, 'question'),
  windowUpdate(1, 100),
  data(1, '?', Flag.endStream),
  headers(3),
  frame(FrameType.ping, Flag.none, 0, Buffer.alloc(8)),
  headers(5, headerBlock([['x', 'y'.repeat(300)]]), Flag.endStream),
  frame(FrameType.continuation, Flag.endHeaders, 5, headerBlock([['z', 1]])),
  openHeaders(7),
  data(7, Buffer.of(3, 1, 2, 0, 0, 0), Flag.padded),
  reset(7),
  frame(FrameType.priority, Flag.none, 9, Buffer.of(0, 0, 0, 1, 0)),
];

function echo(stream: Http2Stream): StreamEvents {
  return {
    data(piece) {
      stream.consumed(piece.length);
      stream.respond(headerBlock([[':status', 200]]));
      stream.write([piece]);
    },
    end: () => stream.end(headerBlock([['grpc-status', 0]])),
    closed: () => {},
  };
}

/** The conversation with some of its bytes changed, some of its frames left out, repeated or cut. */
function garbled(random: (end: number) => number): Buffer {
  const frames = conversation.flatMap((each) => {
    const what = random(12);
    if (what === 0) return [];
    if (what === 1) return [each, each];
    if (what === 2) return [each.subarray(0, random(each.length))];
    return [each];
  });
  const bytes = Buffer.concat(frames);
  for (let changes = random(4); changes > 0; changes--) bytes[random(bytes.length)] = random(256);
  return bytes;
}

test('whatever a client says, it is answered or sent away, every stream is closed, and it is no bug of ours', async () => {
  for (let seed = 0; seed < CONVERSATIONS; seed++) {
    const random = numbers(seed);
    let open = 0;
    const serve = (stream: Http2Stream): StreamEvents => {
      open++;
      return echo(stream);
    };
    await withConnection({ serve, over: () => open-- }, async ({ client, bugs }) => {
      const bytes = garbled(random);
      const middle = random(bytes.length);
      client.send(bytes.subarray(0, middle));
      client.send(bytes.subarray(middle));
      client.socket.end();
      while ((await client.next()) !== undefined);
      while (open > 0) await new Promise(setImmediate);
      assert.deepEqual(bugs, [], `seed ${seed}`);
    });
  }
});
