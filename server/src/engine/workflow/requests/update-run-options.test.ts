import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { VersioningBehavior } from '@perdure/api/enums';
import { StartChildWorkflowExecutionInitiatedEventAttributes } from '@perdure/api/history';
import { VersioningOverride } from '@perdure/api/workflow';
import { Code } from '../../../kernel/errors.ts';
import { childStarted } from '../child-start.ts';
import { allParts, effectOf } from '../derive.ts';
import { describeRun } from '../describe.ts';
import { eventOf, type Given, given } from '../given.fixture.ts';
import { activity, completed, continueAsNew, taken, terminated } from '../steps.fixture.ts';
import type { Transition } from '../transition.ts';
import { updateRunOptions } from './update-run-options.ts';

const priority = (priorityKey: number, fairnessKey = '', fairnessWeight = 0) => ({
  priorityKey,
  fairnessKey,
  fairnessWeight,
});
const changed =
  (given: ReturnType<typeof priority> | null, ...fields: string[]) =>
  (t: Transition) =>
    updateRunOptions(t, { priority: given, versioningOverride: null }, new Set(fields), 'operator').priority;
const queued = ({ run, now }: Given) =>
  allParts(run).flatMap((part) => {
    const effect = effectOf(run, part, now);
    return effect && 'priority' in effect ? [effect.priority] : [];
  });

describe('the priority of a running workflow', () => {
  for (const [does, next, fields, expected] of [
    ['as a whole', priority(4), ['priority'], priority(4)],
    ['in part', priority(4, 'k'), ['priority.fairnessKey'], priority(1, 'k')],
    ['to none', null, ['priority'], null],
  ] as const)
    test(`is changed ${does}`, () => {
      const run = given({ started: { priority: priority(1) } }).when(changed(next, ...fields));
      run.gives({ events: ['3 WORKFLOW_EXECUTION_OPTIONS_UPDATED'] });
      assert.deepEqual([run.reply, run.run.head.priority], [expected, expected]);
    });

  test('leaves no trace when it stays the same', () => {
    given({ started: { priority: priority(1) } })
      .when(changed(priority(1), 'priority'))
      .gives({ events: [] });
  });

  test('holds for what waits in a queue, and for the next run', () => {
    const run = given()
      .when(taken)
      .when(completed([activity('a')], { forceCreateNewWorkflowTask: true }));
    assert.deepEqual(queued(run), [3, 3]);
    run.when(changed(priority(5), 'priority'));
    assert.deepEqual(queued(run), [5, 5]);
    run.when(taken).when(completed([continueAsNew({ workflowType: { name: 'W' }, taskQueue: { name: 'queue' } })]));
    assert.equal(run.successors[0]?.run.head.priority?.priorityKey, 5);
  });

  test('of a closed one cannot be changed', () => {
    given()
      .when(terminated)
      .when(changed(priority(5), 'priority'))
      .refused(Code.NOT_FOUND, 'workflow execution already completed');
  });
});

const override = (more: Init<VersioningOverride>) => VersioningOverride.decode(VersioningOverride.encode(more));
const newest = override({ autoUpgrade: true });
const version = { deploymentName: 'd', buildId: 'b' };
const pinned = override({ pinned: { behavior: 1, version } });
const overridden =
  (given: VersioningOverride | null, ...fields: string[]) =>
  (t: Transition) =>
    updateRunOptions(t, { priority: null, versioningOverride: given }, new Set(fields), 'operator');

const overriddenRun = (versioningOverride: VersioningOverride | null) => given({ started: { versioningOverride } });

describe('the versioning override of a running workflow', () => {
  const old = override({ behavior: VersioningBehavior.PINNED, pinnedVersion: 'd.b' });
  for (const [does, before, given, fields, expected] of [
    ['is set', null, newest, ['versioningOverride'], newest],
    ['is replaced', newest, pinned, ['versioningOverride'], pinned],
    ['is taken away', newest, null, ['versioningOverride'], null],
    [
      'is understood in its old form',
      null,
      old,
      ['versioningOverride.behavior', 'versioningOverride.deployment'],
      pinned,
    ],
  ] as const)
    test(does, () => {
      const run = overriddenRun(before).when(overridden(given, ...fields));
      run.gives({ events: ['3 WORKFLOW_EXECUTION_OPTIONS_UPDATED'], head: { versioningOverride: expected } });
      const written = eventOf(run, 3).workflowExecutionOptionsUpdatedEventAttributes;
      assert.deepEqual(written?.versioningOverride, given);
      assert.equal(written?.unsetVersioningOverride, given === null);
      const shown = describeRun(run.run, run.now).workflowExecutionInfo?.versioningInfo;
      assert.deepEqual(shown, expected && { versioningOverride: expected });
    });

  test('leaves no trace when it stays the same, or is not named', () => {
    overriddenRun(newest).when(overridden(newest, 'versioningOverride')).gives({ events: [] });
    overriddenRun(newest)
      .when(overridden(null, 'priority'))
      .gives({ events: [], head: { versioningOverride: newest } });
  });

  test('is not changed in part', () => {
    overriddenRun(newest)
      .when(overridden(pinned, 'versioningOverride.behavior'))
      .refused(
        Code.INVALID_ARGUMENT,
        'error applying update_options: versioning_override fields must be updated together',
      );
  });

  test('is that of the next run and of children when it pins them', () => {
    for (const [override, expected] of [
      [pinned, pinned],
      [newest, null],
    ] as const) {
      const run = overriddenRun(override)
        .when(taken)
        .when(completed([continueAsNew()]));
      assert.deepEqual(run.successors[0]?.run.head.versioningOverride, expected);
      const asked = StartChildWorkflowExecutionInitiatedEventAttributes.decode(new Uint8Array(0));
      const child = childStarted(run.run, 'default', 5, asked, 'child-run', run.now);
      assert.deepEqual(child.versioningOverride, expected);
    }
  });
});
