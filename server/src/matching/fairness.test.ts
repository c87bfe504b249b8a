import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backlogCount, createBacklog, put, readyAt, take } from './backlog.ts';
import type { Fairness, Offer } from './contract.ts';
import { queue, setup, taskOf, turn } from './matching.fixture.ts';

let ids = 0;
const offer = (key: string, weight = 1, perSecond: number | null = null): Offer<string> => {
  const id = `${key}${++ids}`;
  return { id, task: key, priority: 3, fairness: { key, weight, perSecond }, createdAt: 0 };
};

function taken(count: number, ...offers: [key: string, howMany: number, weight?: number][]): string {
  const backlog = createBacklog<string>();
  for (const [key, howMany, weight] of offers)
    for (let n = 0; n < howMany; n++) put(backlog, offer(key, weight), 'back', 0);
  let order = '';
  for (let n = 0; n < count; n++) order += take(backlog, 0)?.task ?? '-';
  return order;
}

const share = (order: string, key: string): number => [...order].filter((each) => each === key).length;

describe('fairness between keys', () => {
  test('one that has much does not hold up one that has little', () => {
    assert.equal(taken(6, ['a', 100], ['b', 2]), 'ababaa');
  });

  test('goes by weight', () => {
    const order = taken(400, ['a', 1000], ['b', 1000, 3]);
    assert.ok(Math.abs(share(order, 'a') - 100) <= 1, order);
  });

  test('holds for many keys of all weights', () => {
    const weights = Array.from({ length: 20 }, (_, n) => 0.5 + n / 2);
    const total = weights.reduce((sum, weight) => sum + weight);
    const letter = (n: number) => String.fromCharCode(97 + n);
    const order = taken(2000, ...weights.map((weight, n): [string, number, number] => [letter(n), 2000, weight]));
    for (const [n, weight] of weights.entries()) {
      const expected = (2000 * weight) / total;
      assert.ok(Math.abs(share(order, letter(n)) - expected) <= 2, `${letter(n)}: ${share(order, letter(n))}`);
    }
  });

  test('a key that had nothing for a while gets no more than its share then', () => {
    const backlog = createBacklog<string>();
    for (let n = 0; n < 50; n++) put(backlog, offer('a'), 'back', 0);
    for (let n = 0; n < 20; n++) take(backlog, 0);
    for (let n = 0; n < 50; n++) put(backlog, offer('b'), 'back', 0);
    let order = '';
    for (let n = 0; n < 10; n++) order += take(backlog, 0)?.task;
    assert.equal(share(order, 'b'), 5);
  });

  test('what comes back is first', () => {
    const backlog = createBacklog<string>();
    const back = offer('b');
    for (let n = 0; n < 5; n++) put(backlog, offer('a'), 'back', 0);
    put(backlog, back, 'front', 0);
    assert.equal([take(backlog, 0), take(backlog, 0)].filter((each) => each?.id === back.id).length, 1);
  });

  test('a limit of a key holds back that key alone, and lets go in time', () => {
    const backlog = createBacklog<string>();
    for (let n = 0; n < 3; n++) put(backlog, offer('a', 1, 1), 'back', 0);
    put(backlog, offer('b'), 'back', 0);
    assert.deepEqual([take(backlog, 0)?.task, take(backlog, 0)?.task, take(backlog, 0)], ['a', 'b', null]);
    assert.equal(readyAt(backlog, 0), 1000);
    assert.equal(take(backlog, 999), null);
    assert.equal(take(backlog, 1000)?.task, 'a');
    assert.equal(backlogCount(backlog), 1);
  });

  test('remembers no more keys than it has to', () => {
    const backlog = createBacklog<string>();
    for (let n = 0; n < 5_000; n++) {
      put(backlog, offer(`key ${n}`), 'back', 0);
      take(backlog, 0);
    }
    assert.ok((backlog.levels[2]?.lanes.size ?? 0) <= 1_000);
  });
});

describe('fairness in a queue', () => {
  const limited = (perSecond: number | null, weight: number | null = null) =>
    setup({ keyLimitOf: () => ({ weight, perSecond }) });
  const ofKey = (world: ReturnType<typeof limited>, id: string, fairness: Partial<Fairness> = {}) => ({
    ...world.offer(id),
    fairness: { key: 'k', weight: 1, perSecond: null, ...fairness },
  });

  test('polls that wait get a limited key’s tasks as its limit allows', async () => {
    const world = limited(1);
    const polls = [world.poll(), world.poll()];
    for (const id of ['one', 'two']) world.matching.add(queue, ofKey(world, id));
    await turn();
    assert.deepEqual(polls.map(taskOf), ['one', 'waiting']);
    world.clock.advance(1000);
    await turn();
    assert.deepEqual(polls.map(taskOf), ['one', 'two']);
  });

  test('another key passes one that is held back', async () => {
    const world = limited(0);
    world.matching.add(queue, ofKey(world, 'held'));
    const poll = world.poll();
    await turn();
    assert.equal(taskOf(poll), 'waiting');
    world.matching.remove(queue, 'held');
    const free = setup();
    free.matching.add(queue, ofKey(free, 'free'));
    assert.equal(taskOf(await settled(free.poll())), 'free');
  });

  test('a weight that was set counts instead of the tasks’ own', async () => {
    const world = setup({ keyLimitOf: (_, key) => ({ weight: key === 'a' ? 3 : null, perSecond: null }) });
    for (let n = 0; n < 8; n++) {
      world.matching.add(queue, ofKey(world, `a${n}`, { key: 'a' }));
      world.matching.add(queue, ofKey(world, `b${n}`, { key: 'b' }));
    }
    const tasks: string[] = [];
    for (let n = 0; n < 8; n++) tasks.push(String(taskOf(await settled(world.poll()))));
    assert.equal(tasks.filter((task) => task.startsWith('a')).length, 6);
  });
});

async function settled<R>(state: R): Promise<R> {
  await turn();
  return state;
}
