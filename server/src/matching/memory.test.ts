import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { other, poller, queue, setup, turn } from './matching.fixture.ts';

describe('whether a queue was polled recently', () => {
  const recent = 10_000;
  test('is no for a queue nobody knows, and for one that only got tasks', () => {
    const { matching, add } = setup();
    assert.equal(matching.hasRecentPoller(queue, recent), false);
    add('a');
    assert.equal(matching.hasRecentPoller(queue, recent), false);
  });

  test('is yes while a poll waits, however long, and for a while after it ended', async () => {
    const { matching, poll, clock } = setup();
    poll(30_000);
    clock.advance(29_999);
    assert.equal(matching.hasRecentPoller(queue, recent), true);
    clock.advance(1);
    clock.advance(9_999);
    assert.equal(matching.hasRecentPoller(queue, recent), true);
    clock.advance(1);
    assert.equal(matching.hasRecentPoller(queue, recent), false);
  });

  test('counts a poll whose caller left from its beginning only', () => {
    const { matching, poll, clock } = setup();
    const caller = new AbortController();
    poll(60_000, caller.signal);
    clock.advance(20_000);
    caller.abort();
    assert.equal(matching.hasRecentPoller(queue, recent), false);
  });

  test('is yes for a while after a worker shut down: it may be about to come back', () => {
    const { matching, poll, clock } = setup();
    poll();
    matching.completePolls(() => true);
    assert.deepEqual(matching.describe(queue).pollers, []);
    clock.advance(9_999);
    assert.equal(matching.hasRecentPoller(queue, recent), true);
    clock.advance(1);
    assert.equal(matching.hasRecentPoller(queue, recent), false);
  });
});

describe('a described queue', () => {
  test('that nobody knows is empty', () => {
    const stats = { backlogCount: 0, backlogAgeMs: 0, tasksAddRate: 0, tasksDispatchRate: 0 };
    assert.deepEqual(setup().matching.describe(queue), {
      ...stats,
      pollers: [],
      byPriority: new Map([[3, stats]]),
      workerRate: null,
    });
  });

  test('shows who polled within five minutes, the latest first, each once', async () => {
    const { matching, poll, clock } = setup();
    const by = (identity: string) => poll(1_000, undefined, poller(identity));
    by('gone');
    clock.advance(200_000);
    by('one');
    by('two');
    clock.advance(50_000);
    by('one');
    by('');
    clock.advance(61_000);
    assert.deepEqual(
      matching.describe(queue).pollers.map((p) => [p.poller.identity, clock.now() - p.lastAccessTime]),
      [
        ['one', 60_000],
        ['two', 110_000],
      ],
    );
  });

  test('remembers only so many pollers', () => {
    const { matching, poll } = setup({ maxPollersSeen: 2 });
    for (const identity of ['a', 'b', 'c']) poll(1_000, undefined, poller(identity));
    assert.deepEqual(
      matching.describe(queue).pollers.map((p) => p.poller.identity),
      ['c', 'b'],
    );
  });

  test('shows its backlog and its rates, by priority', async () => {
    const { matching, poll, offer, clock } = setup();
    for (const [id, priority] of [
      ['a', 1],
      ['b', 5],
      ['c', 5],
      ['d', 1],
    ] as const)
      matching.add(queue, offer(id, priority));
    await poll().promise;
    clock.advance(4_000);
    const { byPriority, pollers: _, workerRate: __, ...stats } = matching.describe(queue);
    assert.deepEqual(stats, { backlogCount: 3, backlogAgeMs: 4_000, tasksAddRate: 1, tasksDispatchRate: 0.25 });
    assert.deepEqual(
      [...byPriority].map(([priority, s]) => [priority, s.backlogCount, s.tasksAddRate, s.tasksDispatchRate]),
      [
        [1, 1, 0.5, 0.25],
        [3, 0, 0, 0],
        [5, 2, 0.5, 0],
      ],
    );
  });

  test('does not count a task that came back as added again', async () => {
    const { matching, poll, add, clock } = setup();
    add('a');
    const polled = await poll().promise;
    assert.ok(polled);
    matching.add(queue, polled.offer, 'front');
    clock.advance(1_000);
    assert.equal(matching.describe(queue).tasksAddRate, 1);
  });
});

describe('a queue is forgotten', () => {
  test('when it was empty and unused for five minutes, and then nothing is left to do', async () => {
    const { poll, clock, add } = setup();
    add('a');
    clock.advance(3_600_000);
    assert.notEqual(clock.nextAt(), null, 'a task is not forgotten');
    await poll().promise;
    clock.advance(299_999);
    assert.notEqual(clock.nextAt(), null);
    clock.advance(60_000);
    assert.equal(clock.nextAt(), null);
  });

  test('when told to: polls end, and the backlog comes back in order', async () => {
    const { matching, poll, add, offer } = setup();
    add('a', 'b');
    matching.add(queue, offer('first', 1));
    assert.deepEqual(
      matching.forgetQueue(queue).map((o) => o.id),
      ['first', 'a', 'b'],
    );
    const polled = poll();
    assert.deepEqual(matching.forgetQueue(queue), []);
    await turn();
    assert.equal(polled.now, null);
    assert.deepEqual(matching.describe(queue).pollers, []);
    assert.deepEqual(matching.forgetQueue(other), []);
  });
});
