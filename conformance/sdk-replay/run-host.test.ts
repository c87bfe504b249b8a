import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { defaultPayloadConverter } from '@perdure/common';
import { temporal } from '@perdure/proto';
import {
  historyOf,
  openWorld,
  query,
  quiet,
  resultOf,
  signal,
  start,
  startWorker,
  until,
  update,
  type Worker,
  type WorkerOptions,
  type World,
} from './world.ts';

const activities = { greet: (name: string) => `hello ${name}` };
const { EventType } = temporal.api.enums.v1;

/** A world and a worker in it, for as long as a test takes. */
async function withWorker(
  options: WorkerOptions,
  play: (world: World, worker: Worker) => Promise<void>,
): Promise<void> {
  const world = await openWorld();
  const worker = await startWorker(world, { activities, ...options });
  try {
    await play(world, worker);
  } finally {
    await worker.stop();
  }
}

async function write(world: World): Promise<void> {
  await start(world, 'd', 'diary', 4);
  await signal(world, 'd', 'go', 'first');
  assert.equal(await update(world, 'd', 'add', 'second'), 2);
  await assert.rejects(update(world, 'd', 'add', 'bad'), /no bad lines/);
  assert.match(String(await query(world, 'd', 'seen')), /first/);
  await signal(world, 'd', 'go', 'third');
  await signal(world, 'd', 'go', 'fourth');
  assert.deepEqual(
    await resultOf(world, 'd'),
    ['first', 'updated second', 'third', 'fourth'].map((line) => `hello ${line} hello nearby`),
  );
}

describe('a run', () => {
  for (const [where, threads] of [
    ['on the thread of the worker', 0],
    ['on a thread of its own', 1],
  ] as const)
    for (const [how, maxCachedWorkflows] of [
      ['that stays in memory', 10],
      ['that is forgotten after every task', 0],
    ] as const)
      for (const reuseV8Context of [true, false])
        test(`${how}, ${where}, ${reuseV8Context ? 'in a shared context' : 'in its own context'}`, () =>
          withWorker({ maxCachedWorkflows, reuseV8Context, workflowThreadPoolSize: threads }, async (world, worker) => {
            await write(world);
            const kinds = new Set(worker.answers.map(({ kind }) => kind));
            assert.ok(!kinds.has('failed') && !kinds.has('none'), JSON.stringify(worker.answers));
            const replays = worker.answers.filter(({ stats }) => stats.replayMs !== null);
            assert.equal(replays.length > 0, maxCachedWorkflows === 0);
          }));

  test('is asked where it waits', () =>
    withWorker({}, async (world) => {
      await start(world, 'd', 'diary', 1);
      assert.match(String(await query(world, 'd', '__stack_trace')), /at diary \(.*workflows\.ts:\d+:\d+\)/);
    }));

  test('tells of nothing but where its code waits', () =>
    withWorker({}, async (world) => {
      await start(world, 'c', 'crowd');
      const stacks = String(await query(world, 'c', '__stack_trace')).split('\n\n');
      const names = stacks.map((stack) =>
        stack.split('\n').map((line) => /at (?:async )?([\w. ]+) \(/.exec(line)?.[1]),
      );
      assert.deepEqual(names, [['Promise.all', 'crowd'], ['crowd'], ['Promise.then', 'Trigger.then']]);
    }));

  test('is closed by its last answer, and then forgotten', () =>
    withWorker({}, async (world, { answers, host }) => {
      await start(world, 'o', 'one', 'you');
      assert.equal(await resultOf(world, 'o'), 'hello you');
      assert.deepEqual(
        answers.map(({ stats }) => [stats.isSticky, stats.closes]),
        [
          [false, null],
          [true, 'completed'],
        ],
      );
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(host.cachedRuns(), 0);
    }));
});

describe('a local activity that takes longer than a task', () => {
  test('keeps the task alive with answers that ask for another', async () => {
    const world = await openWorld();
    let end = (_: string) => {};
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    const worker = await startWorker(world, {
      activities,
      services: {
        runLocalActivity: async () => ({
          result: { kind: 'completed', result: defaultPayloadConverter.toPayload(await ended) },
          attempt: 1,
          runtimeMs: 1,
          originalScheduleTimeMs: 1,
        }),
      },
    });
    await start(world, 'p', 'patient');
    await until(() => worker.answers.filter(({ stats }) => stats.isHeartbeat).length === 2);
    end('at last');
    assert.equal(await resultOf(world, 'p'), 'at last');
    await worker.stop();
  });
});

const places = [
  ['on the thread of the worker', 0],
  ['on a thread of its own', 1],
] as const;

describe('code that goes wrong', () => {
  for (const [where, workflowThreadPoolSize] of places) {
    test(`fails the task if it rejects what nobody handles, ${where}`, () =>
      withWorker({ tasks: 1, workflowThreadPoolSize }, async (world, { answers }) => {
        await start(world, 'u', 'unhandled');
        await until(() => answers.length === 1);
        assert.equal(answers[0]?.kind, 'failed');
        assert.match((answers[0] as { message: string }).message, /Unhandled Promise rejection: Error: nobody cares/);
        await until(async () => (await typesOf(world, 'u')).includes('WORKFLOW_TASK_FAILED'));
      }));

    test(`fails the task if it never gives way, and others go on, ${where}`, () =>
      withWorker({ workflowThreadPoolSize, isolateExecutionTimeoutMs: 200, pollers: 3 }, async (world, { answers }) => {
        await start(world, 'd', 'diary', 1);
        await until(() => answers.length === 1);
        await start(world, 'l', 'loop');
        await until(() => answers.some(({ kind }) => kind === 'failed'));
        const failed = answers.find(({ kind }) => kind === 'failed');
        assert.equal((failed as { message: string }).message, 'Script execution timed out after 200ms');
        await signal(world, 'd', 'go', 'on');
        assert.deepEqual(await resultOf(world, 'd'), ['hello on hello nearby']);
      }));
  }

  test('and no other task that comes with it', async () => {
    const world = await openWorld();
    const types = ['unhandled', 'diary', 'unhandled', 'diary', 'diary', 'unhandled'];
    for (const [n, type] of types.entries()) await start(world, `w-${n}`, type, 1);
    const worker = await startWorker(world, { activities, workflowThreadPoolSize: 1, pollers: types.length });
    await until(() => new Set(worker.answers.map(({ runId }) => runId)).size === types.length);
    await worker.stop();
    const kinds = (type: string) =>
      new Set(worker.answers.filter(({ workflowType }) => workflowType === type).map(({ kind }) => kind));
    assert.deepEqual([...kinds('diary')], ['completed']);
    assert.equal(kinds('unhandled').has('completed'), false);
  });

  for (const [where, workflowThreadPoolSize] of places)
    test(`gets a context of its own if its modules change built-in objects while they load, ${where}`, async () => {
      const warnings: string[] = [];
      const logger = { ...quiet, warn: (message: string) => warnings.push(message) };
      const workflows = path.join(import.meta.dirname, 'patching-workflows.ts');
      await withWorker({ workflows, workflowThreadPoolSize, logger }, async (world) => {
        for (const workflowId of ['a', 'b']) {
          await start(world, workflowId, 'last');
          assert.deepEqual(await resultOf(world, workflowId), [3, 1]);
        }
      });
      assert.equal(warnings.length, 1);
      assert.match(String(warnings[0]), /changes built-in objects while it loads \(Cannot define property lastOne/);
    });

  test('fails the task if there is no such workflow', () =>
    withWorker({ tasks: 1 }, async (world, { answers }) => {
      await start(world, 'n', 'nowhere');
      await until(() => answers.length === 1);
      assert.match((answers[0] as { message: string }).message, /no such function is exported by the workflow bundle/);
    }));
});

async function typesOf(world: World, workflowId: string): Promise<string[]> {
  return (await historyOf(world, workflowId)).map(({ eventType }) =>
    (EventType[eventType ?? 0] ?? '').replace('EVENT_TYPE_', ''),
  );
}
