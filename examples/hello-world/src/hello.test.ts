import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { WorkflowFailedError } from '@perdure/client';
import { ActivityFailure } from '@perdure/common';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { Worker } from '@perdure/worker';
import * as activities from './activities.ts';
import { hello } from './workflows.ts';

describe('hello', () => {
  let env: TestWorkflowEnvironment;
  let worker: Worker;
  before(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping();
    worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: 'hello',
      workflowsPath: path.join(import.meta.dirname, 'workflows.ts'),
      activities,
    });
  });
  after(() => env?.teardown());

  test('greets, and says goodbye a day later, at once', async () => {
    await worker.runUntil(async () => {
      const begin = await env.currentTimeMs();
      const options = { taskQueue: 'hello', workflowId: 'ada', args: ['Ada', 'fr'] as [string, string] };
      assert.deepEqual(await env.client.workflow.execute(hello, options), ['Bonjour, Ada!', 'Goodbye, Ada!']);
      assert.ok((await env.currentTimeMs()) - begin >= 86_400_000);

      const unknown = { taskQueue: 'hello', workflowId: 'zed', args: ['Zed', 'xx'] as [string, string] };
      await assert.rejects(env.client.workflow.execute(hello, unknown), (error) => {
        assert.ok(error instanceof WorkflowFailedError && error.cause instanceof ActivityFailure);
        assert.equal(error.cause.cause?.message, 'nobody here speaks xx');
        return true;
      });
    });
  });
});
