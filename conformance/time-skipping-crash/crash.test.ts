import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { DefaultLogger, Runtime } from '@perdure/worker';
import { crash } from './crash.ts';

const { CRASH_SEED, CRASH_KILLS = '5' } = process.env;
const timeout = 120_000 + Number(CRASH_KILLS) * 5_000;

before(() => {
  // Its server is killed: there would be much to complain about.
  const telemetryOptions = { logging: { filter: 'OFF', forward: {} } } as const;
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [], telemetryOptions });
});

describe('a server that skips time, killed again and again', () => {
  for (const unlocked of [false, true])
    test(`jumps over nothing when time is skipped ${unlocked ? 'all along' : 'on demand'}`, {
      timeout,
    }, async (context) => {
      const seed = Number(CRASH_SEED ?? randomInt(2 ** 31));
      context.diagnostic(`seed ${seed} (set CRASH_SEED to repeat)`);
      const { journeys, days, attempts, violations, folder } = await crash({
        seed,
        kills: Number(CRASH_KILLS),
        unlocked,
      });
      context.diagnostic(`${CRASH_KILLS} kills, ${journeys} journeys, ${attempts} attempts, ${days} days`);
      assert.deepEqual(violations, [], `seed ${seed}, database in ${folder}`);
      assert.ok(journeys > 0 && days > 0);
    });
});
