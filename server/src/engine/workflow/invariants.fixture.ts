import assert from 'node:assert/strict';
import { History, type HistoryEvent } from '@perdure/api/history';
import type { WireTime } from '../../kernel/time.ts';
import type { Batch } from './conclude.ts';
import { allParts, deadlineOf, effectOf, type Part, touchedParts } from './derive.ts';
import type { Run } from './state.ts';
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
];

/** The state at this moment and what follows from it. Values in it are frozen, so it cannot change behind our back. */
export const snapshot = (run: Run, now: number) => ({
  head: { ...run.head },
  activityIds: new Map(run.activityIds),
  collections: COLLECTIONS.map((name) => new Map(collection(run, name))),
  derived: derivedOf(run, now),
});

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
export function checkBatches({ head }: Run, before: readonly HistoryEvent[], batches: readonly Batch[]): void {
  let expectedId = before.length + 1;
  let latest = before.at(-1)?.eventTime ?? { seconds: 0, nanos: 0 };
  for (const { firstEventId, count, bytes } of batches) {
    const { events } = History.decode(bytes);
    assert.deepEqual([firstEventId, count], [expectedId, events.length]);
    assert.deepEqual(Buffer.from(bytes), Buffer.from(History.encode({ events })), 'a batch is an encoded History');
    for (const { eventId, eventTime } of events) {
      assert.equal(eventId, expectedId++, 'ids have no gap');
      assert.ok(eventTime);
      assert.ok(toMs(eventTime) >= toMs(latest), `time does not go back at event ${eventId}`);
      latest = eventTime;
    }
  }
  assert.equal(head.nextEventId, expectedId);
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
export function checkUntouched(t: Transition, before: ReturnType<typeof snapshot>, now: number): void {
  const after = derivedOf(t.run, now);
  const touched = new Set(touchedParts(t).map(partName));
  for (const name of new Set([...before.derived.keys(), ...after.keys()])) {
    if (touched.has(name)) continue;
    assert.deepEqual(after.get(name) ?? nothing, before.derived.get(name) ?? nothing, name);
  }
}
