import { invalidArgument, notFound } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { activityOfId } from '../machines/activity.ts';
import type { Activity } from '../state.ts';
import type { Transition } from '../transition.ts';

/** What a request says of the activity it is about: the attempt that a task token stands for, or just the activity's id. */
export type ActivityReference = ActivityAttempt | ActivityById;

export interface ActivityAttempt {
  readonly kind: 'attempt';
  readonly scheduledEventId: number;
  readonly attempt: number;
  readonly startedTime: number;
}

export interface ActivityById {
  readonly kind: 'id';
  readonly activityId: string;
}

export const activityNotFound = () =>
  notFound('invalid activityID or activity already timed out or invoking workflow is completed');

/** The pending activity that is meant. Throws NOT_FOUND if it is over, or the attempt is. */
export function pendingActivity(t: Transition, reference: ActivityReference): Activity {
  if (!isOpen(t.run)) throw notFound('workflow execution already completed');
  if (reference.kind === 'id') return activityById(t, reference.activityId);
  const activity = t.run.activities.get(reference.scheduledEventId);
  const same =
    activity?.state === 'started' &&
    activity.attempt === reference.attempt &&
    activity.startedTime === reference.startedTime;
  if (!same) throw activityNotFound();
  return activity;
}

/** The same, and a worker has it. */
export function startedActivity(t: Transition, reference: ActivityReference): Activity {
  const activity = pendingActivity(t, reference);
  if (activity.state !== 'started') throw activityNotFound();
  return activity;
}

function activityById(t: Transition, activityId: string): Activity {
  if (activityId === '') throw invalidArgument('activityID cannot be empty');
  const activity = activityOfId(t.run, activityId);
  if (!activity)
    throw notFound(
      `cannot find pending activity with ActivityID ${activityId}, check workflow execution history for more details`,
    );
  return activity;
}
