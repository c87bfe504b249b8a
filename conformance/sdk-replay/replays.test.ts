import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { temporal } from '@perdure/proto';
import type { ReplayResult } from '@perdure/worker';
import { type ReplayOptions, replayHistories } from '@perdure/worker/lib/workflow/replay-histories';
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

const { EVENT_TYPE_WORKFLOW_TASK_COMPLETED } = temporal.api.enums.v1.EventType;

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

async function replay(
  workflows: string,
  histories: Record<string, History | object>,
  sinkCalls: ReplayOptions['sinkCalls'] = () => undefined,
): Promise<ReplayResult[]> {
  const options = {
    sinkCalls,
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

  test('takes what nobody has worked on for new, but runs no local activities for it', async () => {
    const isCompletion = ({ eventType }: History['events'][number]) => eventType === EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
    // Cut after each task that was begun: the code then asks for whatever comes next, a local activity among it.
    const starts = running.events.flatMap((event, index) => (isCompletion(event) ? [index] : []));
    for (const start of starts) {
      const seen: boolean[] = [];
      const [result] = await replay(workflowsPath, { diary: { events: running.events.slice(0, start) } }, (calls) =>
        seen.push(...calls.map(({ workflowInfo }) => workflowInfo.unsafe.isReplaying)),
      );
      assert.equal(result?.error, undefined);
      // The workflow's start is told of in its first task.
      assert.deepEqual(seen, [start !== starts[0]]);
    }
    assert.ok(starts.length > 1);
  });

  test('refuses what is no history', async () => {
    await assert.rejects(replay(workflowsPath, { one: { events: [{ eventId: '1' }] } }), TypeError);
  });
});
