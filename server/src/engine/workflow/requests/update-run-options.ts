import type { TimeSkippingConfig } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import { VersioningOverride } from '@perdure/api/workflow';
import { invalidArgument, notFound } from '../../../kernel/errors.ts';
import { isOpen } from '../close.ts';
import { addEvent } from '../events.ts';
import type { Priority } from '../state.ts';
import { configureTimeSkipping } from '../time-skipping.ts';
import type { Transition } from '../transition.ts';
import { put } from '../transition.ts';
import { inTodaysForm } from '../versioning-override.ts';

const PRIORITY_FIELDS = ['priorityKey', 'fairnessKey', 'fairnessWeight'] as const;
const noPriority: Priority = { priorityKey: 0, fairnessKey: '', fairnessWeight: 0 };

/** What of a run can be changed while it runs. */
export interface RunOptions {
  readonly priority: Priority | null;
  readonly versioningOverride: VersioningOverride | null;
  readonly timeSkippingConfig?: TimeSkippingConfig | null;
}

/**
 * Changes options of a run, and the tasks of it that wait in queues. `fields`: which of those given to take, in camel
 * case; of the priority also parts. Returns what holds now; nothing is written when that is what held before.
 * Throws NOT_FOUND when the run is closed, INVALID_ARGUMENT for a part of an override.
 * Reference: history/api/updateworkflowoptions.
 */
export function updateRunOptions(
  t: Transition,
  given: RunOptions,
  fields: ReadonlySet<string>,
  identity: string,
): RunOptions {
  const { head } = t.run;
  if (!isOpen(t.run)) throw notFound('workflow execution already completed');
  const priority = merged(head.priority, given.priority, fields);
  const replaces = replacesOverride(fields);
  const asked = replaces ? given.versioningOverride : head.versioningOverride;
  const versioningOverride = asked && inTodaysForm(asked);
  const samePriority = same(head.priority, priority);
  const skipsAnew = fields.has('timeSkippingConfig');
  const timeSkippingConfig = (skipsAnew ? given.timeSkippingConfig : head.timeSkipping?.config) ?? null;
  const now = { priority, versioningOverride, timeSkippingConfig };
  if (samePriority && sameOverride(head.versioningOverride, versioningOverride) && !skipsAnew) return now;
  addEvent(t, EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, {
    workerMayIgnore: true,
    workflowExecutionOptionsUpdatedEventAttributes: {
      identity,
      priority,
      versioningOverride: asked,
      unsetVersioningOverride: asked === null,
      ...(skipsAnew && { timeSkippingConfig, timeSkippingConfigUpdated: true }),
    },
  });
  applyOptions(t, now);
  if (skipsAnew) configureTimeSkipping(t, timeSkippingConfig);
  renewTasks(t);
  return now;
}

/** From now on these hold. */
export function applyOptions({ run: { head } }: Transition, { priority, versioningOverride }: RunOptions): void {
  head.priority = priority;
  head.versioningOverride = versioningOverride && inTodaysForm(versioningOverride);
}

/** The old form of an override had two fields, which only make sense together. */
function replacesOverride(fields: ReadonlySet<string>): boolean {
  const parts = [fields.has('versioningOverride.behavior'), fields.has('versioningOverride.deployment')];
  if (parts[0] !== parts[1])
    throw invalidArgument('error applying update_options: versioning_override fields must be updated together');
  return fields.has('versioningOverride') || parts[0] === true;
}

const sameOverride = (a: VersioningOverride | null, b: VersioningOverride | null): boolean =>
  a && b ? Buffer.compare(VersioningOverride.encode(a), VersioningOverride.encode(b)) === 0 : a === b;

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
