import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mapAsyncIterable } from './iterators-utils.ts';

async function* count(to: number): AsyncIterable<number> {
  for (let n = 1; n <= to; n++) yield n;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Mappings that end when they are told to. */
function gates() {
  const open = new Map<number, (error?: Error) => void>();
  const map = (n: number) =>
    new Promise<number>((resolve, reject) => open.set(n, (error) => (error ? reject(error) : resolve(n * 10))));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { map, settled, waiting: () => [...open.keys()], end: (n: number, error?: Error) => open.get(n)?.(error) };
}

describe('mapping an iterable', () => {
  test('goes item by item unless told otherwise', async () => {
    assert.deepEqual(await all(mapAsyncIterable(count(3), async (n) => n * 2)), [2, 4, 6]);
  });

  test('with concurrency maps all items', async () => {
    const results = await all(mapAsyncIterable(count(20), async (n) => n, { concurrency: 4 }));
    assert.deepEqual(
      results.sort((a, b) => a - b),
      [...Array(20).keys()].map((n) => n + 1),
    );
  });

  test('with concurrency gives results in the order in which they are ready', async () => {
    const { map, settled, end } = gates();
    const results = mapAsyncIterable(count(2), map, { concurrency: 2 })[Symbol.asyncIterator]();
    const first = results.next();
    await settled();
    end(2);
    assert.equal((await first).value, 20);
    end(1);
    assert.equal((await results.next()).value, 10);
    assert.equal((await results.next()).done, true);
  });

  test('reads no more than it may keep', async () => {
    const { map, settled, waiting, end } = gates();
    const results = mapAsyncIterable(count(100), map, { concurrency: 2, bufferLimit: 1 })[Symbol.asyncIterator]();
    const first = results.next();
    await settled();
    for (const n of [1, 2, 3, 4, 5]) {
      end(n);
      await settled();
    }
    await first;
    // One was taken, and one may wait beside the two under way.
    assert.deepEqual(waiting(), [1, 2, 3, 4]);
  });

  test('ends with the failure of an item, after what was ready before it', async () => {
    const { map, settled, end } = gates();
    const results = mapAsyncIterable(count(9), map, { concurrency: 3 })[Symbol.asyncIterator]();
    const first = results.next();
    await settled();
    end(1);
    await first;
    end(3);
    await settled();
    end(2, new Error('on purpose'));
    await settled();
    assert.equal((await results.next()).value, 30);
    await assert.rejects(results.next(), { message: 'on purpose' });
  });

  test('ends with the failure of its source', async () => {
    async function* failing() {
      yield 1;
      throw new Error('no more');
    }
    const mapped = mapAsyncIterable(failing(), async (n) => n, { concurrency: 2 });
    await assert.rejects(all(mapped), { message: 'no more' });
  });

  test('lets go of its source when its reader stops', async () => {
    let released = false;
    async function* source() {
      try {
        for (;;) yield 1;
      } finally {
        released = true;
      }
    }
    for await (const _ of mapAsyncIterable(source(), async (n) => n, { concurrency: 2, bufferLimit: 1 })) break;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(released, true);
  });
});
