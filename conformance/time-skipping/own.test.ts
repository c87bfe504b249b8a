import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { TestWorkflowEnvironment } from '@perdure/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@perdure/worker';
import { nap } from './scenarios.ts';

const manifest = createRequire(import.meta.url).resolve('perdure/package.json');
const executable = { type: 'existing-path', path: path.join(path.dirname(manifest), 'bin/perdure.js') } as const;
const DAY = 24 * 3_600_000;

let workflowBundle: WorkflowBundle;
before(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  workflowBundle = await bundleWorkflowCode({ workflowsPath: path.join(import.meta.dirname, 'scenarios.ts') });
});

describe('our test environment, on an executable', () => {
  let env: TestWorkflowEnvironment | undefined;
  after(() => env?.teardown());

  test('skips time as it does in process', async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    const connection = env.nativeConnection;
    const worker = await Worker.create({ connection, taskQueue: 'q', workflowBundle });
    const before = await env.currentTimeMs();
    const { client } = env;
    const run = client.workflow.execute(nap, { taskQueue: 'q', workflowId: 'w', args: [DAY] });
    assert.equal(await worker.runUntil(run), 'rested');
    assert.ok((await env.currentTimeMs()) - before >= DAY);
    assert.equal(env.diagnose(), undefined);
  });

  test('says why there is no server', async () => {
    const create = (at: string, extraArgs: string[] = []) =>
      TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path: at }, extraArgs },
      });
    await assert.rejects(create('/no/such/executable'), /Cannot run \/no\/such\/executable/);
    await assert.rejects(create(executable.path, ['--no-such-flag']), /ended with code 1/);
  });
});
