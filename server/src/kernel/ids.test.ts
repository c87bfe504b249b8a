import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uuid7Source } from './ids.ts';
import { manualClock } from './manual-clock.ts';
import { randomOn, systemRandom } from './real-random.ts';
import { seededRandom } from './seeded-random.ts';

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timeOf = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
const many = (uuid: () => string, count: number): string[] => Array.from({ length: count }, uuid);

describe('ids', () => {
  test('are UUIDs of version 7 that begin with the time', () => {
    const uuid = randomOn(manualClock(1_700_000_000_123)).uuid();
    assert.match(uuid, shape);
    assert.equal(timeOf(uuid), 1_700_000_000_123);
  });

  test('sort in the order they were made, also many within one millisecond', () => {
    const made = many(randomOn(manualClock()).uuid, 20_000);
    assert.deepEqual(made.toSorted(), made);
    assert.equal(new Set(made).size, made.length);
  });

  test('sort in the order they were made when the clock goes backwards', () => {
    let now = 5_000;
    const uuid = seededRandom(1, () => now).uuid;
    const before = uuid();
    now = 1_000;
    assert.ok(uuid() > before);
  });

  test('begin their sequence low enough to leave room, and use all 62 bits after it', () => {
    const uuid = uuid7Source(
      () => 0,
      () => 0xffff_ffff,
    )();
    assert.equal(uuid, '00000000-0000-77ff-bfff-ffffffffffff');
  });

  test('of the machine are of now, and all different', () => {
    const before = Date.now();
    const made = many(systemRandom.uuid, 5_000);
    assert.ok(made.every((uuid) => shape.test(uuid)));
    assert.equal(new Set(made).size, made.length);
    assert.ok(timeOf(made[0] ?? '') >= before);
  });
});

describe('seeded randomness', () => {
  test('repeats itself for the same seed and not for another', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return [random.uuid(), random.float(), random.uuid(), random.float()];
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  test('gives numbers from 0 to 1, evenly', () => {
    const { float } = seededRandom(42);
    const numbers = Array.from({ length: 10_000 }, float);
    assert.ok(numbers.every((n) => n >= 0 && n < 1));
    const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
    assert.ok(Math.abs(mean - 0.5) < 0.02, `mean ${mean}`);
  });
});
