import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorld, resultOf, start, startWorker } from './world.ts';

const activities = { greet: (name: string) => `hello ${name}` };

describe('a run that leaves memory', () => {
  for (const [where, workflowThreadPoolSize] of [
    ['on the thread of the worker', 0],
    ['on a thread of its own', 1],
  ] as const)
    for (const [how, maxCachedWorkflows, expected] of [
      ['with its end is not counted as forced out', 10, 0],
      ['before its end is counted as forced out', 0, 1],
    ] as const)
      test(`${how}, ${where}`, async () => {
        let forcedOut = 0;
        const world = await openWorld();
        const worker = await startWorker(world, {
          activities,
          maxCachedWorkflows,
          workflowThreadPoolSize,
          services: { runForcedOut: () => void forcedOut++ },
        });
        await start(world, 'o', 'one', 'you');
        assert.equal(await resultOf(world, 'o'), 'hello you');
        await worker.stop();
        assert.equal(forcedOut, expected);
      });
});
