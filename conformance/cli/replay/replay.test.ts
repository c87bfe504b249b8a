import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setInterval } from 'node:timers/promises';
import type { WorkflowHandle } from '@perdure/client';
import { historyToJSON } from '@perdure/common/lib/proto-utils';
import { embedded, type Perdure } from '@perdure/embedded';

const manifest = createRequire(import.meta.url).resolve('perdure/package.json');
const cli = path.join(path.dirname(manifest), 'bin/perdure.js');
const code = (name: string): string => path.join(import.meta.dirname, `${name}.ts`);

function perdureReplay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'replay', ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

const hasTimer = async (handle: WorkflowHandle): Promise<boolean> =>
  (await handle.fetchHistory()).events?.some((event) => event.timerStartedEventAttributes) ?? false;

describe('perdure replay', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-replay-'));
  const file = path.join(folder, 'journey-1.json');
  let perdure: Perdure;

  before(async () => {
    perdure = await embedded({ listen: { port: 0 } });
    const activities = { step: async () => undefined };
    const worker = await perdure.createWorker({ taskQueue: 'q', workflowsPath: code('before'), activities });
    await worker.runUntil(async () => {
      const handle = await perdure.client.workflow.start('journey', { taskQueue: 'q', workflowId: 'journey-1' });
      for await (const _ of setInterval(50)) if (await hasTimer(handle)) break;
      writeFileSync(file, historyToJSON(await handle.fetchHistory()));
    });
  });
  after(async () => {
    await perdure?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is content with the code that running workflows began with', async () => {
    const { code: exit, stdout, stderr } = await perdureReplay('--address', perdure.address, '-w', code('before'));
    assert.equal(exit, 0, stderr);
    assert.match(stdout, /^1 replayed, 0 do not fit/m);
  });

  test('names the workflows that changed code does not fit, and fails', async () => {
    const { code: exit, stdout } = await perdureReplay('--address', perdure.address, '-w', code('after'));
    assert.equal(exit, 1);
    assert.match(stdout, /✗ journey-1 \(run [\w-]+\)/);
    assert.match(stdout, /after\.ts:7/);
    assert.match(stdout, /^1 replayed, 1 do not fit/m);
  });

  test('takes histories from files as well', async () => {
    const { code: exit, stdout } = await perdureReplay('--history', file, '-w', code('after'));
    assert.equal(exit, 1);
    assert.match(stdout, /✗ journey-1/);
  });

  for (const { what, args, says } of [
    {
      what: 'a server that is not there',
      args: ['--address', '127.0.0.1:1'],
      says: /cannot be had from 127\.0\.0\.1:1/,
    },
    { what: 'a file that is not there', args: ['--history', '/nothing.json'], says: /nothing\.json holds no history/ },
  ])
    test(`says in one line when there is ${what}`, async () => {
      const { code: exit, stderr } = await perdureReplay('-w', code('before'), ...args);
      assert.equal(exit, 1);
      assert.match(stderr, says);
      assert.equal(stderr.trim().split('\n').length, 1);
    });
});
