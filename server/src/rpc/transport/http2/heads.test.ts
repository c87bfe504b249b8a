import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Heads } from './heads.ts';
import { headerBlock } from './hpack.ts';
import { requestBlock } from './raw-client.fixture.ts';

/** A field that is to be remembered, and so is in the table from then on. */
const remembered = (name: string, value: string): Buffer =>
  Buffer.concat([Buffer.of(0x40, name.length), Buffer.from(name), Buffer.of(value.length), Buffer.from(value)]);

/** A request with the newest field of the table. */
const withNewest = Buffer.concat([requestBlock, Buffer.of(0xbe)]);

describe('a head that is said again', () => {
  test('is the same one', () => {
    const heads = new Heads();
    const head = heads.read(requestBlock);
    assert.deepEqual([head.method, head.path], ['POST', '/x']);
    assert.equal(heads.read(Buffer.from(requestBlock)), head);
  });

  test('is another one when the table has become another', () => {
    const heads = new Heads();
    heads.read(Buffer.concat([requestBlock, remembered('name', 'a')]));
    assert.equal(heads.read(withNewest).headers.get('name'), 'a');
    assert.equal(heads.read(withNewest).headers.get('name'), 'a');
    heads.read(Buffer.concat([requestBlock, remembered('name', 'b')]));
    assert.equal(heads.read(withNewest).headers.get('name'), 'b');
    heads.read(Buffer.concat([Buffer.of(0x20), requestBlock]));
    assert.throws(() => heads.read(withNewest), /no header field/);
  });

  test('changes the table again if it did before', () => {
    const heads = new Heads();
    const block = Buffer.concat([requestBlock, remembered('name', 'a')]);
    heads.read(block);
    heads.read(block);
    const both = heads.read(Buffer.concat([requestBlock, Buffer.of(0xbe, 0xbf)]));
    assert.equal(both.headers.get('name'), 'a, a');
  });

  test('is read again when there were many others', () => {
    const heads = new Heads();
    const head = heads.read(requestBlock);
    for (let other = 0; other < 100; other++) heads.read(Buffer.concat([requestBlock, headerBlock([['x', other]])]));
    assert.notEqual(heads.read(requestBlock), head);
    assert.equal(heads.read(requestBlock).path, '/x');
  });
});
