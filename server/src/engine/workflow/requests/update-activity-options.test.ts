import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { ActivityOptions } from '@perdure/api/activity';
import { Code } from '../../../kernel/errors.ts';
import { fail, pending, retry, scheduled, seconds, start } from '../machines/activity.fixture.ts';
import type { Tested } from '../testing.ts';
import { change, effects, nextDue } from '../testing.ts';
import { resetActivities } from './control-activity.ts';
import { updateActivityOptions } from './update-activity-options.ts';

const target = { kind: 'all' } as const;
const update = (run: Tested, options: Init<ActivityOptions>, ...fields: string[]) =>
  change(run, (t) =>
    updateActivityOptions(t, target, {
      options: ActivityOptions.decode(ActivityOptions.encode(options)),
      fields: new Set(fields),
    }),
  );
const restore = (run: Tested) => change(run, (t) => updateActivityOptions(t, target, null));

describe('new options of an activity', () => {
  for (const [does, options, fields, expected] of [
    ['a timeout', { startToCloseTimeout: seconds(33) }, ['startToCloseTimeout'], { startToCloseTimeout: 33_000 }],
    ['nothing that the mask leaves out', { startToCloseTimeout: seconds(33) }, [], { startToCloseTimeout: 10_000 }],
    ['nothing that is no option', { startToCloseTimeout: seconds(33) }, ['colour'], { startToCloseTimeout: 10_000 }],
    [
      'a timeout to what the others allow',
      { heartbeatTimeout: seconds(99) },
      ['heartbeatTimeout'],
      { heartbeatTimeout: 10_000 },
    ],
    ['the task queue', { taskQueue: { name: 'other' } }, ['taskQueue.name'], { taskQueue: 'other' }],
    [
      'a part of the priority',
      { priority: { fairnessKey: 'k', priorityKey: 2 } },
      ['priority.fairnessKey'],
      { priority: { priorityKey: 0, fairnessKey: 'k', fairnessWeight: 0 } },
    ],
  ] as const)
    test(`change ${does}`, () => {
      const changed = update(scheduled(), options, ...fields);
      for (const [name, value] of Object.entries(expected))
        assert.deepEqual(changed[name as keyof typeof changed], value, name);
    });

  for (const [does, options, field, message] of [
    ['a retry policy that is not given', {}, 'retryPolicy', 'RetryPolicy is not provided'],
    ['a part of one', {}, 'retryPolicy.maximumAttempts', 'RetryPolicy is not provided'],
    ['a priority that is not given', {}, 'priority.priorityKey', 'Priority is not provided'],
    ['a task queue that is not given', {}, 'taskQueue.name', 'TaskQueue is not provided'],
    [
      'a coefficient below 1',
      { retryPolicy: { backoffCoefficient: 0.5 } },
      'retryPolicy.backoffCoefficient',
      'BackoffCoefficient cannot be less than 1 on retry policy.',
    ],
    [
      'a negative timeout',
      { startToCloseTimeout: seconds(-1) },
      'startToCloseTimeout',
      'invalid StartToCloseTimeout: negative duration',
    ],
  ] as const)
    test(`are refused for ${does}`, () => {
      const run = scheduled();
      assert.throws(() => update(run, options, field), { code: Code.INVALID_ARGUMENT, message });
    });

  test('hold for the back-off under way, and what cannot be retried stays', () => {
    const run = scheduled(retry(5, { initialInterval: seconds(60), nonRetryableErrorTypes: ['Worse'] }));
    fail(run, start(run));
    const options = { retryPolicy: { initialInterval: seconds(1), maximumAttempts: 2 } };
    update(run, options, 'retryPolicy.initialInterval', 'retryPolicy.maximumAttempts');
    const { retryPolicy, lastFailure } = pending(run);
    assert.equal(nextDue(run)?.at, run.now + 1_000);
    assert.deepEqual([retryPolicy?.maximumAttempts, retryPolicy?.nonRetryableErrorTypes], [2, ['Worse']]);
    assert.equal(lastFailure, null);
  });

  test('bring a waiting task to its new queue', () => {
    const run = scheduled();
    const { stamp } = pending(run);
    update(run, { taskQueue: { name: 'other' } }, 'taskQueue.name');
    const effect = effects(run).find(({ kind }) => kind === 'dispatch-activity');
    assert.deepEqual(effect?.kind === 'dispatch-activity' && [effect.taskQueue, effect.stamp > stamp], ['other', true]);
  });

  test('can be taken back, also by a reset', () => {
    const original = scheduled();
    for (const takeBack of [
      restore,
      (run: Tested) =>
        change(run, (t) =>
          resetActivities(t, target, {
            resetHeartbeat: false,
            keepPaused: false,
            restoreOriginalOptions: true,
            jitter: 0,
          }),
        ),
    ]) {
      const run = scheduled();
      update(run, { startToCloseTimeout: seconds(33) }, 'startToCloseTimeout');
      update(run, { taskQueue: { name: 'other' } }, 'taskQueue.name');
      takeBack(run);
      const { taskQueue, startToCloseTimeout, originalOptions } = pending(run);
      assert.deepEqual([taskQueue, startToCloseTimeout, originalOptions], [pending(original).taskQueue, 10_000, null]);
    }
  });

  test('need a pending activity', () => {
    const run = scheduled();
    change(run, (t) => {
      assert.throws(() => updateActivityOptions(t, { kind: 'id', activityId: 'x' }, null), { code: Code.NOT_FOUND });
    });
  });
});
