import { retryInterval } from '../../../kernel/retry.ts';
import { notePauses } from '../pause-info.ts';
import type { Activity, ActivityOptions, Pause } from '../state.ts';
import type { Transition } from '../transition.ts';
import { put } from '../transition.ts';
import { afterReset } from './activity.ts';

/**
 * What operators do to a pending activity from outside. None of it is in history.
 *
 *   done to an activity that is   waiting or backing off          with a worker
 *   pause                         held                            told with its heartbeat; its next attempt is held
 *   unpause                       handed out, after the jitter    goes on
 *   reset                         attempt 1, handed out           attempt 1: of a later attempt the token is worth nothing
 *   change options                hold at once, the back-off too  the timeouts hold at once, the rest from the next attempt
 *
 * What is handed out anew has lost the failure of the attempt before it. Reference: history/workflow (activity).
 */
export function pauseActivity(t: Transition, activity: Activity, pause: Pause): void {
  // The task that may wait in a queue is stale; an attempt that is under way may end.
  const stamp = activity.state === 'scheduled' ? activity.stamp + 1 : activity.stamp;
  put(t, 'activities', activity.scheduledEventId, { ...activity, stamp, pause });
  notePauses(t);
}

export interface Unpausing {
  readonly resetAttempts: boolean;
  readonly resetHeartbeat: boolean;
  /** The next attempt waits for a random time below this (ms). */
  readonly jitter: number;
}

export function unpauseActivity(
  t: Transition,
  activity: Activity,
  { resetAttempts, resetHeartbeat, jitter }: Unpausing,
): void {
  const unpaused: Activity = {
    ...activity,
    pause: null,
    stamp: activity.stamp + 1,
    ...(resetAttempts && { attempt: 1 }),
    ...(resetHeartbeat && withoutHeartbeat),
  };
  const isWaiting = unpaused.state === 'scheduled';
  put(t, 'activities', activity.scheduledEventId, isWaiting ? handedOut(unpaused, soon(t, jitter)) : unpaused);
  notePauses(t);
}

export interface Resetting {
  readonly resetHeartbeat: boolean;
  readonly keepPaused: boolean;
  readonly restoreOriginalOptions: boolean;
  /** As in `Unpausing`. */
  readonly jitter: number;
}

export function resetActivity(t: Transition, activity: Activity, resetting: Resetting): void {
  const { resetHeartbeat, keepPaused, restoreOriginalOptions, jitter } = resetting;
  const reset: Activity = {
    ...activity,
    attempt: 1,
    stamp: activity.stamp + 1,
    reset: resetHeartbeat || activity.reset === 'attempts-and-heartbeat' ? 'attempts-and-heartbeat' : 'attempts',
    pause: keepPaused ? activity.pause : null,
    ...(restoreOriginalOptions && restored(activity)),
  };
  const isWaiting = reset.state === 'scheduled' && reset.pause === null;
  put(t, 'activities', activity.scheduledEventId, isWaiting ? handedOut(reset, soon(t, jitter)) : reset);
  if (activity.pause !== reset.pause) notePauses(t);
}

/** Null brings back the options that it was scheduled with. Returns the activity as it is now. */
export function changeActivityOptions(t: Transition, activity: Activity, options: ActivityOptions | null): Activity {
  const stamped: Activity = { ...activity, stamp: activity.stamp + 1 };
  let changed: Activity = options
    ? { ...stamped, ...options, originalOptions: activity.originalOptions ?? optionsOf(activity) }
    : { ...stamped, ...restored(activity) };
  if (changed.state === 'scheduled') changed = handedOut(changed, backoffEnd(changed));
  put(t, 'activities', activity.scheduledEventId, changed);
  return changed;
}

export const optionsOf = ({
  taskQueue,
  retryPolicy,
  priority,
  scheduleToStartTimeout,
  scheduleToCloseTimeout,
  startToCloseTimeout,
  heartbeatTimeout,
}: ActivityOptions): ActivityOptions => ({
  taskQueue,
  retryPolicy,
  priority,
  scheduleToStartTimeout,
  scheduleToCloseTimeout,
  startToCloseTimeout,
  heartbeatTimeout,
});

const restored = ({ originalOptions }: Activity): Partial<Activity> =>
  originalOptions ? { ...originalOptions, originalOptions: null } : {};

const withoutHeartbeat = { heartbeatDetails: null, lastHeartbeatTime: 0 };

/** A waiting activity, to be handed out at that time. */
const handedOut = (activity: Activity, scheduledTime: number): Activity => ({
  ...activity,
  scheduledTime,
  lastFailure: null,
  lastWorkerIdentity: activity.identity,
  ...afterReset(activity),
});

const soon = (t: Transition, jitter: number): number =>
  t.now + (jitter > 0 ? Math.floor(t.random.float() * jitter) : 0);

/** When the next attempt is due by the activity's policy; the first one is due since it was scheduled. */
function backoffEnd({ attempt, retryPolicy, lastAttemptCompleteTime, scheduledTime }: Activity): number {
  if (attempt === 1 || retryPolicy === null || lastAttemptCompleteTime === null) return scheduledTime;
  return lastAttemptCompleteTime + retryInterval(retryPolicy, attempt - 1);
}
