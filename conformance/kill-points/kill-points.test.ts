/**
 * Every scenario is played once without disturbance, and then once for every commit that the server made: there the
 * server dies, just before the commit took effect or just after, and is started again on what was durable; or only the
 * commit fails, and the server goes on. What comes of it must be the same. The workers live on or go down with the
 * server, which is away for a moment or for longer than any task may take.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Disturbance, play, type Scenario } from './play.ts';
import { manyActivities, retriedActivity } from './scenarios/activities.ts';
import { continuedAsNew, cron, retriedWorkflow } from './scenarios/chains.ts';
import { childChain, children } from './scenarios/families.ts';
import { otherWorkflows, queries, signalWithStart, terminated, updates } from './scenarios/messages.ts';
import { approvedOrder, forgottenOrder, undoneOrder } from './scenarios/order.ts';
import { timers } from './scenarios/timers.ts';

type Variant = Omit<Disturbance, 'n'> & { readonly sticky: boolean };

const MOMENT_MS = 100;
const LONG_MS = 90_000;

const variants: readonly Variant[] = [
  { kind: 'stop', point: 'before', downMs: MOMENT_MS, withWorkers: false, sticky: false },
  { kind: 'stop', point: 'after', downMs: MOMENT_MS, withWorkers: false, sticky: true },
  { kind: 'stop', point: 'before', downMs: LONG_MS, withWorkers: true, sticky: true },
  { kind: 'stop', point: 'after', downMs: LONG_MS, withWorkers: true, sticky: false },
  { kind: 'fail', point: 'before', downMs: MOMENT_MS, withWorkers: false, sticky: true },
  { kind: 'fail', point: 'after', downMs: MOMENT_MS, withWorkers: false, sticky: false },
];

const scenarios: Readonly<Record<string, Scenario>> = {
  'an order that is approved': approvedOrder,
  'an order that cannot be delivered and is undone': undoneOrder,
  'an order that nobody approves': forgottenOrder,
  'an activity that fails, falls silent and completes': retriedActivity,
  'many activities at once': manyActivities,
  'timers, one of them cancelled': timers,
  'a chain of runs that continue as new': continuedAsNew,
  'a workflow that is retried': retriedWorkflow,
  'a cron workflow': cron,
  'signals that come with starts': signalWithStart,
  'updates, one of them rejected': updates,
  'signals and a cancel request between workflows': otherWorkflows,
  'queries in between': queries,
  'a workflow that is terminated': terminated,
  'children and their parent’s end': children,
  'a child that is retried': childChain,
};

describe('wherever the server dies, it comes to the same:', () => {
  for (const [name, scenario] of Object.entries(scenarios)) {
    test(name, async () => {
      const undisturbed = await play(scenario, null);
      assert.deepEqual(undisturbed.violations, []);
      for (const variant of variants) {
        for (let n = 1; ; n++) {
          const disturbed = await played(scenario, { ...variant, n });
          const where = `${variant.kind} ${variant.point} commit ${n}, ${JSON.stringify(variant)}`;
          assert.deepEqual(disturbed.violations, [], where);
          assert.deepEqual(disturbed.played, undisturbed.played, where);
          if (disturbed.commits < n) break;
        }
      }
    });
  }
});

async function played(scenario: Scenario, { sticky, ...disturbance }: Variant & Disturbance) {
  try {
    return await play(scenario, disturbance, { sticky });
  } catch (error) {
    throw new Error(`not over after ${JSON.stringify(disturbance)}`, { cause: error });
  }
}
