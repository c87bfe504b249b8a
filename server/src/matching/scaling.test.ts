import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setup, turn } from './matching.fixture.ts';

type Poll = ReturnType<ReturnType<typeof setup>['poll']>;
const delta = async (poll: Poll | undefined) => {
  await turn();
  const polled = poll?.now;
  return polled && polled !== 'waiting' && !(polled instanceof Error) ? polled.pollerDelta : polled;
};

describe('the suggestion that comes with a task', () => {
  test('is a poller less when the poll stood in line for a second', async () => {
    const world = setup();
    const [early, late] = [world.poll(), world.poll()];
    world.clock.advance(999);
    world.add('a');
    world.clock.advance(1);
    world.add('b');
    assert.deepEqual([await delta(early), await delta(late)], [0, -1]);
  });

  test('is a poller more when others have been waiting', async () => {
    const world = setup();
    world.add('a', 'b');
    world.clock.advance(201);
    assert.equal(await delta(world.poll()), 1);
    assert.equal(await delta(world.poll()), 0);
  });

  test('is a poller more when tasks come much faster than they go', async () => {
    const world = setup();
    world.add('a', 'b', 'c');
    world.clock.advance(100);
    assert.equal(await delta(world.poll()), 1);
  });

  test('is none while a limit holds tasks back', async () => {
    const world = setup({ limitOf: () => 1 });
    world.add('a', 'b', 'c');
    world.clock.advance(500);
    assert.equal(await delta(world.poll()), 0);
  });

  test('to grow is made ten times per second and poller', async () => {
    const world = setup();
    world.add(...Array.from({ length: 30 }, (_, n) => String(n)));
    world.clock.advance(300);
    const deltas = await Promise.all(Array.from({ length: 20 }, () => delta(world.poll())));
    assert.equal(deltas.filter((each) => each === 1).length, 10);
  });
});
