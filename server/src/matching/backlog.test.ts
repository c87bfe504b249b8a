import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Backlog } from './backlog.ts';
import { backlogCount, countOf, createBacklog, drop, oldestOf, put, take } from './backlog.ts';
import { noFairness } from './contract.ts';

const offer = (id: string, priority = 3, task = id) => ({ id, task, priority, fairness: noFairness, createdAt: 0 });
const drain = (backlog: Backlog<string>): string => {
  const tasks: string[] = [];
  for (let next = take(backlog, 0); next !== null; next = take(backlog, 0)) tasks.push(next.task);
  assert.equal(backlogCount(backlog), 0);
  return tasks.join(' ');
};
type Step = [id: string, priority?: number, where?: 'front' | 'back', task?: string];

describe('a backlog', () => {
  const table: [does: string, puts: Step[], drops: string[], order: string][] = [
    ['goes first in, first out', [['a'], ['b'], ['c']], [], 'a b c'],
    [
      'goes by priority first',
      [
        ['d', 5],
        ['b', 2],
        ['c', 3],
        ['a', 1],
        ['b2', 2],
      ],
      [],
      'a b b2 c d',
    ],
    [
      'takes no priority for 3, and more than 5 for 5',
      [
        ['z', 9],
        ['e', 5],
        ['m', 0],
        ['d', 4],
        ['c', 3],
      ],
      [],
      'm c d z e',
    ],
    [
      'lets what comes back go first, in its priority',
      [['b'], ['c'], ['a', 3, 'front'], ['first', 1]],
      [],
      'first a b c',
    ],
    ['replaces an id where it stands', [['a'], ['b'], ['c'], ['b', 3, 'back', 'b2']], [], 'a b2 c'],
    ['moves a replaced id to its new priority', [['a'], ['b'], ['c', 2], ['a', 2, 'back', 'a2']], [], 'c a2 b'],
    ['moves a replaced id to the front', [['a'], ['b'], ['c'], ['b', 3, 'front', 'b2']], [], 'b2 a c'],
    ['lets go of what was dropped', [['a'], ['b'], ['c'], ['d', 1]], ['b', 'd', 'nobody'], 'a c'],
    ['lets go of the ends', [['a'], ['b'], ['c']], ['c', 'a'], 'b'],
  ];
  for (const [does, puts, drops, order] of table) {
    test(does, () => {
      const backlog = createBacklog<string>();
      for (const [id, priority, where = 'back', task] of puts) put(backlog, offer(id, priority, task), where, 0);
      for (const id of drops) assert.equal(drop(backlog, id), id !== 'nobody');
      assert.equal(drain(backlog), order);
    });
  }

  test('knows how many wait, and since when', () => {
    const backlog = createBacklog<string>();
    put(backlog, { ...offer('a'), createdAt: 5 }, 'back', 0);
    put(backlog, { ...offer('b'), createdAt: 7 }, 'back', 0);
    put(backlog, { ...offer('c', 1), createdAt: 9 }, 'back', 0);
    assert.deepEqual(
      [backlogCount(backlog), countOf(backlog, 3), countOf(backlog, 1), countOf(backlog, 5)],
      [3, 2, 1, 0],
    );
    assert.deepEqual([oldestOf(backlog, 3), oldestOf(backlog, 1), oldestOf(backlog, 5)], [5, 9, null]);
  });
});
