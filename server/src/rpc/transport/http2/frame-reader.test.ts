import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FrameReader } from './frame-reader.ts';
import { ConnectionError, ErrorCode } from './frames.ts';
import { data, frame, PREFACE } from './raw-client.fixture.ts';

function reading() {
  const seen: string[] = [];
  const reader = new FrameReader((type, flags, id, payload) => seen.push(`${type} ${flags} ${id} ${payload}`));
  return { reader, seen };
}

const stream = Buffer.concat([
  PREFACE,
  data(1, 'one'),
  frame(8, 5, 0x7fff_ffff),
  data(3, 'x'.repeat(16_384)),
  data(5, ''),
]);
const frames = ['0 0 1 one', '8 5 2147483647 ', `0 0 3 ${'x'.repeat(16_384)}`, '0 0 5 '];

describe('frames', () => {
  for (const size of [1, 2, 7, 24, 25, 1000, 20_000]) {
    test(`come whole when they are read ${size} bytes at a time`, () => {
      const { reader, seen } = reading();
      for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
      assert.deepEqual(seen, frames);
    });
  }

  test('come as soon as they are there', () => {
    const { reader, seen } = reading();
    reader.push(stream.subarray(0, 36));
    assert.deepEqual(seen, frames.slice(0, 1));
  });

  test('have no reserved bit in their stream', () => {
    const { reader, seen } = reading();
    const reserved = data(1, 'one');
    reserved[5] = 0x80;
    reader.push(Buffer.concat([PREFACE, reserved]));
    assert.deepEqual(seen, ['0 0 1 one']);
  });

  test('of more than 16 KiB are refused by their head', () => {
    const { reader } = reading();
    const large = data(1, 'x'.repeat(16_385)).subarray(0, 9);
    assert.throws(
      () => reader.push(Buffer.concat([PREFACE, large])),
      (error) => error instanceof ConnectionError && error.code === ErrorCode.frameSizeError,
    );
  });
});

describe('what is not HTTP/2', () => {
  for (const [what, bytes] of [
    ['HTTP/1', 'GET / HTTP/1.1\r\n'],
    ['a single byte', '\x16'],
    ['a preface with a mistake at its end', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r!'],
  ] as const) {
    test(`${what} is refused as soon as it shows`, () => {
      assert.throws(() => reading().reader.push(Buffer.from(bytes)), /not HTTP\/2/);
    });
  }
});
