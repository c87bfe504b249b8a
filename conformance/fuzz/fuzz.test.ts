import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer } from '@perdure/server';
import { fuzz } from './fuzz.ts';

test('whatever is asked, the answer says what was wrong with it, in time, and nothing else changes', async () => {
  const bugs: unknown[] = [];
  const server = await startServer({ port: 0, onBug: (bug) => bugs.push(bug) });
  after(() => server.close());
  const seed = 1;
  const { faults, codes } = await fuzz({ address: server.address, requests: 4_000, seed });
  assert.deepEqual(faults.slice(0, 3), [], `seed ${seed}`);
  assert.deepEqual(bugs, []);
  assert.ok((codes['OK'] ?? 0) > 200 && (codes['INVALID_ARGUMENT'] ?? 0) > 500, JSON.stringify(codes));
});
