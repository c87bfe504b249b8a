import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { sharedBundle } from '../sdk/bundle.ts';
import { greetKindly } from '../sdk/hello/workflows.ts';

const manifest = createRequire(import.meta.url).resolve('perdure/package.json');
const executable = { type: 'existing-path', path: path.join(path.dirname(manifest), 'bin/perdure.js') } as const;

describe('the official test environment', () => {
  test('starts the executable, runs a workflow on it, and stops it', async () => {
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    try {
      const worker = await Worker.create({
        connection: environment.nativeConnection,
        taskQueue: 'greetings',
        workflowBundle: await sharedBundle(),
        activities: { compliment: async (name: string) => `dear ${name}` },
      });
      const run = environment.client.workflow.execute(greetKindly, {
        taskQueue: 'greetings',
        workflowId: 'greeting',
        args: ['Ada'],
      });
      assert.equal(await worker.runUntil(run), 'Hello, dear Ada!');
    } finally {
      await environment.teardown();
    }
  });

  test('passes on a namespace, a database file and search attributes', async () => {
    const dbFilename = path.join(tmpdir(), `perdure-create-local-${process.pid}.db`);
    const color = defineSearchAttributeKey('Color', SearchAttributeType.KEYWORD);
    const environment = await TestWorkflowEnvironment.createLocal({
      server: {
        executable,
        namespace: 'mine',
        dbFilename,
        searchAttributes: [color],
        log: { format: 'json', level: 'never' },
      },
    });
    try {
      const { namespace } = environment;
      assert.equal(namespace, 'mine');
      const { customAttributes } = await environment.connection.operatorService.listSearchAttributes({ namespace });
      assert.deepEqual(Object.keys(customAttributes), ['Color']);
    } finally {
      await environment.teardown();
      for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(dbFilename + suffix, { force: true });
    }
  });
});
