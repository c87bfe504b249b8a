/**
 * Reads the events of a history. protobuf.js would do it too, but spends as much on an event's `oneof` (it takes every
 * other attribute away from the object) as on all the rest; and ids need not be Longs.
 */
import { temporal } from '@perdure/proto';
import type { Type } from 'protobufjs';
import { Reader } from 'protobufjs/minimal.js';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const eventsTag = (1 << 3) | 2;

/** Takes the events of an encoded `History`. */
export function readHistory(history: Uint8Array): HistoryEvent[] {
  const reader = Reader.create(history);
  const events: HistoryEvent[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === eventsTag) events.push(readEvent(reader, reader.uint32()));
    else reader.skipType(tag & 7);
  }
  return events;
}

type Part = { readonly name: string; readonly read: (reader: Reader) => unknown };

const parts: Part[] = [];

/** What replay looks at of an event, by field numbers. Attributes are decoded as a whole. */
function learnParts(): void {
  const type = temporal.api.history.v1.HistoryEvent as unknown as Type;
  for (const field of type.fieldsArray) {
    const { id, name, repeated } = field.resolve();
    const message = field.resolvedType;
    if (repeated || name === 'version' || name === 'taskId') continue;
    if (message && 'decode' in message) parts[id] = { name, read: (reader) => message.decode(reader, reader.uint32()) };
    else if (name === 'workerMayIgnore') parts[id] = { name, read: (reader) => reader.bool() };
    // Ids of events and their types: a history ends long before 32 bits do.
    else parts[id] = { name, read: (reader) => reader.uint32() };
  }
}

function readEvent(reader: Reader, length: number): HistoryEvent {
  if (parts.length === 0) learnParts();
  const end = reader.pos + length;
  const event: Record<string, unknown> = { eventId: 0, eventTime: null, eventType: 0 };
  while (reader.pos < end) {
    const tag = reader.uint32();
    const part = parts[tag >>> 3];
    if (part) event[part.name] = part.read(reader);
    else reader.skipType(tag & 7);
  }
  return event;
}

/** Cuts a field out of an encoded message: gives it, the last if there are several, and the message without it. */
export function cutOut(message: Uint8Array, number: number): { readonly field: Uint8Array; readonly rest: Uint8Array } {
  const reader = Reader.create(message);
  const kept: Uint8Array[] = [];
  let field = new Uint8Array(0) as Uint8Array;
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const tag = reader.uint32();
    if (tag >>> 3 === number) {
      const length = reader.uint32();
      field = message.subarray(reader.pos, reader.pos + length);
      reader.skip(length);
    } else {
      reader.skipType(tag & 7);
      kept.push(message.subarray(from, reader.pos));
    }
  }
  return { field, rest: kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept) };
}
