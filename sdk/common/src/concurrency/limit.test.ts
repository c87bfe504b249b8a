import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limit, sequential } from './limit.ts';

test('no more run at a time than may, and all run in their order', async () => {
  const begun: number[] = [];
  const finish: (() => void)[] = [];
  const limited = limit(2);
  const calls = [0, 1, 2, 3].map((n) =>
    limited(async () => {
      begun.push(n);
      await new Promise<void>((resolve) => finish.push(resolve));
      return n;
    }),
  );
  await Promise.resolve();
  assert.deepEqual(begun, [0, 1]);
  finish[1]?.();
  await calls[1];
  await new Promise(setImmediate);
  assert.deepEqual(begun, [0, 1, 2]);
  finish[0]?.();
  finish[2]?.();
  await new Promise(setImmediate);
  finish[3]?.();
  assert.deepEqual(await Promise.all(calls), [0, 1, 2, 3]);
});

test('what fails makes room as well', async () => {
  const one = sequential();
  await assert.rejects(
    one(async () => Promise.reject(new Error('x'))),
    new Error('x'),
  );
  assert.equal(await one(async () => 'next'), 'next');
});

test('a limit of none lets one through', async () => {
  assert.equal(await limit(0)(async () => 1), 1);
});
