import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TypedSearchAttributes } from '@perdure/common';
import type { PatchActivationCallback } from '@perdure/worker';
import type { WorkflowTaskAnswer } from '@perdure/worker/lib/workflow/host';
import { openWorld, quiet, resultOf, start, startWorker, until, type WorkerOptions } from './world.ts';

/** What comes of a workflow that asks for a patch, with this callback. */
async function play(patchActivationCallback: PatchActivationCallback, options: WorkerOptions) {
  const world = await openWorld();
  const worker = await startWorker(world, { patchActivationCallback, ...options });
  await start(world, 'p', 'patchy');
  const failed = () => worker.answers.find(({ kind }) => kind === 'failed') as WorkflowTaskAnswer & { message: string };
  const ended = resultOf(world, 'p').catch(() => undefined);
  await Promise.race([ended, until(() => failed() !== undefined)]);
  await worker.stop();
  return { result: failed() ? undefined : await ended, failure: failed()?.message };
}

for (const [where, workflowThreadPoolSize] of [
  ['on the thread of the worker', 0],
  ['on a thread of its own', 1],
] as const)
  describe(`a workflow ${where} that asks for a patch`, () => {
    for (const answer of [true, false])
      test(`keeps to what the callback answered first: ${answer}`, async () => {
        let calls = 0;
        const callback = () => (++calls === 1 ? answer : !answer);
        const { result } = await play(callback, { workflowThreadPoolSize });
        assert.deepEqual([result, calls], [[answer, answer, answer], 1]);
      });

    test('is told of to the callback, which cannot change it', async () => {
      const seen: unknown[] = [];
      const callback: PatchActivationCallback = (input) => {
        const { workflowInfo, patchId } = input;
        const { workflowId, startTime, typedSearchAttributes, unsafe } = workflowInfo;
        seen.push(Object.isFrozen(input), Object.isFrozen(workflowInfo), patchId, workflowId, unsafe.isReplaying);
        seen.push(startTime instanceof Date, typedSearchAttributes instanceof TypedSearchAttributes);
        seen.push(Number.isFinite(unsafe.now()), unsafe.random.random() >= 0);
        return false;
      };
      await play(callback, { workflowThreadPoolSize });
      assert.deepEqual(seen, [true, true, 'change', 'p', false, true, true, true, true]);
    });

    test('fails its task if the callback answers anything but a boolean', async () => {
      const { failure } = await play(() => 'yes' as never, { workflowThreadPoolSize, tasks: 1 });
      assert.match(failure ?? '', /patchActivationCallback must return a boolean, got string/);
    });

    test('fails its task if the callback takes longer than code may', async () => {
      const isolateExecutionTimeoutMs = 100;
      const slow = () => {
        const started = performance.now();
        while (performance.now() - started < 2 * isolateExecutionTimeoutMs);
        return true;
      };
      const { failure } = await play(slow, { workflowThreadPoolSize, isolateExecutionTimeoutMs, tasks: 1 });
      assert.match(failure ?? '', /Script execution timed out after 100ms/);
    });

    test('fails its task if the callback throws', async () => {
      const throwing = () => {
        throw new Error('cannot say');
      };
      const { failure } = await play(throwing, { workflowThreadPoolSize, tasks: 1 });
      assert.match(failure ?? '', /cannot say/);
    });
  });

test('what a callback throws at another thread is told of with its stack in the log of the worker', async () => {
  const logged: [string, Record<string, unknown>][] = [];
  const logger = { ...quiet, warn: (message: string, meta = {}) => void logged.push([message, meta]) };
  const error = new Error('cannot say');
  const throwing = () => {
    throw error;
  };
  await play(throwing, { workflowThreadPoolSize: 1, tasks: 1, logger });
  const [message, meta] = logged[0] ?? [];
  assert.equal(message, 'Patch activation callback failed');
  assert.equal(meta?.['error'], error);
  assert.deepEqual([meta?.['workflowId'], meta?.['workflowType'], meta?.['patchId']], ['p', 'patchy', 'change']);
});
