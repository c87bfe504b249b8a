import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { Worker } from '@perdure/worker';
import { createActivities } from './activities.ts';
import { progress, wordCount } from './workflows.ts';

const lines = Array.from({ length: 100 }, (_, n) => (n % 10 === 0 ? 'rare common' : 'common'));

describe('the pipeline', () => {
  let env: TestWorkflowEnvironment;
  before(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
  });
  after(() => env?.teardown());

  test('counts every line, and goes on in the middle of a part after a failure', async () => {
    const read: number[] = [];
    let failed = false;
    const activities = createActivities(lines, (line) => {
      if (line === 25 && !failed) {
        failed = true;
        throw new Error('the disk hiccups');
      }
      read.push(line);
    });
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: 'pipeline',
      workflowsPath: path.join(import.meta.dirname, 'workflows.ts'),
      activities,
      maxHeartbeatThrottleInterval: 1,
    });
    await worker.runUntil(async () => {
      const options = { taskQueue: 'pipeline', workflowId: 'words', args: [20, 3] as [number, number] };
      const handle = await env.client.workflow.start(wordCount, options);
      assert.deepEqual(await handle.result(), { common: 100, rare: 10 });
      assert.deepEqual(await handle.query(progress), { done: 5, of: 5 });
    });
    assert.equal(new Set(read).size, 100);
    // Line 20 to 24 were read before the failure, and not all of them again.
    assert.ok(read.length < 105, `${read.length} lines were read`);
  });
});
