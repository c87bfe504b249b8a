import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Code, ServiceError } from '../kernel/errors.ts';
import { manualClock } from '../kernel/manual-clock.ts';
import { noFairness } from './contract.ts';
import { other, poller, queue, settling, setup, taskOf, turn } from './matching.fixture.ts';
import { createMatching } from './matching.ts';

describe('a task and a poll', () => {
  test('meet at once when the poll was there first', async () => {
    const { poll, add, matching } = setup();
    const polled = poll();
    add('a');
    await turn();
    assert.deepEqual(polled.now, {
      offer: { task: 'a', id: 'a', priority: 3, fairness: noFairness, createdAt: 1_000_000 },
      pollerDelta: 0,
      syncMatch: true,
      backlogCount: 0,
    });
    assert.equal(matching.describe(queue).backlogCount, 0);
  });

  test('meet at once when the task was there first', async () => {
    const { poll, add } = setup();
    add('a', 'b', 'c');
    const polled = await poll().promise;
    assert.deepEqual([polled?.offer.task, polled?.syncMatch, polled?.backlogCount], ['a', false, 2]);
  });

  test('do not meet when their queues differ in type, name or namespace', async () => {
    const { poll, matching, offer } = setup();
    const polled = poll();
    matching.add(other, offer('type'));
    matching.add({ ...queue, name: 'tq2' }, offer('name'));
    matching.add({ ...queue, namespaceId: 'ns2' }, offer('namespace'));
    await turn();
    assert.equal(taskOf(polled), 'waiting');
  });

  test('polls are served first come, first served, one task each', async () => {
    const { poll, add } = setup();
    const polls = [poll(), poll(), poll()];
    add('a', 'b');
    await turn();
    assert.deepEqual(polls.map(taskOf), ['a', 'b', 'waiting']);
  });

  test('an id that is queued already is replaced, not doubled', async () => {
    const { poll, matching, offer } = setup();
    matching.add(queue, offer('a'));
    matching.add(queue, { ...offer('a'), task: 'a again' });
    const polls = [poll(), poll()];
    await turn();
    assert.deepEqual(polls.map(taskOf), ['a again', 'waiting']);
  });

  test('a removed task is not handed out', async () => {
    const { poll, add, matching } = setup();
    add('a', 'b');
    assert.equal(matching.remove(queue, 'a'), true);
    assert.equal(matching.remove(queue, 'a'), false);
    assert.equal(matching.remove(other, 'b'), false);
    assert.equal((await poll().promise)?.offer.task, 'b');
  });

  test('a task that comes back goes first', async () => {
    const { poll, add, matching } = setup();
    add('a', 'b');
    const polled = await poll().promise;
    assert.ok(polled);
    matching.add(queue, polled.offer, 'front');
    assert.deepEqual([(await poll().promise)?.offer.task, (await poll().promise)?.offer.task], ['a', 'b']);
  });
});

describe('a poll ends empty-handed', () => {
  test('at its deadline', async () => {
    const { poll, clock, add } = setup();
    const [short, long] = [poll(5_000), poll(9_000)];
    clock.advance(4_999);
    await turn();
    assert.deepEqual([short.now, long.now], ['waiting', 'waiting']);
    clock.advance(1);
    await turn();
    assert.deepEqual([short.now, long.now], [null, 'waiting']);
    add('a');
    await turn();
    assert.equal(taskOf(long), 'a');
  });

  test('after a minute, however far its deadline', async () => {
    const { poll, clock } = setup();
    const polled = poll(3_600_000);
    clock.advance(59_999);
    await turn();
    assert.equal(polled.now, 'waiting');
    clock.advance(1);
    await turn();
    assert.equal(polled.now, null);
  });

  test('when its deadline has passed before it began, also where a task waits', async () => {
    const { poll, add, matching } = setup();
    add('a');
    assert.equal(await poll(0).promise, null);
    assert.equal(matching.describe(queue).backlogCount, 1);
  });

  test('when its caller leaves, and the task goes to the next', async () => {
    const { poll, add } = setup();
    const caller = new AbortController();
    const [left, next] = [poll(10_000, caller.signal), poll()];
    caller.abort();
    add('a');
    await turn();
    assert.deepEqual([left.now, taskOf(next)], [null, 'a']);
  });

  test('when its caller had left before', async () => {
    const { poll, add, matching } = setup();
    add('a');
    assert.equal(await poll(10_000, AbortSignal.abort()).promise, null);
    assert.equal(matching.describe(queue).backlogCount, 1);
  });

  test('not when its caller leaves after the task was handed over: the caller of matching has to look', async () => {
    const { poll, add } = setup();
    const caller = new AbortController();
    const polled = poll(10_000, caller.signal);
    add('a');
    caller.abort();
    assert.equal((await polled.promise)?.offer.task, 'a');
  });

  test('when it is completed from outside, and its poller is no longer listed', async () => {
    const { poll, matching } = setup();
    const polls = ['one', 'two', 'two'].map((key) => poll(10_000, undefined, poller(`worker ${key}`, { key })));
    const ended = matching.completePolls(({ metadata }) => (metadata as { key: string }).key === 'two');
    await turn();
    assert.equal(ended, 2);
    assert.deepEqual(
      polls.map((p) => p.now),
      ['waiting', null, null],
    );
    assert.deepEqual(
      matching.describe(queue).pollers.map((p) => p.poller.identity),
      ['worker one'],
    );
  });

  test('when matching closes; after that polls come back empty and offers are dropped', async () => {
    const { poll, query, add, matching, clock, offer } = setup();
    const waiting = poll();
    const asked = settling(matching.offerOnly(other, offer('q'), { deadline: clock.now() + 10_000 }));
    matching.close();
    await turn();
    assert.deepEqual([waiting.now, asked.now], [null, false]);
    add('a');
    assert.equal(await poll().promise, null);
    assert.equal(await query('q').promise, false);
    assert.equal(matching.describe(queue).backlogCount, 0);
    assert.equal(clock.nextAt(), null);
  });
});

describe('an offer that does not last', () => {
  test('is taken by a poll that waits', async () => {
    const { poll, query } = setup();
    const polled = poll();
    assert.equal(await query('q').promise, true);
    assert.equal(taskOf(polled), 'q');
  });

  test('is taken by a poll that comes in time, ahead of the backlog', async () => {
    const { poll, query, add } = setup();
    add('a');
    const asked = query('q');
    assert.equal((await poll().promise)?.offer.task, 'q');
    assert.equal(await asked.promise, true);
    assert.equal((await poll().promise)?.offer.task, 'a');
  });

  test('is gone at its deadline and never part of the backlog', async () => {
    const { poll, query, clock, matching } = setup();
    const asked = query('q', 3_000);
    assert.equal(matching.describe(queue).backlogCount, 0);
    clock.advance(3_000);
    assert.equal(await asked.promise, false);
    const polled = poll();
    await turn();
    assert.equal(polled.now, 'waiting');
  });

  test('is gone when its caller leaves, or had left, or when the queue is forgotten', async () => {
    const { query, matching, poll } = setup();
    const caller = new AbortController();
    const [left, forgotten] = [query('q', 9_000, caller.signal), query('r')];
    caller.abort();
    assert.equal(await left.promise, false);
    assert.equal(await query('s', 9_000, AbortSignal.abort()).promise, false);
    matching.forgetQueue(queue);
    assert.equal(await forgotten.promise, false);
    const polled = poll();
    await turn();
    assert.equal(polled.now, 'waiting');
  });
});

describe('how many may wait', () => {
  test('polls above the limit are refused until one has ended', async () => {
    const { poll, add } = setup({ maxWaiting: 2 });
    const polls = [poll(), poll()];
    await assert.rejects(
      poll().promise,
      (error) =>
        error instanceof ServiceError && error.code === Code.RESOURCE_EXHAUSTED && /task queue tq/.test(error.message),
    );
    add('a');
    const third = poll();
    await turn();
    assert.deepEqual([...polls, third].map(taskOf), ['a', 'waiting', 'waiting']);
  });

  test('so are queries', async () => {
    const { query } = setup({ maxWaiting: 1 });
    query('q');
    await assert.rejects(query('r').promise, { code: Code.RESOURCE_EXHAUSTED });
  });

  test('a hundred polls hold two timers: one for deadlines, one for forgetting queues', () => {
    const clock = manualClock();
    let timers = 0;
    const schedule: typeof clock.schedule = (at, run) => {
      timers++;
      return clock.schedule(at, run);
    };
    const matching = createMatching<string>({ ...clock, schedule });
    for (let i = 0; i < 100; i++) void matching.poll(queue, poller(), { deadline: clock.now() + 1_000 + i });
    assert.equal(timers, 2);
  });
});
