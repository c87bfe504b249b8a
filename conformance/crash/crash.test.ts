import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import { crash } from './crash.ts';

describe('killed again and again', () => {
  test('server and workers finish every order, each step of it once', { timeout: 120_000 }, async (context) => {
    const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
    context.diagnostic(`seed ${seed} (set CRASH_SEED to repeat)`);
    const { orders, signals, workerKills, violations, folder } = await crash({ seed, kills: 8 });
    context.diagnostic(`${orders} orders, ${signals} signals, 8 server kills, ${workerKills} worker kills`);
    assert.deepEqual(violations, [], `seed ${seed}, databases in ${folder}`);
    assert.ok(orders > 0);
  });
});
