import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deepMerge, filterNullAndUndefined, mergeObjects } from './objects.ts';

test('what is null or undefined is filtered out, and nothing else that is falsy', () => {
  assert.deepEqual(filterNullAndUndefined({ a: null, b: undefined, c: 0, d: '', e: false }), { c: 0, d: '', e: false });
});

test('a delta changes, adds and takes out', () => {
  assert.deepEqual(mergeObjects<Record<string, unknown>>({ a: 1, b: 2 }, { a: 3, b: undefined, c: 4 }), { a: 3, c: 4 });
});

test('a delta that changes nothing leaves the original itself', () => {
  const original = { a: 1 };
  assert.equal(mergeObjects(original, { a: 1 }), original);
  assert.equal(mergeObjects(original, undefined), original);
});

test('a delta to nothing is the result itself', () => {
  const delta = { a: 1 };
  assert.equal(mergeObjects(undefined, delta), delta);
});

test('objects are merged at any depth, and lists replaced', () => {
  const target = { a: { b: 1, c: { d: 2 } }, list: [1, 2], kept: true };
  assert.deepEqual(deepMerge<Record<string, unknown>>(target, { a: { c: { e: 3 } }, list: [3] }), {
    a: { b: 1, c: { d: 2, e: 3 } },
    list: [3],
    kept: true,
  });
  assert.deepEqual(target.list, [1, 2]);
});
