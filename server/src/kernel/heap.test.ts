import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createHeap, heapClear, heapPeek, heapPop, heapPush, heapRemove, heapSize } from './heap.ts';
import { seededRandom } from './seeded-random.ts';

describe('a heap of what is due', () => {
  test('gives the earliest first, and in the order of arrival what is due together', () => {
    const heap = createHeap<string>();
    for (const [at, value] of [
      [30, 'c'],
      [10, 'a1'],
      [20, 'b'],
      [10, 'a2'],
      [10, 'a3'],
    ] as const) {
      heapPush(heap, at, value);
    }
    assert.equal(heapPeek(heap)?.value, 'a1');
    assert.deepEqual(Array.from({ length: 5 }, () => heapPop(heap)?.value).join(' '), 'a1 a2 a3 b c');
    assert.equal(heapPop(heap), undefined);
  });

  test('agrees with sorting, whatever is pushed, popped and taken out of the middle', () => {
    const random = seededRandom(11);
    const heap = createHeap<number>();
    const alive = new Map<number, { at: number; entry: ReturnType<typeof heapPush<number>> }>();
    for (let step = 0; step < 5_000; step++) {
      const roll = random.float();
      if (roll < 0.5) {
        const at = Math.floor(random.float() * 200);
        alive.set(step, { at, entry: heapPush(heap, at, step) });
      } else if (roll < 0.75 && alive.size > 0) {
        const [value, { entry }] = [...alive][Math.floor(random.float() * alive.size)]!;
        assert.equal(heapRemove(heap, entry), true);
        assert.equal(heapRemove(heap, entry), false);
        alive.delete(value);
      } else {
        const [earliest] = [...alive].sort(([a, x], [b, y]) => x.at - y.at || a - b);
        assert.equal(heapPop(heap)?.value, earliest?.[0]);
        if (earliest !== undefined) alive.delete(earliest[0]);
      }
      assert.equal(heapSize(heap), alive.size);
    }
  });

  test('is empty after clearing, and entries from before are not in it', () => {
    const heap = createHeap<string>();
    const old = heapPush(heap, 1, 'old');
    heapClear(heap);
    heapPush(heap, 2, 'new');
    assert.equal(heapRemove(heap, old), false);
    assert.equal(heapPop(heap)?.value, 'new');
  });
});
