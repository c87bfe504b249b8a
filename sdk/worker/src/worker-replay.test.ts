import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReplayResult } from './replay.ts';
import { Worker } from './worker.ts';

/** What a replay tells, and whether it was told that no more is asked for. */
function replayOf(results: ReplayResult[]) {
  const seen = { ended: false };
  class OwnReplay extends Worker {
    static override async *runReplayHistories(): AsyncIterableIterator<ReplayResult> {
      try {
        yield* results;
      } finally {
        seen.ended = true;
      }
    }
  }
  return { seen, replayed: OwnReplay.runReplayHistory({ workflowsPath: 'anywhere' }, { events: [] }) };
}

test('replaying one history goes by how the class replays many, and ends it after the first', async () => {
  const { seen, replayed } = replayOf([
    { workflowId: 'a', runId: 'a' },
    { workflowId: 'b', runId: 'b' },
  ]);
  await replayed;
  assert.equal(seen.ended, true);
});

test('replaying one history throws what its result tells', async () => {
  const error = new Error('no match');
  await assert.rejects(replayOf([{ workflowId: 'a', runId: 'a', error }]).replayed, error);
});

test('a replay without a result is refused', async () => {
  await assert.rejects(replayOf([]).replayed, { name: 'IllegalStateError' });
});
