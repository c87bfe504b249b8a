import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { InjectedSinks } from '@temporalio/worker';
import { concurrency } from '../both-times.ts';
import { openWorld } from '../world.ts';
import { type Diary, keepsDiary } from './workflows.ts';

const pages = new Map<string, string[]>();
const sinks: InjectedSinks<Diary> = {
  diary: {
    write: {
      fn: ({ workflowId }, line) => void pages.set(workflowId, [...(pages.get(workflowId) ?? []), line]),
      callDuringReplay: false,
    },
  },
};

// Without a cache each workflow task replays the history from its start.
const world = await openWorld({ worker: { sinks, maxCachedWorkflows: 0 } });
after(() => world.close());

describe('sinks', { concurrency }, () => {
  test('are called once for each line, although the history is replayed', async () => {
    const handle = await world.client.workflow.start(keepsDiary, world.at('diary'));
    await handle.result();
    assert.deepEqual(pages.get(handle.workflowId), ['first', 'second', 'third']);
  });
});
