import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDeadlines } from './deadlines.ts';
import type { HeapEntry } from './heap.ts';
import { manualClock } from './manual-clock.ts';
import { realClock } from './real-clock.ts';

describe('a manual clock', () => {
  test('runs what falls due on its way, in order, each at its own time', () => {
    const clock = manualClock(1_000);
    const ran: string[] = [];
    const run = (name: string) => () => void ran.push(`${name}@${clock.now()}`);
    clock.schedule(1_030, run('late'));
    clock.schedule(1_010, run('first'));
    clock.schedule(1_010, run('second'));
    clock.schedule(900, run('overdue'));
    clock.schedule(1_051, run('not yet'));
    assert.deepEqual(ran, []);
    clock.advance(50);
    assert.deepEqual(ran, ['overdue@1000', 'first@1010', 'second@1010', 'late@1030']);
    assert.equal(clock.now(), 1_050);
    assert.equal(clock.nextAt(), 1_051);
  });

  test('runs what was scheduled on the way if it falls due as well', () => {
    const clock = manualClock(0);
    const ran: number[] = [];
    clock.schedule(10, () => clock.schedule(20, () => void ran.push(clock.now())));
    clock.advance(30);
    assert.deepEqual(ran, [20]);
    assert.equal(clock.nextAt(), null);
  });

  test('does not run what was cancelled', () => {
    const clock = manualClock(0);
    const cancel = clock.schedule(10, () => assert.fail('cancelled'));
    cancel();
    cancel();
    clock.advance(100);
    assert.equal(clock.now(), 100);
  });
});

describe('the real clock', () => {
  test('waits until the wall clock has reached the instant', async () => {
    // The timers are unref'd; something has to keep the process here.
    const keepAlive = setTimeout(() => assert.fail('too late'), 5_000);
    const at = realClock.now() + 15;
    await new Promise<void>((resolve) => realClock.schedule(at, resolve));
    clearTimeout(keepAlive);
    assert.ok(Date.now() >= at);
  });

  test('never runs from inside the call, and not at all when cancelled', async () => {
    let ran = 0;
    const cancel = realClock.schedule(0, () => ran++);
    assert.equal(ran, 0);
    cancel();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(ran, 0);
  });

  test('takes instants further off than a timer can hold', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    let ran = 0;
    realClock.schedule(40 * 86_400_000, () => ran++);
    t.mock.timers.tick(30 * 86_400_000);
    assert.equal(ran, 0);
    t.mock.timers.tick(10 * 86_400_000);
    assert.equal(ran, 1);
  });
});

describe('many deadlines on one timer', () => {
  test('come in order, without those removed, and hold one timer of the clock', () => {
    const clock = manualClock(0);
    const due: string[] = [];
    const deadlines = createDeadlines<string>(clock, (value) => void due.push(`${value}@${clock.now()}`));
    deadlines.add(20, 'b');
    const gone = deadlines.add(10, 'gone');
    deadlines.add(30, 'c');
    deadlines.add(15, 'a');
    assert.equal(deadlines.remove(gone), true);
    clock.advance(25);
    assert.deepEqual(due, ['a@15', 'b@20']);
    assert.equal(deadlines.remove(gone), false);
    clock.advance(5);
    assert.deepEqual(due.slice(2), ['c@30']);
    assert.equal(clock.nextAt(), null);
  });

  test('may be added and removed while one is due', () => {
    const clock = manualClock(0);
    const due: string[] = [];
    let other: HeapEntry<string> | undefined;
    const deadlines = createDeadlines<string>(clock, (value) => {
      due.push(value);
      if (value !== 'a') return;
      deadlines.add(10, 'same time');
      deadlines.add(12, 'soon');
      if (other !== undefined) deadlines.remove(other);
    });
    deadlines.add(10, 'a');
    other = deadlines.add(10, 'other');
    clock.advance(11);
    assert.deepEqual(due, ['a', 'same time']);
    clock.advance(1);
    assert.deepEqual(due, ['a', 'same time', 'soon']);
  });

  test('are all forgotten on close', () => {
    const clock = manualClock(0);
    const deadlines = createDeadlines<string>(clock, () => assert.fail('closed'));
    const entry = deadlines.add(10, 'a');
    deadlines.close();
    assert.equal(deadlines.remove(entry), false);
    assert.equal(clock.nextAt(), null);
    clock.advance(100);
  });
});
