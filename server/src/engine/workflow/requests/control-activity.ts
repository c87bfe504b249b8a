import { failedPrecondition, notFound } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { activityOfId } from '../machines/activity.ts';
import type { Resetting, Unpausing } from '../machines/activity-control.ts';
import { pauseActivity, resetActivity, unpauseActivity } from '../machines/activity-control.ts';
import type { Activity } from '../state.ts';
import type { Transition } from '../transition.ts';
import type { PauseRequest } from './pause-run.ts';

/** Which of a run's pending activities an operator means. */
export type ActivityTarget =
  | { readonly kind: 'id'; readonly activityId: string }
  | { readonly kind: 'type'; readonly activityType: string }
  | { readonly kind: 'all' };

/** The pending activities that are meant. Throws NOT_FOUND when there are none, or the run is closed. */
export function targetedActivities(t: Transition, target: ActivityTarget): readonly Activity[] {
  if (!isOpen(t.run)) throw notFound('workflow execution already completed');
  const found = pendingActivities(t, target);
  if (found.length === 0)
    throw notFound("Can't find pending activity with such ID. Invalid activityID or activity already completed");
  return found;
}

function pendingActivities({ run }: Transition, target: ActivityTarget): readonly Activity[] {
  if (target.kind !== 'id') {
    const all = [...run.activities.values()];
    return target.kind === 'all' ? all : all.filter(({ activityType }) => activityType === target.activityType);
  }
  const activity = activityOfId(run, target.activityId);
  return activity ? [activity] : [];
}

/**
 * Holds activities. The same request twice is one. Throws NOT_FOUND when none is pending, FAILED_PRECONDITION when one
 * of them is paused already. Reference: history/api/pauseactivity.
 */
export function pauseActivities(t: Transition, target: ActivityTarget, request: PauseRequest): void {
  const { identity, reason, requestId } = request;
  for (const activity of targetedActivities(t, target)) {
    if (!activity.pause) pauseActivity(t, activity, { time: t.now, identity, reason, requestId });
    else if (activity.pause.requestId !== requestId) throw failedPrecondition('activity is already paused');
  }
}

/** Lets paused activities go on; those that are not paused are left alone. Throws NOT_FOUND when none is pending. */
export function unpauseActivities(t: Transition, target: ActivityTarget, unpausing: Unpausing): void {
  for (const activity of targetedActivities(t, target)) if (activity.pause) unpauseActivity(t, activity, unpausing);
}

/** Lets activities begin again at attempt 1. Throws NOT_FOUND when none is pending. */
export function resetActivities(t: Transition, target: ActivityTarget, resetting: Resetting): void {
  for (const activity of targetedActivities(t, target)) resetActivity(t, activity, resetting);
}
