import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Code } from '../../../kernel/errors.ts';
import { allParts, effectOf } from '../derive.ts';
import { type Given, given } from '../given.fixture.ts';
import { activity, completed, continueAsNew, taken, terminated } from '../steps.fixture.ts';
import { updateRunPriority } from './update-run-options.ts';

const priority = (priorityKey: number, fairnessKey = '', fairnessWeight = 0) => ({
  priorityKey,
  fairnessKey,
  fairnessWeight,
});
const changed =
  (given: ReturnType<typeof priority> | null, ...fields: string[]) =>
  (t: Parameters<typeof updateRunPriority>[0]) =>
    updateRunPriority(t, given, new Set(fields), 'operator');
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
