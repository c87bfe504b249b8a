import { activityDeadline, isAwaitingWorker } from './machines/activity.ts';
import { callbackDeadline, isCallbackDue } from './machines/callback.ts';
import { inheritedPriority } from './priority.ts';
import type { Priority, QueueRef, Run } from './state.ts';
import { fastForwardEnd } from './time-skipping.ts';
import type { CollectionName, Transition } from './transition.ts';

/**
 * What follows from a run's state: when it wants to be woken, and what is still to be done outside of it. Nothing here
 * is stored; after a restart it is derived again. Both are answered part by part, so that a transition costs what it
 * touched and not what the run holds.
 */
export type PartName = CollectionName | 'workflowTask' | 'run' | 'backoff' | 'parent' | 'timeSkipping';
export type PartKey = string | number;
export interface Part {
  readonly name: PartName;
  readonly key: PartKey;
}

/** How a task stands among the others of its queue. */
export interface TaskPriority {
  readonly priority: number;
  readonly fairnessKey: string;
  readonly fairnessWeight: number;
}

export type Effect =
  | ({
      readonly kind: 'dispatch-workflow-task';
      readonly queue: QueueRef;
      readonly scheduledEventId: number;
      readonly stamp: number;
      readonly scheduledTime: number;
    } & TaskPriority)
  | ({
      readonly kind: 'dispatch-activity';
      readonly taskQueue: string;
      readonly scheduledEventId: number;
      readonly stamp: number;
      readonly scheduledTime: number;
    } & TaskPriority)
  | { readonly kind: 'start-child'; readonly initiatedEventId: number }
  | { readonly kind: 'close-child'; readonly initiatedEventId: number }
  | { readonly kind: 'deliver-external'; readonly initiatedEventId: number }
  /** A new child asks its parent to record the start, then makes its first workflow task. */
  | { readonly kind: 'confirm-with-parent' }
  /** A closed child brings its result to its parent. */
  | { readonly kind: 'tell-parent' }
  /** Somebody outside is to be told how the run ended. */
  | { readonly kind: 'call-back'; readonly callback: number }
  /** A run that was asked to be deleted is closed, and nobody waits for anything of it. */
  | { readonly kind: 'delete-run' };

const DEFAULT_PRIORITY = 3;
const HEAD_PARTS: readonly Part[] = (['workflowTask', 'run', 'backoff', 'parent', 'timeSkipping'] as const).map(
  (name) => ({
    name,
    key: 0,
  }),
);

/** When this part wants the run to be woken (epoch ms), or null. */
export function deadlineOf(run: Run, { name, key }: Part, now: number): number | null {
  const { head } = run;
  switch (name) {
    case 'workflowTask': {
      const task = head.workflowTask;
      if (!task) return null;
      return task.startedEventId === 0 ? task.scheduleToStartDeadline : task.startedTime + task.startToCloseTimeout;
    }
    case 'run':
      return head.closeEventId === 0 ? earliest(head.runDeadline, head.executionDeadline) : null;
    case 'backoff':
      return head.closeEventId === 0 ? head.backoffUntil : null;
    case 'timeSkipping':
      return fastForwardEnd(run);
    case 'activities': {
      const activity = run.activities.get(key as number);
      return activity ? activityDeadline(activity, now) : null;
    }
    case 'callbacks': {
      const callback = run.callbacks.get(key as number);
      return callback ? callbackDeadline(callback, now) : null;
    }
    case 'timers':
      return run.timers.get(key as string)?.fireTime ?? null;
    default:
      return null;
  }
}

/** What is to be done outside of the run because of this part, or null. */
export function effectOf(run: Run, { name, key }: Part, now: number): Effect | null {
  switch (name) {
    case 'workflowTask':
      return workflowTaskEffect(run);
    case 'run':
      return isToBeDeleted(run) ? { kind: 'delete-run' } : null;
    case 'parent':
      if (run.head.parentToTell) return { kind: 'tell-parent' };
      return run.head.awaitsParent && run.head.closeEventId === 0 ? { kind: 'confirm-with-parent' } : null;
    case 'activities': {
      const activity = run.activities.get(key as number);
      if (!activity || run.head.pause || !isAwaitingWorker(activity, now)) return null;
      const { taskQueue, scheduledEventId, stamp, scheduledTime } = activity;
      const priority = priorityFor(inheritedPriority(run.head.priority, activity.priority));
      return { kind: 'dispatch-activity', taskQueue, scheduledEventId, stamp, ...priority, scheduledTime };
    }
    case 'children':
      return childEffect(run, key as number);
    case 'callbacks': {
      const callback = run.callbacks.get(key as number);
      return callback && isCallbackDue(callback, now) ? { kind: 'call-back', callback: key as number } : null;
    }
    case 'externals':
      return run.externals.has(key as number) ? { kind: 'deliver-external', initiatedEventId: key as number } : null;
    default:
      return null;
  }
}

function isToBeDeleted({ head, children, externals }: Run): boolean {
  if (!head.deleteRequested || head.closeEventId === 0 || head.parentToTell) return false;
  return children.size === 0 && externals.size === 0;
}

function workflowTaskEffect(run: Run): Effect | null {
  const task = run.head.workflowTask;
  if (task?.startedEventId !== 0) return null;
  const { queue, scheduledEventId, stamp, scheduledTime } = task;
  const priority = priorityFor(run.head.priority);
  return { kind: 'dispatch-workflow-task', queue, scheduledEventId, stamp, ...priority, scheduledTime };
}

/** With what a task queues up; what is left open is a priority of 3 and a weight of 1. */
function priorityFor(priority: Priority | null): TaskPriority {
  return {
    priority: priority?.priorityKey || DEFAULT_PRIORITY,
    fairnessKey: priority?.fairnessKey ?? '',
    fairnessWeight: priority?.fairnessWeight || 1,
  };
}

function childEffect(run: Run, initiatedEventId: number): Effect | null {
  switch (run.children.get(initiatedEventId)?.state) {
    case 'initiated':
      return { kind: 'start-child', initiatedEventId };
    case 'closing':
      return { kind: 'close-child', initiatedEventId };
    default:
      return null;
  }
}

const DERIVING: readonly CollectionName[] = ['activities', 'timers', 'children', 'externals', 'callbacks'];

/** Every part of a run that may have a deadline or an effect. */
export function allParts(run: Run): Part[] {
  const parts: Part[] = [...HEAD_PARTS];
  for (const name of DERIVING) for (const key of run[name].keys()) parts.push({ name, key });
  return parts;
}

/** The parts that a transition touched. */
export function touchedParts(t: Transition): Part[] {
  const parts: Part[] = [...HEAD_PARTS];
  for (const name of DERIVING) {
    const keys = t.dirty.get(name);
    if (keys) for (const key of keys) parts.push({ name, key });
  }
  return parts;
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
