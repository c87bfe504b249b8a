import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createThrottle } from './throttle.ts';

/** A throttle of one second, and what it has sent. */
function throttled() {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const sent: number[] = [];
  const throttle = createThrottle<number>(1000, async (details) => void sent.push(details));
  const pass = async (ms: number) => {
    await settled();
    mock.timers.tick(ms);
    await settled();
  };
  return { throttle, sent, pass, [Symbol.dispose]: () => mock.timers.reset() };
}

const settled = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

test('the first heartbeat goes out at once, later ones when the interval is over, and only the last of them', async () => {
  using t = throttled();
  for (const details of [1, 2, 3]) t.throttle.beat(details);
  assert.deepEqual(t.sent, [1]);
  await t.pass(999);
  assert.deepEqual(t.sent, [1]);
  await t.pass(1);
  assert.deepEqual(t.sent, [1, 3]);
});

test('after a quiet interval the next goes out at once again', async () => {
  using t = throttled();
  t.throttle.beat(1);
  await t.pass(1000);
  t.throttle.beat(2);
  assert.deepEqual(t.sent, [1, 2]);
});

test('at the end of a failed activity what was held back is sent', async () => {
  using t = throttled();
  t.throttle.beat(1);
  t.throttle.beat(2);
  await t.throttle.end(true);
  assert.deepEqual(t.sent, [1, 2]);
});

test('at the end of a completed one it is not, and heartbeats that come too late are ignored', async () => {
  using t = throttled();
  t.throttle.beat(1);
  t.throttle.beat(2);
  await t.throttle.end(false);
  t.throttle.beat(3);
  await t.pass(5000);
  assert.deepEqual(t.sent, [1]);
});
