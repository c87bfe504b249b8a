import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '../../kernel/manual-clock.ts';
import { createWorkerRegistry } from './registry.ts';

test('that a worker stopped is remembered for half a minute, in its namespace', () => {
  const clock = manualClock();
  const workers = createWorkerRegistry(clock);
  workers.stop('n', 'key');
  assert.equal(workers.hasStopped('n', 'key'), true);
  assert.equal(workers.hasStopped('n', 'other'), false);
  assert.equal(workers.hasStopped('m', 'key'), false);
  clock.advance(29_999);
  assert.equal(workers.hasStopped('n', 'key'), true);
  clock.advance(1);
  assert.equal(workers.hasStopped('n', 'key'), false);
});
