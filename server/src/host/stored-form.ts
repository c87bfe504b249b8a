import { deserialize, serialize } from 'node:v8';
import { History } from '@perdure/api/history';
import { emptyRun } from '../engine/workflow/create.ts';
import { emptyEntries, emptyHead, emptyWorkflowTask } from '../engine/workflow/empty.ts';
import type { Head, Run, WorkflowTask } from '../engine/workflow/state.ts';
import { type CollectionName, collection, setEntry } from '../engine/workflow/transition.ts';
import { fromTimestamp } from '../kernel/time.ts';
import type { EntryWrite, StoredRun } from '../storage/contract.ts';

/**
 * How a run's state looks in storage: the head and every entry of a collection as a value of its own, in the form of
 * the structured clone algorithm, which Node reads back in every later version. Fields that are as in `empty.ts` are left
 * out, as most are, and those that were added later have their value from there too. Those values, and the numbers of
 * the kinds, are thereby on disk: they may be added to, never changed.
 */
const KINDS: readonly (readonly [number, keyof typeof emptyEntries])[] = [
  [1, 'activities'],
  [2, 'timers'],
  [3, 'children'],
  [4, 'externals'],
  [5, 'updates'],
  [6, 'requests'],
  [7, 'buffered'],
  [8, 'fields'],
  [9, 'callbacks'],
];
const kindOf = new Map<CollectionName, number>(KINDS.map(([kind, name]) => [name, kind]));
const nameOf = new Map(KINDS);
const numericKeys: ReadonlySet<CollectionName> = new Set([
  'activities',
  'children',
  'externals',
  'buffered',
  'callbacks',
]);

/** A speculative workflow task is not stored: after a crash its updates are asked for again. */
export function storedHead(head: Head): Uint8Array {
  const { workflowTask, abandonedTask, abandonedActivities, abandonedChildren } = head;
  const stored = whatDiffers(head, emptyHead);
  if (workflowTask) stored['workflowTask'] = workflowTask.speculative ? null : storedTask(workflowTask);
  if (abandonedTask) stored['abandonedTask'] = storedTask(abandonedTask);
  if (abandonedActivities.length > 0)
    stored['abandonedActivities'] = abandonedActivities.map((each) => whatDiffers(each, emptyEntries.activities));
  if (abandonedChildren.length > 0)
    stored['abandonedChildren'] = abandonedChildren.map((each) => whatDiffers(each, emptyEntries.children));
  return serialize(stored);
}

const storedTask = (task: WorkflowTask) => whatDiffers(task, emptyWorkflowTask);

function whatDiffers<T extends object>(value: T, empty: T): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const name in value) if (value[name] !== empty[name]) stored[name] = value[name];
  return stored;
}

/** The entry as it now is, or its removal; null when it lives in memory only. */
export function storedEntry(run: Run, name: CollectionName, key: string | number): EntryWrite | null {
  if (name === 'pendingUpdates') return null;
  const kind = kindOf.get(name);
  if (kind === undefined) throw new Error(`${name} is not stored`);
  const value = collection(run, name).get(key);
  if (value === undefined) return { kind, key: String(key), value: null };
  return { kind, key: String(key), value: serialize(whatDiffers(value as object, emptyEntries[name])) };
}

/** The run as it was when it was last stored. */
export function readRun(stored: StoredRun): Run {
  const [first] = History.decode(stored.firstBatch).events;
  const started = first?.workflowExecutionStartedEventAttributes;
  if (!first || !started) throw new Error(`history of ${stored.key.runId} does not begin with a start`);
  const run = emptyRun(stored.key, started, fromTimestamp(first.eventTime) ?? 0, readHead(stored.head.value));
  for (const { kind, key, value } of stored.entries) {
    const name = nameOf.get(kind);
    if (!name) throw new Error(`entry of unknown kind ${kind}`);
    const entry: unknown = { ...emptyEntries[name], ...deserialize(value) };
    setEntry(run, name, numericKeys.has(name) ? Number(key) : key, entry);
  }
  for (const name of numericKeys) sortByKey(collection(run, name) as Map<number, unknown>);
  for (const { activityId, scheduledEventId } of run.activities.values())
    run.activityIds.set(activityId, scheduledEventId);
  return run;
}

function readHead(value: Uint8Array): Head {
  const head: Head = { ...emptyHead, ...deserialize(value) };
  const whole = (task: WorkflowTask | null) => task && { ...emptyWorkflowTask, ...task };
  return {
    ...head,
    workflowTask: whole(head.workflowTask),
    abandonedTask: whole(head.abandonedTask),
    abandonedActivities: allWhole(head.abandonedActivities, emptyEntries.activities),
    abandonedChildren: allWhole(head.abandonedChildren, emptyEntries.children),
  };
}

/** An empty list stays the one of `empty.ts`, and is left out again the next time. */
const allWhole = <T extends object>(stored: readonly T[], empty: T): readonly T[] =>
  stored.length === 0 ? stored : stored.map((each) => ({ ...empty, ...each }));

/** Storage has the keys as text, `10` before `9`; what came first is to come first again. */
function sortByKey(map: Map<number, unknown>): void {
  if (map.size < 2) return;
  const entries = [...map].sort(([a], [b]) => a - b);
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
