import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure } from './load.ts';

describe('measuring a load', () => {
  test('keeps as many operations in flight as asked, and tells how long they took', async () => {
    let inFlight = 0;
    let most = 0;
    const operation = async () => {
      most = Math.max(most, ++inFlight);
      await sleep(20);
      inFlight--;
    };
    const measured = await measure(operation, { inFlight: 5, measureMs: 200, pids: {} });
    assert.equal(most, 5);
    assert.equal(inFlight, 0);
    assert.ok(measured.p50Ms >= 19 && measured.p50Ms <= measured.p99Ms, `${measured.p50Ms} ${measured.p99Ms}`);
    assert.ok(measured.perSecond > 20 && measured.perSecond <= 5 * 52, `${measured.perSecond} a second`);
    assert.equal(measured.serverCpuMs, null);
  });

  test('waits longer for operations that are slower than the time to measure', async () => {
    const measured = await measure(() => sleep(150), { inFlight: 2, measureMs: 50, pids: {} });
    assert.ok(measured.p50Ms >= 149);
  });
});
