import { temporal } from '@perdure/proto';
import type { Type } from 'protobufjs';
import protojson from 'protobufjs/ext/protojson.js';
import { isRecord } from './type-helpers.ts';

export type History = temporal.api.history.v1.IHistory;
export type Payload = temporal.api.common.v1.IPayload;

/** A payload in protobuf's JSON form: bytes are in base 64. */
export interface JSONPayload {
  metadata?: Record<string, string> | null;
  data?: string | null;
}

const historyType = temporal.api.history.v1.History as unknown as Type;
const payloadType = temporal.api.common.v1.Payload as unknown as Type;

// A newer server may have written what we have never heard of.
const tolerant = { ignoreUnknownFields: true };

/**
 * The history in a parsed JSON text. Besides protobuf's form of enums (`EVENT_TYPE_TIMER_STARTED`) the short one is
 * understood (`TimerStarted`) that the command line and the user interface used to write. Throws a `TypeError` for what is
 * no history.
 */
export function historyFromJSON(history: unknown): History {
  if (!isRecord(history) || !Array.isArray(history['events'])) {
    throw new TypeError('Invalid history, expected an object with an array of events');
  }
  const events = history['events'].map((event) => withFullNames(event as Json));
  const loaded: unknown = protojson.fromJson(historyType, { events }, tolerant);
  if (loaded === null) throw new TypeError('Invalid history');
  return loaded as History;
}

/** The history as a JSON text that `historyFromJSON`, the command line and the user interface can read. */
export function historyToJSON(history: History): string {
  const message = temporal.api.history.v1.History.fromObject(history);
  return JSON.stringify(protojson.toJson(historyType, message), null, 2);
}

/** The payload in protobuf's JSON form. */
export function payloadToJSON(payload: Payload): JSONPayload {
  return protojson.toJson(payloadType, temporal.api.common.v1.Payload.create(payload)) as JSONPayload;
}

/** The payload from protobuf's JSON form. */
export function JSONToPayload(json: JSONPayload): Payload {
  const loaded: unknown = protojson.fromJson(payloadType, json, tolerant);
  if (loaded === null) throw new TypeError('Invalid payload');
  return loaded as Payload;
}

type Json = Record<string, unknown>;

function withFullNames(event: Json): Json {
  const key = Object.keys(event).find((name) => name.endsWith('EventAttributes'));
  if (!key) throw new TypeError(`Missing attributes in history event: ${JSON.stringify(event)}`);
  const attributes = { ...(event[key] as Json) };
  expand(attributes, 'parentClosePolicy', 'PARENT_CLOSE_POLICY');
  expand(attributes, 'workflowIdReusePolicy', 'WORKFLOW_ID_REUSE_POLICY');
  expand(attributes, 'initiator', 'CONTINUE_AS_NEW_INITIATOR');
  expand(attributes, 'retryState', 'RETRY_STATE');
  expandIn(attributes, 'taskQueue', 'kind', 'TASK_QUEUE_KIND');
  expandIn(attributes, 'childWorkflowExecutionFailureInfo', 'retryState', 'RETRY_STATE');
  const named: Json = { ...event, [key]: attributes };
  expand(named, 'eventType', 'EVENT_TYPE');
  return named;
}

function expandIn(holder: Json, member: string, key: string, prefix: string): void {
  if (!isRecord(holder[member])) return;
  const copy = { ...holder[member] };
  expand(copy, key, prefix);
  holder[member] = copy;
}

/** `TimerStarted` becomes `EVENT_TYPE_TIMER_STARTED`. */
function expand(holder: Json, key: string, prefix: string): void {
  const name = holder[key];
  if (typeof name !== 'string' || name === '' || name.startsWith(prefix)) return;
  holder[key] = `${prefix}_${name.replace(/(?<=[^A-Z])(?=[A-Z])/g, '_').toUpperCase()}`;
}
