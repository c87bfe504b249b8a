import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History } from '@perdure/api/history';
import { batchesBefore, eventPlaces } from './event-places.ts';

const batch = (firstEventId: number, ...sizes: number[]) => ({
  firstEventId,
  bytes: History.encode({
    events: sizes.map((size, index) => ({ eventId: firstEventId + index, userMetadata: new Uint8Array(size) })),
  }),
});
const ids = (bytes: Uint8Array) => History.decode(bytes).events.map(({ eventId }) => eventId);

test('events are found by their lengths, whatever these take', () => {
  const { bytes } = batch(1, 0, 300, 70_000);
  const places = eventPlaces(bytes);
  assert.equal(places.length, 3);
  assert.equal(places.at(-1)?.end, bytes.length);
  assert.deepEqual(eventPlaces(new Uint8Array(0)), []);
});

test('history is cut before an event, inside a batch or between two', () => {
  const batches = [batch(1, 10, 200), batch(3, 5, 5, 5), batch(6, 1)];
  const cut = (eventId: number) => batchesBefore(batches, eventId).map(({ bytes }) => ids(bytes));
  assert.deepEqual(cut(7), [[1, 2], [3, 4, 5], [6]]);
  assert.deepEqual(cut(6), [
    [1, 2],
    [3, 4, 5],
  ]);
  assert.deepEqual(cut(4), [[1, 2], [3]]);
  assert.deepEqual(cut(2), [[1]]);
  assert.deepEqual(
    batchesBefore(batches, 5).map(({ firstEventId, count }) => [firstEventId, count]),
    [
      [1, 2],
      [3, 2],
    ],
  );
});
