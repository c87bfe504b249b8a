import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PendingActivityState } from '@perdure/api/enums';
import { toTimestamp } from '../../kernel/time.ts';
import { pendingActivityInfo } from './describe-activity.ts';
import {
  attempt,
  boom,
  details,
  fail,
  pending,
  retry,
  scheduled,
  seconds,
  start,
} from './machines/activity.fixture.ts';
import { heartbeatActivityTask } from './requests/heartbeat-activity-task.ts';
import type { Tested } from './testing.ts';
import { change, pass, START } from './testing.ts';

const shown = (run: Tested) => pendingActivityInfo(pending(run), run.now);

describe('a pending activity is shown', () => {
  test('waiting for a worker, with its options and its end', () => {
    const info = shown(scheduled({ scheduleToCloseTimeout: seconds(60), ...retry(3) }));
    assert.equal(info.state, PendingActivityState.SCHEDULED);
    assert.deepEqual([info.attempt, info.maximumAttempts], [1, 3]);
    assert.deepEqual(info.expirationTime, toTimestamp(START + 60_000));
    assert.deepEqual([info.lastStartedTime, info.nextAttemptScheduleTime], [null, null]);
    assert.deepEqual(info.activityOptions?.taskQueue, { name: 'activities', normalName: 'activities' });
  });

  test('with a worker, as of its last heartbeat', () => {
    const run = scheduled();
    const activity = start(run);
    pass(run, 1_000);
    change(run, (t) => heartbeatActivityTask(t, attempt(activity), { details, identity: 'worker' }));
    const info = shown(run);
    assert.equal(info.state, PendingActivityState.STARTED);
    assert.deepEqual(info.lastStartedTime, toTimestamp(START));
    assert.deepEqual(info.lastHeartbeatTime, toTimestamp(START + 1_000));
    assert.deepEqual([info.heartbeatDetails, info.lastWorkerIdentity], [details, 'worker']);
  });

  test('backing off, until the next attempt is due', () => {
    const run = scheduled(retry(0));
    fail(run, start(run));
    const info = shown(run);
    assert.deepEqual([info.state, info.attempt, info.lastFailure], [PendingActivityState.SCHEDULED, 2, boom()]);
    assert.deepEqual(info.nextAttemptScheduleTime, toTimestamp(START + 2_000));
    assert.deepEqual(info.currentRetryInterval, seconds(2));
    pass(run, 2_000);
    assert.equal(shown(run).nextAttemptScheduleTime, null);
  });
});
