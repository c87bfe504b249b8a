import { isOpen } from './close.ts';
import { effectOf, type Part } from './derive.ts';
import { isAwaitingWorker } from './machines/activity.ts';
import type { Run } from './state.ts';

/** What a run is in the middle of, because of one of its parts: while there is any, time is not skipped. */
export type Awaited =
  /** A workflow task or an activity that a worker has, or is to get. */
  | {
      readonly kind: 'workflow-task' | 'activity';
      /** '' for a workflow task. */
      readonly activityId: string;
      readonly activityType: string;
      readonly taskQueue: string;
      readonly with: 'a worker' | 'nobody yet';
      readonly attempt: number;
      /** Since when (epoch ms) the worker has it, or it waits for one. */
      readonly since: number;
      /** Why the attempt before came to nothing, if that is known. */
      readonly problem: string;
    }
  /** Something that the server has still to do to another run, or with this one. */
  | { readonly kind: 'other-run'; readonly doing: string };

/** What has to end before time may be skipped, or null. A back-off is nothing of the kind: it is what is skipped. */
export function awaitedOf(run: Run, part: Part, now: number): Awaited | null {
  switch (part.name) {
    case 'workflowTask':
      return isOpen(run) ? workflowTask(run) : null;
    case 'activities':
      return activity(run, part.key as number, now);
    default: {
      const effect = effectOf(run, part, now);
      return effect && { kind: 'other-run', doing: effect.kind };
    }
  }
}

function workflowTask({ head }: Run): Awaited | null {
  const task = head.workflowTask;
  if (!task) return null;
  const taken = task.startedEventId !== 0;
  return {
    kind: 'workflow-task',
    activityId: '',
    activityType: '',
    taskQueue: task.queue.name,
    with: taken ? 'a worker' : 'nobody yet',
    attempt: task.attempt,
    since: taken ? task.startedTime : task.scheduledTime,
    problem: head.taskProblem ? `${head.taskProblem.category} ${head.taskProblem.cause}` : '',
  };
}

function activity({ activities, head }: Run, scheduledEventId: number, now: number): Awaited | null {
  const pending = activities.get(scheduledEventId);
  if (!pending) return null;
  const taken = pending.state === 'started';
  if (!taken && (head.pause !== null || !isAwaitingWorker(pending, now))) return null;
  return {
    kind: 'activity',
    activityId: pending.activityId,
    activityType: pending.activityType,
    taskQueue: pending.taskQueue,
    with: taken ? 'a worker' : 'nobody yet',
    attempt: pending.attempt,
    since: taken ? pending.startedTime : pending.scheduledTime,
    problem: '',
  };
}
