import { HistoryEvent } from '@perdure/api/history';
import { eventPlaces, type Place } from '../engine/workflow/event-places.ts';
import type { HistoryBatch, Storage } from '../storage/contract.ts';
import type { Loaded } from './loaded.ts';

/**
 * Single events of a run, out of the stored bytes: only the event that is asked for is decoded. At once when it is
 * among the newest, which are in memory; what is not durable yet always is.
 *
 * A batch that was read from storage is remembered, one per run: of a fan-out every activity asks for the same one.
 */
export interface EventReader {
  /** Throws if the run has no such event. */
  read(loaded: Loaded, eventId: number): HistoryEvent | Promise<HistoryEvent>;
}

const REMEMBERED_BYTES = 16 << 20;

export function createEventReader(storage: Storage, rememberedBytes = REMEMBERED_BYTES): EventReader {
  const batches = new Map<string, HistoryBatch>();
  let size = 0;

  function remember(runId: string, batch: HistoryBatch): void {
    forget(runId);
    batches.set(runId, batch);
    size += batch.bytes.length;
    for (const oldest of batches.keys()) {
      if (size <= rememberedBytes) return;
      forget(oldest);
    }
  }

  function forget(runId: string): void {
    size -= batches.get(runId)?.bytes.length ?? 0;
    batches.delete(runId);
  }

  async function fromStorage(loaded: Loaded, eventId: number): Promise<HistoryEvent> {
    const { key } = loaded.run;
    const [batch] = await storage.readHistory(key, eventId, 1);
    if (!batch) throw missing(loaded, eventId);
    remember(key.runId, batch);
    return eventOf(batch, eventId) ?? fail(missing(loaded, eventId));
  }

  return {
    read(loaded, eventId) {
      const known = batchWith(loaded.tail, eventId) ?? batches.get(loaded.run.key.runId);
      return (known && eventOf(known, eventId)) ?? fromStorage(loaded, eventId);
    },
  };
}

function missing(loaded: Loaded, eventId: number): Error {
  return new Error(`history of ${loaded.run.key.runId} has no event ${eventId}`);
}

function fail(error: Error): never {
  throw error;
}

/** The last batch that begins at or before the event; its end is found by reading it. */
function batchWith(tail: readonly HistoryBatch[], eventId: number): HistoryBatch | undefined {
  return tail.findLast((batch) => batch.firstEventId <= eventId);
}

/** Undefined when the batch ends before the event, or begins after it. */
function eventOf(batch: HistoryBatch, eventId: number): HistoryEvent | undefined {
  const at = placesOf(batch)[eventId - batch.firstEventId];
  return at && HistoryEvent.decode(batch.bytes.subarray(at.start, at.end));
}

const places = new WeakMap<Uint8Array, readonly Place[]>();

/** Where in a batch its events are. Found once: a batch of a thousand is asked for a thousand times. */
function placesOf({ bytes }: HistoryBatch): readonly Place[] {
  let found = places.get(bytes);
  if (!found) {
    found = eventPlaces(bytes);
    places.set(bytes, found);
  }
  return found;
}
