import assert from 'node:assert/strict';
import { type Conditions, type Disturbance, type Play, play, type Scenario } from './play.ts';

/**
 * Every scenario is played once without disturbance, and then once for every commit that the server made: there the
 * server dies, just before the commit took effect or just after, and is started again on what was durable; or only the
 * commit fails, and the server goes on. What comes of it must be the same.
 *
 * The workers live on or go down with the server, which is away for a moment, or for longer than any task or poll takes.
 */
type Variant = Omit<Disturbance, 'n'> & Conditions;

const MOMENT_MS = 100;
const LONG_MS = 65_000;

const momentary = { downMs: MOMENT_MS, withWorkers: false } as const;
const long = { downMs: LONG_MS, withWorkers: true } as const;

const variants: readonly Variant[] = [
  { kind: 'stop', point: 'before', ...momentary, lazy: true },
  { kind: 'stop', point: 'after', ...momentary, lazy: true, sticky: true, slow: true },
  { kind: 'stop', point: 'before', ...long, sticky: true, slow: true, forgetful: true },
  { kind: 'stop', point: 'after', ...long, lazy: true },
  { kind: 'fail', point: 'before', ...momentary, sticky: true, slow: true },
  { kind: 'fail', point: 'after', ...momentary, lazy: true, slow: true, forgetful: true },
];

/** Commits at which the server dies again and again. */
const RHYTHMS = [3, 4, 7];
const MOST_DEATHS = 8;

/** Fails where a disturbance makes a difference, and says which one it was. */
export async function sweep(scenario: Scenario): Promise<void> {
  const undisturbed = await play(scenario, null);
  assert.deepEqual(undisturbed.violations, []);
  for (const variant of variants) {
    for (let n = 1; ; n++) {
      const { commits } = await same(scenario, undisturbed, { ...variant, n });
      if (commits < n) break;
    }
  }
  for (const n of RHYTHMS) {
    for (const point of ['before', 'after'] as const) {
      await same(scenario, undisturbed, { kind: 'stop', point, ...momentary, n, lives: MOST_DEATHS, sticky: true });
    }
  }
}

async function same(scenario: Scenario, undisturbed: Play, disturbance: Disturbance & Conditions): Promise<Play> {
  const where = JSON.stringify(disturbance);
  const disturbed = await play(scenario, disturbance, disturbance).catch((error: unknown) => {
    throw new Error(`not through with ${where}`, { cause: error });
  });
  assert.deepEqual(disturbed.violations, [], where);
  assert.deepEqual(disturbed.played, undisturbed.played, where);
  return disturbed;
}
