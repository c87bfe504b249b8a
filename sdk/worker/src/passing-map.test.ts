import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PassingMap } from './passing-map.ts';

test('what is set is there, in the order in which it was set last, until it is deleted', () => {
  const map = new PassingMap<string, number>();
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  assert.deepEqual(
    [...map.entries()],
    [
      ['b', 2],
      ['a', 3],
    ],
  );
  assert.equal(map.delete('b'), true);
  assert.equal(map.delete('b'), false);
  assert.equal(map.get('b'), undefined);
  assert.equal(map.get('a'), 3);
  assert.equal(map.size, 1);
});

test('entries can be deleted while they are looked at', () => {
  const map = new PassingMap<number, string>();
  for (let key = 0; key < 10; key++) map.set(key, `value ${key}`);
  for (const [key] of map.entries()) map.delete(key);
  assert.equal(map.size, 0);
});

test('what has passed through an old map is collected with the young objects', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major' | 'minor' }) => void;
  const map = new PassingMap<number, readonly object[]>();
  const atOnce = 50;
  const pass = (from: number, count: number) => {
    for (let key = from; key < from + count; key++) {
      map.set(
        key,
        Array.from({ length: 100 }, () => ({ key })),
      );
      map.delete(key - atOnce);
      if (key % 100 === 0) collect({ type: 'minor' });
    }
  };
  pass(0, 1_000);
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  pass(1_000, 10_000);
  collect({ type: 'minor' });
  const grown = process.memoryUsage().heapUsed - before;
  // All of them together are some 50 MB.
  assert.ok(grown < 15e6, `the heap grew by ${grown} bytes`);
});
