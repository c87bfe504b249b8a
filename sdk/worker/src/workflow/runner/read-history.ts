/**
 * Reads the events of a history: where their parts are, and what is in them when somebody asks. Replay looks into few of
 * them, and protobuf.js spends as much on an event's `oneof` (it takes every other attribute away from the object) as on
 * all the rest.
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
    if (tag === eventsTag) events.push(readEvent(reader, reader.uint32()) as unknown as HistoryEvent);
    else reader.skipType(tag & 7);
  }
  return events;
}

/** Field numbers of `HistoryEvent`. */
const field = { eventId: 1, eventTime: 2, eventType: 3, workerMayIgnore: 300 } as const;

/** Its attributes by their names are accessors of the prototype, so that all events look alike. */
class EncodedEvent {
  eventId = 0;
  eventType = 0;
  workerMayIgnore = false;
  /** Where the time and the attributes are; no field is at 0. */
  timeAt = 0;
  attributesAt = 0;
  /** The field number of the attributes that it has. */
  attributesField = 0;
  time: unknown = undefined;
  attributes: unknown = undefined;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** The field numbers of attributes. Known once the first event was read. */
const attributeFields = new Set<number>();

function learnFields(): void {
  const type = temporal.api.history.v1.HistoryEvent as unknown as Type;
  for (const { id, name, resolvedType } of type.fieldsArray.map((one) => one.resolve())) {
    if (!resolvedType || !('decode' in resolvedType)) continue;
    if (id === field.eventTime) {
      define(name, function () {
        if (this.time === undefined) this.time = this.timeAt === 0 ? null : decodedAt(this, this.timeAt, resolvedType);
        return this.time;
      });
    } else if (name.endsWith('EventAttributes')) {
      attributeFields.add(id);
      define(name, function () {
        if (this.attributesField !== id) return undefined;
        this.attributes ??= decodedAt(this, this.attributesAt, resolvedType);
        return this.attributes;
      });
    }
  }
}

function define(name: string, get: (this: EncodedEvent) => unknown): void {
  Object.defineProperty(EncodedEvent.prototype, name, { get, enumerable: true });
}

function decodedAt({ bytes }: EncodedEvent, at: number, type: Type): unknown {
  const reader = Reader.create(bytes);
  reader.pos = at;
  return type.decode(reader, reader.uint32());
}

function readEvent(reader: Reader, length: number): EncodedEvent {
  if (attributeFields.size === 0) learnFields();
  const end = reader.pos + length;
  const event = new EncodedEvent(reader.buf);
  while (reader.pos < end) {
    const tag = reader.uint32();
    const number = tag >>> 3;
    // Ids of events and their types: a history ends long before 32 bits do.
    if (number === field.eventId) event.eventId = reader.uint32();
    else if (number === field.eventType) event.eventType = reader.uint32();
    else if (number === field.workerMayIgnore) event.workerMayIgnore = reader.bool();
    else {
      if (number === field.eventTime) event.timeAt = reader.pos;
      else if (attributeFields.has(number)) {
        event.attributesAt = reader.pos;
        event.attributesField = number;
      }
      reader.skipType(tag & 7);
    }
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
