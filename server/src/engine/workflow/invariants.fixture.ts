import assert from 'node:assert/strict';
import { EventType } from '@perdure/api/enums';
import { History, type HistoryEvent } from '@perdure/api/history';
import type { WireTime } from '../../kernel/time.ts';
import type { Batch } from './conclude.ts';
import { allParts, deadlineOf, effectOf, type Part, touchedParts } from './derive.ts';
import type { Run } from './state.ts';
import { entrySize } from './state-size.ts';
import { type CollectionName, collection, type Transition } from './transition.ts';

/** What is true of every transition, whatever it does. */

const COLLECTIONS: readonly CollectionName[] = [
  'activities',
  'timers',
  'children',
  'externals',
  'updates',
  'pendingUpdates',
  'requests',
  'buffered',
  'fields',
  'callbacks',
];

/** The state at this moment and what follows from it. Values in it are frozen, so it cannot change behind our back. */
export const snapshot = (run: Run, now: number) => ({
  head: { ...run.head },
  activityIds: new Map(run.activityIds),
  stateSize: run.stateSize,
  collections: COLLECTIONS.map((name) => new Map(collection(run, name))),
  derived: derivedOf(run, now),
});

type Snapshot = ReturnType<typeof snapshot>;

/** The state is the one that it was. Values are never changed in place, so those that are the same are not looked into. */
export function checkUnchanged(run: Run, before: Snapshot, now: number): void {
  const same = (a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean =>
    a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
  const heads = [run.head, before.head].map((head) => new Map(Object.entries(head))) as [
    Map<unknown, unknown>,
    Map<unknown, unknown>,
  ];
  const isSame =
    same(...heads) &&
    run.stateSize === before.stateSize &&
    same(run.activityIds, before.activityIds) &&
    COLLECTIONS.every((name, n) => same(collection(run, name), before.collections[n] ?? new Map()));
  if (!isSame) assert.deepEqual(snapshot(run, now), before, 'rolled back, the state is as before');
}

/** From now on, to change a value in place throws. */
export function freezeValues(run: Run): void {
  freeze(run.head);
  freeze(run.started);
  for (const name of COLLECTIONS) for (const value of collection(run, name).values()) freeze(value);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

/** Ids have no gap, times do not go back, and a batch is an encoded `History`. */
export function checkBatches(
  { head }: Run,
  before: readonly HistoryEvent[],
  batches: readonly Batch[],
  sizeBefore: number,
): void {
  let expectedId = before.length + 1;
  let size = sizeBefore;
  let latest = before.at(-1)?.eventTime ?? { seconds: 0, nanos: 0 };
  for (const { firstEventId, count, bytes } of batches) {
    const { events } = History.decode(bytes);
    size += bytes.length;
    assert.deepEqual([firstEventId, count], [expectedId, events.length]);
    // Sorted, since fields are written in the order in which the engine names them.
    assert.deepEqual(bytes.toSorted(), History.encode({ events }).toSorted(), 'a batch is an encoded History');
    for (const { eventId, eventTime } of events) {
      assert.equal(eventId, expectedId++, 'ids have no gap');
      assert.ok(eventTime);
      assert.ok(toMs(eventTime) >= toMs(latest), `time does not go back at event ${eventId}`);
      latest = eventTime;
    }
  }
  assert.equal(head.nextEventId, expectedId);
  assert.equal(head.historySize, size, 'the size of history is the sum of what is stored');
}

/** The first event is the start, no other one is, and if there is one that closes the run it is the last. */
export function checkWhole({ head }: Run, history: readonly HistoryEvent[]): void {
  const starts = history.filter(({ workflowExecutionStartedEventAttributes: started }) => started !== null);
  assert.deepEqual(idsOf(starts), [1]);
  const closings = history.filter(({ eventType }) => CLOSING.has(eventType));
  assert.deepEqual(idsOf(closings), head.closeEventId === 0 ? [] : [history.length]);
  assert.ok(head.closeEventId === 0 || head.closeEventId === history.length, 'nothing comes after the end');
}

const idsOf = (events: readonly HistoryEvent[]): number[] => events.map(({ eventId }) => eventId);

const CLOSING: ReadonlySet<EventType> = new Set([
  EventType.WORKFLOW_EXECUTION_COMPLETED,
  EventType.WORKFLOW_EXECUTION_FAILED,
  EventType.WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.WORKFLOW_EXECUTION_CANCELED,
  EventType.WORKFLOW_EXECUTION_TERMINATED,
  EventType.WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
]);

/** What of a state cannot be together with what. */
export function checkShape(run: Run): void {
  const { head, activities, activityIds, timers, buffered, pendingUpdates, updates } = run;
  const sizes = COLLECTIONS.flatMap((name) =>
    [...collection(run, name).values()].map((value) => entrySize(name, value)),
  );
  const stateSize = sizes.reduce((sum, size) => sum + size, 0);
  assert.equal(run.stateSize, stateSize, 'the size of the state is the sum of its entries');
  const ids = [...activities.values()].map(({ activityId, scheduledEventId }) => [activityId, scheduledEventId]);
  assert.deepEqual(new Map(activityIds), new Map(ids as [string, number][]), 'activities are found by their ids');
  const heldBytes = [...buffered.values()].reduce((sum, { size }) => sum + size, 0);
  assert.equal(head.bufferedBytes, heldBytes);
  const completed = [...updates.values()].filter(({ completedEventId }) => completedEventId !== 0);
  assert.equal(head.completedUpdates, completed.length);
  const { workflowTask } = head;
  if (buffered.size > 0) assert.notEqual(workflowTask?.startedEventId ?? 0, 0, 'held back while a worker has the task');
  if (workflowTask?.recorded) assert.ok(!workflowTask.speculative, 'what is in history is not speculative');
  if (head.closeEventId === 0) return;
  const left = [workflowTask, head.runDeadline, head.executionDeadline, head.backoffUntil, head.sticky];
  assert.deepEqual(left, [null, null, null, null, null], 'a closed run wants nothing more');
  assert.deepEqual([activities.size, timers.size, buffered.size, pendingUpdates.size], [0, 0, 0, 0]);
}

/** The workflow hears of these without a task of their own: with the next one, or because it asked for them itself. */
const TELLS_NOTHING: ReadonlySet<EventType> = new Set([
  ...[EventType.WORKFLOW_TASK_SCHEDULED, EventType.WORKFLOW_TASK_STARTED, EventType.WORKFLOW_TASK_COMPLETED],
  ...[EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED, EventType.WORKFLOW_EXECUTION_PAUSED],
  ...[EventType.ACTIVITY_TASK_SCHEDULED, EventType.ACTIVITY_TASK_CANCEL_REQUESTED],
  ...[EventType.TIMER_STARTED, EventType.TIMER_CANCELED, EventType.MARKER_RECORDED],
  ...[EventType.START_CHILD_WORKFLOW_EXECUTION_INITIATED],
  ...[EventType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED],
  ...[EventType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED],
  ...[EventType.UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, EventType.WORKFLOW_PROPERTIES_MODIFIED],
  ...[EventType.WORKFLOW_EXECUTION_UPDATE_ACCEPTED, EventType.WORKFLOW_EXECUTION_UPDATE_COMPLETED],
]);

/** Whatever the workflow has not seen yet, it will: a task is open, unless the run is held. */
export function checkNothingForgotten({ head, pendingUpdates }: Run, history: readonly HistoryEvent[]): void {
  if (head.closeEventId !== 0 || head.workflowTask || head.pause || head.awaitsParent) return;
  assert.equal(pendingUpdates.size, 0, 'an update waits and no task is open');
  if (head.backoffUntil !== null) return;
  const unseen = history.slice(head.previousStartedEventId).filter(({ eventType }) => !TELLS_NOTHING.has(eventType));
  assert.deepEqual(idsOf(unseen), [], 'the workflow has not seen these and no task is open');
}

const toMs = ({ seconds, nanos }: WireTime): number => seconds * 1000 + nanos / 1e6;

export const partName = ({ name, key }: Part): string => (key === 0 ? name : `${name}/${key}`);

function derivedOf(run: Run, now: number) {
  return new Map(
    allParts(run).map((part) => [
      partName(part),
      { deadline: deadlineOf(run, part, now), effect: effectOf(run, part, now) },
    ]),
  );
}

const nothing = { deadline: null, effect: null };

/** A part that a transition did not touch has the deadline and the effect it had: the host asks for the others only. */
export function checkUntouched(t: Transition, before: Snapshot, now: number): void {
  const after = derivedOf(t.run, now);
  const touched = new Set(touchedParts(t).map(partName));
  for (const name of new Set([...before.derived.keys(), ...after.keys()])) {
    if (touched.has(name)) continue;
    assert.deepEqual(after.get(name) ?? nothing, before.derived.get(name) ?? nothing, name);
  }
}
