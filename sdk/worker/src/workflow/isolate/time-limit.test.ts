import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { describe, test } from 'node:test';
import vm from 'node:vm';
import { limited } from './time-limit.ts';

const spin = (): never => {
  for (;;);
};

describe('a time limit', () => {
  test('lets through what is returned and what is thrown', () => {
    assert.equal(
      limited(() => 'done', 1_000),
      'done',
    );
    const error = new Error('no');
    assert.throws(
      () =>
        limited(() => {
          throw error;
        }, 1_000),
      (thrown) => thrown === error,
    );
  });

  test('ends what never gives way, however deep it is', () => {
    const end = () => limited(() => limited(spin, 60_000), 20);
    assert.throws(end, {
      message: 'Script execution timed out after 20ms',
      stack: 'Error: Script execution timed out after 20ms',
    });
  });

  test('leaves what comes afterwards alone, and what waits for its turn', async () => {
    const heard: string[] = [];
    queueMicrotask(() => heard.push('microtask'));
    setImmediate(() => heard.push('immediate'));
    await Promise.resolve();
    assert.throws(() => limited(spin, 20));
    queueMicrotask(() => heard.push('another'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(heard, ['microtask', 'another', 'immediate']);
    assert.equal(
      limited(() => 1, 20),
      1,
    );
  });

  test('ends promises that never give way, which async hooks count', async () => {
    const hook = createHook({ before() {}, after() {} }).enable();
    const context = vm.createContext({}, { microtaskMode: 'afterEvaluate' });
    const spinLater = () => vm.runInContext('(async () => { for (;;) await null; })(); 0', context);
    await Promise.resolve();
    assert.throws(() => limited(spinLater, 20));
    await new Promise((resolve) => setImmediate(resolve));
    assert.throws(() => limited(spinLater, 20));
    await new Promise((resolve) => setImmediate(resolve));
    hook.disable();
  });
});
