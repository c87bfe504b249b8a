import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventType } from '@perdure/api/enums';
import { History } from '@perdure/api/history';
import type { HistoryBatch, Storage } from '../storage/contract.ts';
import type { Loaded } from './loaded.ts';
import { createEventReader } from './read-event.ts';

/** A batch of so many events, each as large as told. */
function batchOf(firstEventId: number, count: number, bytes = 1): HistoryBatch & { readonly count: number } {
  const events = Array.from({ length: count }, (_, index) => ({
    eventId: firstEventId + index,
    eventType: EventType.MARKER_RECORDED,
    markerRecordedEventAttributes: { markerName: 'x'.repeat(bytes) },
  }));
  return { firstEventId, count, bytes: History.encode({ events: events.map((event) => event) }) };
}

function storageOf(...batches: HistoryBatch[]) {
  const asked: number[] = [];
  const readHistory: Storage['readHistory'] = async (_key, fromEventId) => {
    asked.push(fromEventId);
    return batches.filter((batch) => batch.firstEventId <= fromEventId).slice(-1);
  };
  return { storage: { readHistory } as Storage, asked };
}

const loadedWith = (runId: string, ...tail: HistoryBatch[]): Loaded =>
  ({ run: { key: { namespaceId: 'n', workflowId: 'w', runId } }, tail }) as unknown as Loaded;

describe('reading one event', () => {
  test('that is among the newest needs no waiting', () => {
    const { storage, asked } = storageOf();
    const { read } = createEventReader(storage);
    const loaded = loadedWith('r', batchOf(5, 3, 200), batchOf(8, 1, 20_000), batchOf(9, 2));
    for (const eventId of [5, 6, 7, 8, 9, 10]) {
      const event = read(loaded, eventId);
      assert.ok(!(event instanceof Promise));
      assert.equal(event.eventId, eventId);
    }
    assert.deepEqual(asked, []);
  });

  test('that is older reads its batch, once for all of its events', async () => {
    const { storage, asked } = storageOf(batchOf(1, 4), batchOf(5, 1_000));
    const { read } = createEventReader(storage);
    const loaded = loadedWith('r', batchOf(1_005, 2));
    for (const eventId of [900, 5, 1_004]) assert.equal((await read(loaded, eventId)).eventId, eventId);
    assert.deepEqual(asked, [900]);
    assert.equal((await read(loaded, 2)).eventId, 2);
    assert.deepEqual(asked, [900, 2]);
  });

  test('forgets the batches of other runs when they grow too large', async () => {
    const { storage, asked } = storageOf(batchOf(1, 1, 600));
    const { read } = createEventReader(storage, 1_000);
    await read(loadedWith('a'), 1);
    await read(loadedWith('b'), 1);
    await read(loadedWith('b'), 1);
    await read(loadedWith('a'), 1);
    assert.deepEqual(asked, [1, 1, 1]);
  });

  test('that does not exist is refused', async () => {
    const { read } = createEventReader(storageOf(batchOf(1, 3)).storage);
    await assert.rejects(async () => read(loadedWith('r'), 4), /history of r has no event 4/);
  });
});
