import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

describe('the application', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'perdure-embedded-'));
  let app: ChildProcess | undefined;
  after(() => {
    app?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<(method: string, url: string) => Promise<Response>> {
    app = fork(path.join(import.meta.dirname, 'app.process.ts'), [folder], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [port] = await once(app, 'message');
    return (method, url) => fetch(`http://127.0.0.1:${port}${url}`, { method });
  }

  async function kill(): Promise<void> {
    if (app === undefined) return;
    const exit = once(app, 'exit');
    app.kill('SIGKILL');
    await exit;
  }

  test('finishes every order though it is killed again and again, each step of it once', async () => {
    let ask = await start();
    const ids = Array.from({ length: 10 }, (_, n) => String(n));
    for (const id of ids) assert.equal((await ask('POST', `/orders/${id}`)).status, 202);
    assert.equal((await ask('POST', '/orders/0')).status, 409);
    for (let kills = 0; kills < 2; kills++) {
      await kill();
      ask = await start();
    }
    for (const id of ids)
      for (;;) {
        const response = await ask('GET', `/orders/${id}`);
        assert.equal(response.status, 200);
        if (((await response.json()) as { stage: string }).stage === 'shipped') break;
        await sleep(50);
      }
    assert.equal((await ask('GET', '/orders/99')).status, 404);
    const steps = readFileSync(path.join(folder, 'steps.log'), 'utf8').trim().split('\n');
    for (const id of ids)
      for (const stage of ['reserved', 'charged', 'shipped']) {
        const times = steps.filter((line) => line === `${id} ${stage}`).length;
        // At least once: a kill between the line and its recording has the step done again.
        assert.ok(times === 1 || times === 2, `${id} ${stage}: ${times} times`);
      }
  });
});
