import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decode, encode, TextDecoder, TextEncoder } from './encoding.ts';

describe('UTF-8', () => {
  for (const text of ['', 'plain', 'Zürich', '𝒳😀', '\u0000\uffff', '\ufeffmark']) {
    test(`takes ${JSON.stringify(text)} out and in`, () => {
      assert.deepEqual(Buffer.from(encode(text)).toString('utf8'), text);
      assert.equal(decode(encode(text)), text);
    });
  }

  test('replaces what is no character', () => {
    assert.deepEqual([...encode('\ud800')], [0xef, 0xbf, 0xbd]);
    assert.equal(decode(new Uint8Array([0xff, 0x41])), '\ufffdA');
  });

  test('of nothing is nothing', () => {
    assert.equal(encode(undefined as unknown as string).length, 0);
    assert.equal(decode(new Uint8Array()), '');
  });

  test('works through the classes too', () => {
    assert.equal(new TextDecoder().decode(new TextEncoder().encode('é').buffer), 'é');
    const into = new Uint8Array(3);
    assert.deepEqual(new TextEncoder().encodeInto('aéz', into), { read: 2, written: 3 });
  });
});
