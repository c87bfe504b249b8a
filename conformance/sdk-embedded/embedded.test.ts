import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { embedded } from '@perdure/embedded';

/** Fails what is made of it, once the server runs. */
const broken = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('broken options');
    },
  },
);

describe('what is embedded', () => {
  test('lets go of the file when it cannot connect', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'perdure-embedded-'));
    const filename = path.join(folder, 'app.db');
    await assert.rejects(embedded({ filename, client: broken }), /broken options/);
    // A file that is still open is refused.
    const perdure = await embedded({ filename });
    await perdure.close();
    await rm(folder, { recursive: true });
  });

  test('takes one worker after another, and stops those that run', async () => {
    const perdure = await embedded();
    const activities = { nothing: async () => undefined };
    const first = await perdure.createWorker({ taskQueue: 'q', activities });
    await first.runUntil(async () => undefined);
    const second = await perdure.createWorker({ taskQueue: 'q', activities });
    const running = second.run();
    await perdure.close();
    await running;
    assert.deepEqual([first.getState(), second.getState()], ['STOPPED', 'STOPPED']);
  });
});
