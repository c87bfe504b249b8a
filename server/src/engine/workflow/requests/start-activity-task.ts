import { startActivity } from '../machines/activity.ts';
import type { Activity, Run } from '../state.ts';
import type { Transition } from '../transition.ts';

/** What a queue knows of a task: it may have been left there from an attempt that is over. */
export interface ActivityTaskReference {
  readonly scheduledEventId: number;
  readonly stamp: number;
}

/** The activity whose task this is, if it still waits for a worker. */
export function waitingActivity(run: Run, { scheduledEventId, stamp }: ActivityTaskReference): Activity | null {
  const activity = run.activities.get(scheduledEventId);
  const isWaiting = activity?.state === 'scheduled' && activity.stamp === stamp;
  return isWaiting && activity.pause === null && run.head.pause === null ? activity : null;
}

/** A worker polled the task. Returns null, and changes nothing, when it is not wanted any more. */
export function startActivityTask(t: Transition, reference: ActivityTaskReference, identity: string): Activity | null {
  const activity = waitingActivity(t.run, reference);
  return activity && startActivity(t, activity, t.random.uuid(), identity);
}

/** Starts what the worker that completes its workflow task wants to run itself. What was cancelled since is left out. */
export function startEagerActivities(
  t: Transition,
  scheduledEventIds: readonly number[],
  identity: string,
): Activity[] {
  const started: Activity[] = [];
  for (const id of scheduledEventIds) {
    const activity = t.run.activities.get(id);
    if (activity) started.push(startActivity(t, activity, t.random.uuid(), identity));
  }
  return started;
}
