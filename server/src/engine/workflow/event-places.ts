import type { Batch } from './transition.ts';

/** Where in the bytes of a `History` its events are: from the start of the message to its end. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A batch is the one repeated field of a `History`: tag, length, event, and so on. */
export function eventPlaces(bytes: Uint8Array): Place[] {
  const found: Place[] = [];
  let at = 0;
  while (at < bytes.length) {
    let length = 0;
    let factor = 1;
    let byte: number;
    do {
      byte = bytes[++at] ?? 0;
      length += (byte & 0x7f) * factor;
      factor *= 128;
    } while (byte >= 0x80);
    const start = at + 1;
    at = start + length;
    found.push({ start, end: at });
  }
  return found;
}

/** What of these batches comes before an event. */
export function batchesBefore(batches: readonly Omit<Batch, 'count'>[], eventId: number): Batch[] {
  const before: Batch[] = [];
  for (const { firstEventId, bytes } of batches) {
    if (firstEventId >= eventId) break;
    const places = eventPlaces(bytes).slice(0, eventId - firstEventId);
    before.push({ firstEventId, count: places.length, bytes: bytes.subarray(0, places.at(-1)?.end) });
  }
  return before;
}
