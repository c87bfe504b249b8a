import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporal } from '@perdure/proto';
import Long from 'long';
import { cutOut, readHistory } from './read-history.ts';

const { History, HistoryEvent } = temporal.api.history.v1;
const { PollWorkflowTaskQueueResponse } = temporal.api.workflowservice.v1;

const time = { seconds: Long.fromNumber(1_700_000_000), nanos: 5 };
const events = [
  {
    eventId: Long.fromNumber(1),
    eventTime: time,
    eventType: 1,
    version: Long.fromNumber(9),
    taskId: Long.fromNumber(1_048_576),
    workflowExecutionStartedEventAttributes: {
      workflowType: { name: 'w' },
      input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('1') }] },
    },
  },
  {
    eventId: Long.fromNumber(50_000),
    eventTime: time,
    eventType: 17,
    workerMayIgnore: true,
    userMetadata: { summary: { data: Buffer.from('s') } },
    timerStartedEventAttributes: { timerId: '1', startToFireTimeout: { seconds: Long.fromNumber(3) } },
  },
];

test('events are read as protobuf.js reads them, apart from what replay has no use for', () => {
  const read = readHistory(History.encode({ events }).finish());
  const unused = { version: Long.ZERO, taskId: Long.ZERO, userMetadata: null };
  const plain = (event: object) => {
    const all: Record<string, unknown> = {};
    // What it inherits as well.
    for (const name in event) all[name] = (event as Record<string, unknown>)[name];
    return HistoryEvent.create({ ...all, ...unused }).toJSON();
  };
  assert.deepEqual(
    read.map(plain),
    History.decode(History.encode({ events }).finish()).events.map((event) => plain(event)),
  );
  assert.deepEqual(
    read.map(({ eventId }) => eventId),
    [1, 50_000],
  );
});

test('a field is cut out of a message, wherever it stands', () => {
  const task = { taskToken: Buffer.from('t'), history: { events }, attempt: 3, query: { queryType: 'q' } };
  const { field, rest } = cutOut(PollWorkflowTaskQueueResponse.encode(task).finish(), 8);
  assert.equal(History.decode(field).events.length, 2);
  const { history, attempt, query } = PollWorkflowTaskQueueResponse.decode(rest);
  assert.deepEqual([history ?? null, attempt, query?.queryType], [null, 3, 'q']);
  assert.equal(cutOut(new Uint8Array(0), 8).field.length, 0);
});
