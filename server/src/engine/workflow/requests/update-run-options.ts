import { EventType } from '@perdure/api/enums';
import { notFound } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { addEvent } from '../events.ts';
import type { Priority } from '../state.ts';
import type { Transition } from '../transition.ts';
import { put } from '../transition.ts';

const PRIORITY_FIELDS = ['priorityKey', 'fairnessKey', 'fairnessWeight'] as const;
const noPriority: Priority = { priorityKey: 0, fairnessKey: '', fairnessWeight: 0 };

/**
 * Changes the priority of a run, and of the tasks of it that wait in queues. `fields`: what of it to take, in camel case,
 * `priority` or parts of it. Returns what holds now; nothing is written when that is what held before.
 * Throws NOT_FOUND when the run is closed. Reference: history/api/updateworkflowoptions.
 */
export function updateRunPriority(
  t: Transition,
  given: Priority | null,
  fields: ReadonlySet<string>,
  identity: string,
): Priority | null {
  const { head } = t.run;
  if (!isOpen(t.run)) throw notFound('workflow execution already completed');
  const priority = merged(head.priority, given, fields);
  if (same(head.priority, priority)) return priority;
  head.priority = priority;
  addEvent(t, EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, {
    workerMayIgnore: true,
    workflowExecutionOptionsUpdatedEventAttributes: { identity, priority, unsetVersioningOverride: true },
  });
  renewTasks(t);
  return priority;
}

function merged(current: Priority | null, given: Priority | null, fields: ReadonlySet<string>): Priority | null {
  const base = fields.has('priority') ? given : current;
  const named = PRIORITY_FIELDS.filter((name) => fields.has(`priority.${name}`));
  if (named.length === 0) return base;
  return { ...noPriority, ...base, ...Object.fromEntries(named.map((name) => [name, (given ?? noPriority)[name]])) };
}

function same(a: Priority | null, b: Priority | null): boolean {
  if (!a || !b) return a === b;
  return PRIORITY_FIELDS.every((name) => a[name] === b[name]);
}

/** What waits in a queue goes there again, with the new priority. */
function renewTasks(t: Transition): void {
  const { head, activities } = t.run;
  const task = head.workflowTask;
  if (task?.startedEventId === 0) head.workflowTask = { ...task, stamp: ++head.workflowTaskStamp };
  for (const [id, activity] of activities)
    if (activity.state === 'scheduled') put(t, 'activities', id, { ...activity, stamp: activity.stamp + 1 });
}
