import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import type { ReplayResult } from '@perdure/worker';
import { replayHistories } from '@perdure/worker/lib/workflow/replay-histories';
import {
  bundleOf,
  historyOf,
  openWorld,
  query,
  quiet,
  resultOf,
  signal,
  start,
  startWorker,
  taskQueue,
  workflowsPath,
} from './world.ts';

type History = { events: Awaited<ReturnType<typeof historyOf>> };

let finished: History;
let running: History;

before(async () => {
  const world = await openWorld();
  const worker = await startWorker(world, { activities: { greet: (name: string) => `hello ${name}` } });
  await start(world, 'one', 'one', 'you');
  await resultOf(world, 'one');
  await start(world, 'diary', 'diary', 2);
  await signal(world, 'diary', 'go', 'first');
  for (let lines = ''; !lines.includes('hello first'); ) lines = String(await query(world, 'diary', 'seen'));
  [finished, running] = [{ events: await historyOf(world, 'one') }, { events: await historyOf(world, 'diary') }];
  await worker.stop();
});

async function replay(workflows: string, histories: Record<string, History | object>): Promise<ReplayResult[]> {
  const options = {
    ...{ bundle: await bundleOf(workflows), namespace: 'default', taskQueue, logger: quiet },
    ...{ workflowThreadPoolSize: 0, isolateExecutionTimeoutMs: 5_000, reuseV8Context: true },
    ...{
      showStackTraceSources: false,
      registeredActivityNames: new Set<string>(),
      sdk: { name: 'test', version: '1' },
    },
  };
  const given = Object.entries(histories).map(([workflowId, history]) => ({ workflowId, history }));
  const results: ReplayResult[] = [];
  for await (const result of replayHistories(options, given)) results.push(result);
  return results;
}

describe('a replay', () => {
  test('goes well with the code that made the history, finished or not', async () => {
    const results = await replay(workflowsPath, { one: finished, diary: running });
    assert.deepEqual(
      results.map(({ workflowId, error }) => [workflowId, error?.message]),
      [
        ['one', undefined],
        ['diary', undefined],
      ],
    );
  });

  test('says what the history has, what the code does, in which line, and what to do', async () => {
    const changed = path.join(import.meta.dirname, 'changed-workflows.ts');
    const [one, diary] = await replay(changed, { one: finished, diary: running });
    assert.equal(one?.error?.name, 'DeterminismViolationError');
    assert.match(one?.error?.message ?? '', /TMPRL1100/);
    assert.match(
      one?.error?.message ?? '',
      /The history has: HistoryEvent\(id: 5, ActivityTaskScheduled\), activity 'greet'/,
    );
    assert.match(
      one?.error?.message ?? '',
      /The code asks for: a timer, number 1, at one \(.*changed-workflows\.ts:7:9\)/,
    );
    assert.match(one?.error?.message ?? '', /patched\(\)/);
    assert.match(diary?.error?.message ?? '', /No command scheduled|activity 'wave'/);
  });

  test('fails if code is missing or throws', async () => {
    const missing = path.join(import.meta.dirname, 'hand-over/workflows.ts');
    const [one] = await replay(missing, { one: finished });
    assert.equal(one?.error?.name, 'ReplayError');
    assert.match(one?.error?.message ?? '', /workflow task failure.*no such function is exported/);
  });

  test('refuses what is no history', async () => {
    await assert.rejects(replay(workflowsPath, { one: { events: [{ eventId: '1' }] } }), TypeError);
  });
});
