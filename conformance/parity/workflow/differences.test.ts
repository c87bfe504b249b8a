import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { compare, type Open, openerOf, type Scenario } from './differences.ts';
import { openHosts } from './hosts.ts';
import { chance } from './world.ts';

const runs = Number(process.env['WALKS'] ?? 3);

/** Every workflow, with the arguments that it knows what to do with. */
const workflows: readonly { readonly workflowType: string; readonly ways?: readonly unknown[] }[] = [
  { workflowType: 'everything' },
  { workflowType: 'scopes' },
  { workflowType: 'cancelled', ways: ['throw', 'swallow', 'fail'] },
  { workflowType: 'races' },
  { workflowType: 'surroundings' },
  { workflowType: 'attributes' },
  { workflowType: 'dynamic' },
  { workflowType: 'leaves', ways: ['quietly', 'fail', 'continue', 'continue otherwise'] },
  {
    workflowType: 'throwing',
    ways: ['bug', 'special', 'string', 'timeout', 'terminated', 'cancelled', 'nested', 'promise'],
  },
  { workflowType: 'options' },
  { workflowType: 'dynamicOptions' },
  { workflowType: 'patches' },
  { workflowType: 'groups' },
  { workflowType: 'speaks' },
  { workflowType: 'mistakes' },
  { workflowType: 'operations' },
  { workflowType: 'typed', ways: [undefined, 4] },
  { workflowType: 'notAFunction' },
  { workflowType: 'unheard' },
  { workflowType: 'cleansUp' },
  { workflowType: 'shrugsItOff' },
  { workflowType: 'cancelsActivity', ways: ['TRY_CANCEL', 'WAIT_CANCELLATION_COMPLETED', 'ABANDON'] },
  { workflowType: 'cancelsOneScope' },
  { workflowType: 'timesOutScope' },
  { workflowType: 'sum' },
  { workflowType: 'threeQuickOnes' },
  { workflowType: 'localFailure' },
  { workflowType: 'localCancelled' },
  { workflowType: 'parentOfFailing', ways: ['c'] },
  { workflowType: 'parentWhoTalks', ways: ['c'] },
  { workflowType: 'parentWhoCancels', ways: ['c'] },
  { workflowType: 'parentOfTwins', ways: ['c'] },
  { workflowType: 'versionTwo' },
  { workflowType: 'versionThree' },
];

/** How the run is told of things: new or replayed, by whom, with what flags. */
function circumstances(seed: number): Omit<Scenario, 'workflowType'> {
  const { below, one } = chance(seed * 7919);
  return {
    seed,
    replayed: one([0, 0, 2, 5, 100]),
    flags: one([[], [1], [1, 2], [2], [1, 2, 3, 4, 5, 6]]),
    lastSdkVersion: one(['', '1.10.0', '1.11.5', '1.13.2', '1.24.0', 'odd']),
    buildId: one(['', '@temporalio/worker@1.11.0+abc', '@temporalio/worker@1.11.2+abc']),
    patches: one([[], ['a', 'c'], ['two-steps', 'd'], ['__sdk_internal_patch_number:1']]),
    intercepted: below(3) === 0,
    converted: below(4) === 0,
    ...(below(4) === 0 && { failureExceptionTypeNames: one([['Error'], ['RangeError'], ['TypeError', 'Special']]) }),
    ...(below(4) === 0 && { patchActivationCallback: (_: unknown, id: string) => id !== 'b' }),
  };
}

const sides: readonly { readonly what: string; readonly open: () => Promise<Open>; readonly runs: number }[] = [
  { what: 'over both packages', open: () => openerOf('perdure'), runs },
  { what: 'in both workers', open: openHosts, runs: Math.ceil(runs / 3) },
];

for (const { what, open, runs: times } of sides)
  describe(`workflow code sees and asks for the same ${what}`, () => {
    let official: Open;
    let ours: Open;
    before(async () => {
      official = await openerOf('official');
      ours = await open();
    });

    for (const { workflowType, ways = [undefined] } of workflows)
      test(workflowType, () => {
        let commands = 0;
        for (let run = 0; run < times; run++)
          for (const way of ways) {
            const args = way === undefined ? [] : [way];
            const scenario = { workflowType, args, ...circumstances(run * 31 + workflowType.length) };
            commands += compare(scenario, official, ours);
          }
        assert.ok(commands > 0 || workflowType === 'notAFunction', 'something was asked for');
      });
  });
