import assert from 'node:assert/strict';
import type { Init } from '@perdure/api';
import type { ScheduleActivityTaskCommandAttributes } from '@perdure/api/command';
import { CommandType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { failActivityTask } from '../requests/fail-activity-task.ts';
import { startActivityTask } from '../requests/start-activity-task.ts';
import type { Activity } from '../state.ts';
import type { Tested } from '../testing.ts';
import { change, command, step, testRun } from '../testing.ts';

/** The words that the tests of activities share. The activity under test is the one that event 5 has scheduled. */

export const seconds = (s: number) => ({ seconds: s, nanos: 0 });
export const details = new TextEncoder().encode('details');

export const schedule = (more: Init<ScheduleActivityTaskCommandAttributes> = {}) =>
  command(CommandType.SCHEDULE_ACTIVITY_TASK, {
    scheduleActivityTaskCommandAttributes: {
      activityId: 'a',
      activityType: { name: 'A' },
      taskQueue: { name: 'activities' },
      startToCloseTimeout: seconds(10),
      ...more,
    },
  });
export const cancel = (scheduledEventId = 5) =>
  command(CommandType.REQUEST_CANCEL_ACTIVITY_TASK, {
    requestCancelActivityTaskCommandAttributes: { scheduledEventId },
  });

/** A run whose event 5 has scheduled an activity. */
export function scheduled(more: Init<ScheduleActivityTaskCommandAttributes> = {}): Tested {
  const run = testRun();
  step(run, schedule(more));
  return run;
}

export const pending = ({ run }: Tested): Activity => {
  const activity = run.activities.get(5);
  assert.ok(activity);
  return activity;
};
export function start(run: Tested): Activity {
  const { scheduledEventId, stamp } = pending(run);
  const activity = change(run, (t) => startActivityTask(t, { scheduledEventId, stamp }, 'worker'));
  assert.ok(activity);
  return activity;
}
export const attempt = ({ scheduledEventId, attempt, startedTime }: Activity) =>
  ({ kind: 'attempt', scheduledEventId, attempt, startedTime }) as const;
export const boom = (info: Init<NonNullable<Failure['applicationFailureInfo']>> = {}) =>
  Failure.encode({ message: 'boom', applicationFailureInfo: { type: 'Boom', ...info } });
export const fail = (run: Tested, activity: Activity, failure: Uint8Array | null = boom()) =>
  change(run, (t) =>
    failActivityTask(t, attempt(activity), { failure, lastHeartbeatDetails: null, identity: 'worker' }),
  );
export const retry = (maximumAttempts: number, more = {}) => ({
  retryPolicy: { initialInterval: seconds(2), backoffCoefficient: 2, maximumAttempts, ...more },
});
