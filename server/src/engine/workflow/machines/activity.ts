import type { Activity } from '../state.ts';

/** When a pending activity next wants to be looked at (epoch ms), or null. */
export function activityDeadline(_activity: Activity, _now: number): number | null {
  return null;
}

/** True while the attempt is due and no worker has it. */
export function isAwaitingWorker(activity: Activity, now: number): boolean {
  return activity.state === 'scheduled' && activity.scheduledTime <= now;
}

/** An activity's deadline has come: a timeout, or the end of a back-off. */
export function activityDue(_t: import('../transition.ts').Transition, _scheduledEventId: number): void {}
