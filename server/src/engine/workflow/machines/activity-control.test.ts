import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload } from '@perdure/api/common';
import { EventType, PendingActivityState } from '@perdure/api/enums';
import { Code } from '../../../kernel/errors.ts';
import { pendingActivityInfo } from '../describe-activity.ts';
import { completeActivityTask } from '../requests/complete-activity-task.ts';
import {
  type ActivityTarget,
  pauseActivities,
  resetActivities,
  unpauseActivities,
} from '../requests/control-activity.ts';
import { heartbeatActivityTask } from '../requests/heartbeat-activity-task.ts';
import { startActivityTask } from '../requests/start-activity-task.ts';
import type { Tested } from '../testing.ts';
import { change, effects, lastEvent, nextDue, pass, step, testRun } from '../testing.ts';
import { attempt, details, fail, pending, retry, schedule, scheduled, seconds, start } from './activity.fixture.ts';

const byId: ActivityTarget = { kind: 'id', activityId: 'a' };
const asked = { identity: 'operator', reason: 'wait', requestId: '' };
const plainly = { resetAttempts: false, resetHeartbeat: false, jitter: 0 };
const resetting = { resetHeartbeat: false, keepPaused: false, restoreOriginalOptions: false, jitter: 0 };

const pause = (run: Tested, target: ActivityTarget = byId, request = asked) =>
  change(run, (t) => pauseActivities(t, target, request));
const unpause = (run: Tested, more = {}) => change(run, (t) => unpauseActivities(t, byId, { ...plainly, ...more }));
const reset = (run: Tested, more = {}) => change(run, (t) => resetActivities(t, byId, { ...resetting, ...more }));
const beat = (run: Tested, activity: Parameters<typeof attempt>[0]) =>
  change(run, (t) => heartbeatActivityTask(t, attempt(activity), { details, identity: 'worker' }));
const dispatched = (run: Tested) => effects(run).filter(({ kind }) => kind === 'dispatch-activity').length;
const shown = (run: Tested) => pendingActivityInfo(pending(run), run.now);

function pauseInfo({ run }: Tested): unknown {
  const payload = run.fields.get('searchAttributes')?.['TemporalPauseInfo'];
  return payload && JSON.parse(Buffer.from(Payload.decode(payload).data).toString());
}

describe('a paused activity', () => {
  test('that waits is not handed out and does not time out until it is unpaused', () => {
    const run = scheduled({ scheduleToStartTimeout: seconds(3) });
    const { scheduledEventId, stamp } = pending(run);
    pause(run);
    assert.equal(dispatched(run), 0);
    assert.equal(
      change(run, (t) => startActivityTask(t, { scheduledEventId, stamp }, 'worker')),
      null,
    );
    assert.equal(nextDue(run), null);
    assert.deepEqual(
      [shown(run).state, shown(run).paused, shown(run).pauseInfo?.manual],
      [PendingActivityState.PAUSED, true, { identity: 'operator', reason: 'wait' }],
    );
    assert.deepEqual(pauseInfo(run), ['property:activityType=A']);
    pass(run, 60_000);
    unpause(run);
    assert.equal(dispatched(run), 1);
    assert.equal(nextDue(run)?.at, run.now + 3_000);
    assert.equal(pauseInfo(run), undefined);
    assert.equal(start(run).attempt, 1);
  });

  test('that a worker has tells the worker, and its next attempt waits', () => {
    const run = scheduled({ heartbeatTimeout: seconds(5), ...retry(5) });
    const first = start(run);
    pause(run);
    assert.equal(shown(run).state, PendingActivityState.PAUSE_REQUESTED);
    assert.deepEqual(beat(run, first), { cancelRequested: false, activityPaused: true, activityReset: false });
    pass(run, 60_000);
    fail(run, first);
    assert.deepEqual([pending(run).attempt, dispatched(run), nextDue(run)], [2, 0, null]);
    assert.deepEqual([shown(run).state, shown(run).lastFailure !== null], [PendingActivityState.PAUSED, true]);
    unpause(run);
    assert.equal(start(run).attempt, 2);
  });

  test('that has used up its attempts is kept for whoever paused it', () => {
    const run = scheduled(retry(1 + 1));
    fail(run, start(run));
    pass(run, 2_000);
    const second = start(run);
    pause(run);
    fail(run, second);
    unpause(run, { resetAttempts: true });
    assert.equal(start(run).attempt, 1);
  });

  test('that may be tried once is not tried again', () => {
    const run = scheduled(retry(1));
    const only = start(run);
    pause(run);
    fail(run, only);
    assert.equal(lastEvent(run, EventType.ACTIVITY_TASK_FAILED).eventId, 7);
    assert.equal(pauseInfo(run), undefined);
  });

  test('can be completed, and is then no longer paused', () => {
    const run = scheduled();
    const activity = start(run);
    pause(run);
    change(run, (t) => completeActivityTask(t, attempt(activity), { result: null, identity: '' }));
    assert.deepEqual([run.run.activities.size, pauseInfo(run)], [0, undefined]);
  });

  test('begins again within the jitter', () => {
    const run = scheduled();
    pause(run);
    unpause(run, { jitter: 10_000 });
    const wait = pending(run).scheduledTime - run.now;
    assert.ok(wait > 0 && wait < 10_000);
    pass(run, 10_000);
    assert.equal(dispatched(run), 1);
  });

  test('forgets its heartbeat if that is asked for', () => {
    const run = scheduled(retry(5));
    const first = start(run);
    beat(run, first);
    pause(run);
    fail(run, first);
    unpause(run, { resetHeartbeat: true });
    assert.deepEqual([pending(run).heartbeatDetails, pending(run).lastHeartbeatTime], [null, 0]);
  });
});

describe('pausing', () => {
  const code = (act: () => unknown) => {
    try {
      act();
      return 'OK';
    } catch (error) {
      return (error as { code: unknown }).code;
    }
  };
  const of = (requestId: string) => ({ ...asked, requestId });
  for (const { does, first, second, expected } of [
    { does: 'twice with the same request', first: of('r'), second: of('r'), expected: 'OK' },
    { does: 'twice without request ids', first: of(''), second: of(''), expected: 'OK' },
    { does: 'twice with other requests', first: of('r'), second: of('s'), expected: Code.FAILED_PRECONDITION },
  ])
    test(`${does} answers ${expected}`, () => {
      const run = scheduled();
      pause(run, byId, first);
      assert.equal(
        code(() => pause(run, byId, second)),
        expected,
      );
    });
  for (const [does, target, expected] of [
    ['an unknown id', { kind: 'id', activityId: 'x' }, Code.NOT_FOUND],
    ['an unknown type', { kind: 'type', activityType: 'X' }, Code.NOT_FOUND],
    ['a type', { kind: 'type', activityType: 'A' }, 'OK'],
  ] as const)
    test(`${does} answers ${expected}`, () => {
      const run = scheduled();
      assert.equal(
        code(() => pause(run, target)),
        expected,
      );
    });

  test('by type holds every activity of the type and no other', () => {
    const run = testRun();
    step(run, schedule(), schedule({ activityId: 'b' }), schedule({ activityId: 'c', activityType: { name: 'C' } }));
    pause(run, { kind: 'type', activityType: 'A' });
    assert.equal(dispatched(run), 1);
  });
});

describe('a reset activity', () => {
  test('that backs off begins again at once', () => {
    const run = scheduled(retry(5));
    fail(run, start(run));
    reset(run);
    assert.deepEqual([pending(run).attempt, dispatched(run), pending(run).reset], [1, 1, null]);
  });

  test('that a worker has for the first time tells the worker', () => {
    const run = scheduled(retry(5));
    const activity = start(run);
    reset(run, { resetHeartbeat: true });
    assert.deepEqual(beat(run, activity), { cancelRequested: false, activityPaused: false, activityReset: true });
    fail(run, activity);
    assert.deepEqual([pending(run).attempt, pending(run).heartbeatDetails, pending(run).reset], [2, null, null]);
  });

  test('that a worker has for the second time is no longer that worker’s', () => {
    const run = scheduled(retry(5));
    fail(run, start(run));
    pass(run, 2_000);
    const second = start(run);
    reset(run);
    assert.throws(() => beat(run, second), { code: Code.NOT_FOUND });
  });

  for (const keepPaused of [true, false])
    test(`that is paused ${keepPaused ? 'stays so if that is asked for' : 'is handed out'}`, () => {
      const run = scheduled();
      pause(run);
      reset(run, { keepPaused });
      assert.deepEqual([dispatched(run), pauseInfo(run) !== undefined], keepPaused ? [0, true] : [1, false]);
    });
});
