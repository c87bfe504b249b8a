/**
 * Reads what the main half needs of workflow tasks and of the server's answers to them, without decoding them: histories
 * are the workflow half's, and are handed to it as bytes.
 */
import { Reader } from 'protobufjs/minimal.js';
import type { Polled } from './polling/poller.ts';

export interface TaskSummary {
  readonly taskToken: Uint8Array;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly attempt: number;
  /** Milliseconds between being scheduled and started; undefined when the server did not say. */
  readonly scheduleToStartMs: number | undefined;
  /** Whether it is a query that came as a task of its own. */
  readonly isQuery: boolean;
}

/** What a poll brought. */
export interface PolledWorkflowTask extends Polled<Uint8Array> {
  readonly backlog: number;
}

/** Tags: field number and wire type. */
const BYTES = 2;
const VARINT = 0;
const tag = (field: number, wireType: number) => (field << 3) | wireType;

export function peekPoll(response: Uint8Array): PolledWorkflowTask {
  const reader = Reader.create(response);
  let empty = true;
  let backlog = 0;
  let suggestedChange: number | undefined;
  while (reader.pos < reader.len) {
    const next = reader.uint32();
    if (next === tag(1, BYTES)) {
      const length = reader.uint32();
      empty = length === 0;
      reader.skip(length);
    } else if (next === tag(7, VARINT)) backlog = reader.uint32();
    else if (next === tag(16, BYTES)) suggestedChange = scalingChange(reader);
    else reader.skipType(next & 7);
  }
  return { task: response, empty, backlog, suggestedChange };
}

/** The suggestion of a `PollerScalingDecision`. */
function scalingChange(reader: Reader): number {
  const end = reader.uint32() + reader.pos;
  let change = 0;
  while (reader.pos < end) {
    const next = reader.uint32();
    if (next === tag(1, VARINT)) change = reader.int32();
    else reader.skipType(next & 7);
  }
  return change;
}

export function peekTask(task: Uint8Array): TaskSummary {
  const reader = Reader.create(task);
  let execution: readonly [string, string] = ['', ''];
  let taskToken: Uint8Array = new Uint8Array();
  let workflowType = '';
  let attempt = 1;
  let isQuery = false;
  let scheduled: number | undefined;
  let started: number | undefined;
  while (reader.pos < reader.len) {
    const next = reader.uint32();
    if (next === tag(1, BYTES)) taskToken = message(reader);
    else if (next === tag(2, BYTES)) execution = twoStrings(reader);
    else if (next === tag(3, BYTES)) [workflowType] = twoStrings(reader);
    else if (next === tag(6, VARINT)) attempt = reader.int32();
    else if (next === tag(10, BYTES)) {
      isQuery = true;
      reader.skipType(BYTES);
    } else if (next === tag(12, BYTES)) scheduled = timestamp(reader);
    else if (next === tag(13, BYTES)) started = timestamp(reader);
    else reader.skipType(next & 7);
  }
  const [workflowId, runId] = execution;
  const scheduleToStartMs = scheduled === undefined || started === undefined ? undefined : started - scheduled;
  return { taskToken, workflowId, runId, workflowType, attempt, isQuery, scheduleToStartMs };
}

/** Whose task it is, by the execution that stands almost at its beginning. */
export function peekRunId(task: Uint8Array): string {
  const reader = Reader.create(task);
  let runId = '';
  while (reader.pos < reader.len && runId === '') {
    const next = reader.uint32();
    if (next === tag(2, BYTES)) [, runId] = twoStrings(reader);
    else reader.skipType(next & 7);
  }
  return runId;
}

/** Fields 1 and 2 of a message of strings. */
function twoStrings(reader: Reader): readonly [string, string] {
  const end = reader.uint32() + reader.pos;
  const found: [string, string] = ['', ''];
  while (reader.pos < end) {
    const next = reader.uint32();
    if (next === tag(1, BYTES)) found[0] = reader.string();
    else if (next === tag(2, BYTES)) found[1] = reader.string();
    else reader.skipType(next & 7);
  }
  return found;
}

/** Milliseconds since the epoch. */
function timestamp(reader: Reader): number {
  const end = reader.uint32() + reader.pos;
  let ms = 0;
  while (reader.pos < end) {
    const next = reader.uint32();
    if (next === tag(1, VARINT)) ms += signed(reader) * 1000;
    else if (next === tag(2, VARINT)) ms += reader.int32() / 1e6;
    else reader.skipType(next & 7);
  }
  return ms;
}

/** The server's answer to a completed workflow task. */
export interface CompletionResponse {
  /** The run's next task, if there is one already. */
  readonly nextTask: Uint8Array | undefined;
  /** Activities that are handed over at once. */
  readonly activityTasks: readonly Uint8Array[];
  readonly resetHistoryEventId: number | undefined;
}

export function peekCompletionResponse(response: Uint8Array): CompletionResponse {
  const reader = Reader.create(response);
  const activityTasks: Uint8Array[] = [];
  let nextTask: Uint8Array | undefined;
  let resetHistoryEventId: number | undefined;
  while (reader.pos < reader.len) {
    const next = reader.uint32();
    if (next === tag(1, BYTES)) nextTask = message(reader);
    else if (next === tag(2, BYTES)) activityTasks.push(message(reader));
    else if (next === tag(3, VARINT)) resetHistoryEventId = signed(reader);
    else reader.skipType(next & 7);
  }
  return { nextTask, activityTasks, resetHistoryEventId };
}

/** The bytes of a message within another, without a copy. */
function message(reader: Reader): Uint8Array {
  const length = reader.uint32();
  const start = reader.pos;
  reader.skip(length);
  return reader.buf.subarray(start, start + length);
}

/** A number of 64 bits that fits a double: ids and seconds. By way of a text, it would cost as much as all the rest. */
function signed(reader: Reader): number {
  const { low, high } = reader.int64();
  return high * 2 ** 32 + (low >>> 0);
}
