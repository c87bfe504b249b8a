import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { QueueId } from './contract.ts';
import { poller, queue, setup, taskOf, turn } from './matching.fixture.ts';

const polls = (world: ReturnType<typeof setup>, count: number) => Array.from({ length: count }, () => world.poll());

describe('a queue with a limit of two tasks per second', () => {
  const limited = () => setup({ limitOf: () => 2 });

  test('hands them over at that pace, in order, to polls that wait', async () => {
    const world = limited();
    const waiting = polls(world, 4);
    world.add('a', 'b', 'c', 'd');
    await turn();
    assert.deepEqual(waiting.map(taskOf), ['a', 'b', 'waiting', 'waiting']);
    world.clock.advance(500);
    await turn();
    assert.deepEqual(waiting.map(taskOf), ['a', 'b', 'c', 'waiting']);
    world.clock.advance(500);
    await turn();
    assert.deepEqual(waiting.map(taskOf), ['a', 'b', 'c', 'd']);
  });

  test('lets polls wait for a backlog', async () => {
    const world = limited();
    world.add('a', 'b', 'c');
    const waiting = polls(world, 3);
    await turn();
    assert.deepEqual(waiting.map(taskOf), ['a', 'b', 'waiting']);
    assert.equal(world.matching.describe(queue).backlogCount, 1);
    world.clock.advance(500);
    await turn();
    assert.equal(waiting.map(taskOf)[2], 'c');
  });

  test('does not hold back queries', async () => {
    const world = limited();
    world.add('a', 'b', 'c');
    const [, , third] = polls(world, 3);
    const query = world.query('q');
    await turn();
    assert.deepEqual([third && taskOf(third), query.now], ['q', true]);
  });

  test('ends its polls empty-handed when their time is over first', async () => {
    const world = setup({ limitOf: () => 0 });
    world.add('a');
    const waiting = world.poll(1_000);
    world.clock.advance(1_000);
    await turn();
    assert.equal(taskOf(waiting), null);
  });
});

test('a limit that is lifted lets go what it held back', async () => {
  let limit: number | null = 0;
  const asked: QueueId[] = [];
  const world = setup({
    limitOf: (id) => {
      asked.push(id);
      return limit;
    },
  });
  const waiting = polls(world, 2);
  world.add('a', 'b');
  await turn();
  assert.deepEqual(waiting.map(taskOf), ['waiting', 'waiting']);
  limit = null;
  world.matching.limitChanged(queue);
  await turn();
  assert.deepEqual(
    [waiting.map(taskOf), asked],
    [
      ['a', 'b'],
      [queue, queue],
    ],
  );
});

test('what the latest worker asks for counts, unless something else was set', async () => {
  const by = (ratePerSecond: number | null) => ({ ...poller(), ratePerSecond });
  for (const [limitOf, expected] of [
    [() => null, ['a', 'waiting']],
    [() => 100, ['a', 'b']],
  ] as const) {
    const world = setup({ limitOf });
    const waiting = [by(5), by(1)].map((worker) => world.poll(10_000, undefined, worker));
    world.add('a', 'b');
    await turn();
    assert.deepEqual(waiting.map(taskOf), expected);
    assert.equal(world.matching.describe(queue).workerRate, 1);
  }
});
