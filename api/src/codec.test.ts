import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import official from '@temporalio/proto/protos/json-module.js';
import { DecodeError, lookup } from './codec.ts';
import { Payload, Payloads, ResetOptions, RetryPolicy, WorkflowExecution } from './generated/common.js';
import { EventType, WorkflowIdReusePolicy } from './generated/enums.js';
import { ApplicationFailureInfo, Failure } from './generated/failure.js';
import { Any, Duration } from './generated/google-protobuf.js';
import { HistoryEvent } from './generated/history.js';
import { TaskQueueVersionInfo } from './generated/taskqueue.js';
import { StartWorkflowExecutionRequest } from './generated/workflowservice.js';

function encodeOfficially(typeName: string, message: object): Uint8Array {
  return official.lookupType(typeName).encode(message).finish();
}

/** Bytes compared whatever kind of `Uint8Array` holds them. */
function hex(bytes: Uint8Array | null): string {
  return bytes === null ? 'null' : Buffer.from(bytes).toString('hex');
}

describe('a decoded message', () => {
  test('has every field, absent ones at their defaults', () => {
    const empty = HistoryEvent.decode(new Uint8Array(0));
    assert.equal(empty.eventId, 0);
    assert.equal(empty.eventType, EventType.UNSPECIFIED);
    assert.equal(empty.workerMayIgnore, false);
    assert.equal(empty.eventTime, null);
    assert.equal(empty.userMetadata, null);
    assert.equal(empty.workflowExecutionStartedEventAttributes, null);
    assert.deepEqual(empty.links, []);
    assert.deepEqual(WorkflowExecution.decode(new Uint8Array(0)), { workflowId: '', runId: '' });
    assert.deepEqual(Payload.decode(new Uint8Array(0)), {
      metadata: {},
      data: new Uint8Array(0),
      externalPayloads: [],
    });
  });

  test('has its defaults where the sender wrote them out', () => {
    const zeros = Uint8Array.of(0x0a, 0, 0x12, 0);
    assert.deepEqual(WorkflowExecution.decode(zeros), { workflowId: '', runId: '' });
  });

  test('shares no array or map with another one', () => {
    RetryPolicy.decode(new Uint8Array(0)).nonRetryableErrorTypes.push('Oops');
    assert.deepEqual(RetryPolicy.decode(new Uint8Array(0)).nonRetryableErrorTypes, []);
  });

  test('keeps the difference between an absent member of a oneof and one at its default', () => {
    const { typeName } = ResetOptions;
    assert.equal(ResetOptions.decode(new Uint8Array(0)).workflowTaskId, null);
    const zero = ResetOptions.encode({ workflowTaskId: 0 });
    assert.equal(ResetOptions.decode(zero).workflowTaskId, 0);
    assert.equal(hex(zero), hex(encodeOfficially(typeName, { workflowTaskId: 0 })));
  });

  test('has bytes that are views of the input', () => {
    const input = Buffer.from(Payload.encode({ data: Uint8Array.of(1, 2, 3) }));
    const { data } = Payload.decode(input);
    assert.equal(data.buffer, input.buffer);
    assert.equal(Object.getPrototypeOf(data), Uint8Array.prototype);
    input[input.length - 1] = 9;
    assert.deepEqual(data, Uint8Array.of(1, 2, 9));
  });

  test('keeps an enum value that nobody knows yet', () => {
    const bytes = encodeOfficially(StartWorkflowExecutionRequest.typeName, { workflowIdReusePolicy: 77 });
    const message = StartWorkflowExecutionRequest.decode(bytes);
    assert.equal(message.workflowIdReusePolicy, 77);
    assert.equal(hex(StartWorkflowExecutionRequest.encode(message)), hex(bytes));
  });
});

describe('opaque fields', () => {
  const unknownField = [0xfa, 0x3f, 1, 0x2a];

  test('keep what this version of the contract does not know', () => {
    const input = Uint8Array.of(...Payloads.encode({ payloads: [Payload.encode({ metadata: {} })] }), ...unknownField);
    const bytes = StartWorkflowExecutionRequest.encode({ workflowId: 'w', input });
    assert.equal(hex(StartWorkflowExecutionRequest.decode(bytes).input), hex(input));
  });

  test('tell an empty message from none', () => {
    const some = StartWorkflowExecutionRequest.encode({ input: new Uint8Array(0) });
    assert.deepEqual(StartWorkflowExecutionRequest.decode(some).input, new Uint8Array(0));
    assert.equal(StartWorkflowExecutionRequest.decode(new Uint8Array(0)).input, null);
  });

  test('are read by the official types as the messages they are', () => {
    const failure = Failure.encode({ message: 'boom', applicationFailureInfo: { type: 'Oops', nonRetryable: true } });
    const bytes = HistoryEvent.encode({ eventId: 3, workflowExecutionFailedEventAttributes: { failure } });
    const event = official.lookupType(HistoryEvent.typeName).decode(bytes);
    assert.deepEqual(official.lookupType(HistoryEvent.typeName).toObject(event, { longs: Number }), {
      eventId: 3,
      workflowExecutionFailedEventAttributes: {
        failure: { message: 'boom', applicationFailureInfo: { type: 'Oops', nonRetryable: true } },
      },
    });
  });
});

describe('64-bit integers', () => {
  for (const seconds of [
    0,
    1,
    -1,
    127,
    128,
    2 ** 31,
    -(2 ** 31),
    2 ** 32,
    2 ** 35,
    -(2 ** 40),
    2 ** 53 - 1,
    1 - 2 ** 53,
  ]) {
    test(`${seconds} is a number here and the same for the official types`, () => {
      const bytes = Duration.encode({ seconds });
      assert.equal(Duration.decode(bytes).seconds, seconds);
      assert.equal(hex(bytes), hex(encodeOfficially(Duration.typeName, { seconds })));
    });
  }

  for (const [what, varint] of [
    ['2^53', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
    ['-2^63', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
    ['an eleven-byte integer', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
  ] as const) {
    test(`${what} is refused and not rounded`, () => {
      assert.throws(() => Duration.decode(Uint8Array.of(8, ...varint)), DecodeError);
    });
  }
});

describe('text', () => {
  for (const [what, bytes] of [
    ['a lone continuation byte', [0x80]],
    ['a character cut short', [0x61, 0xe2, 0x82]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
  ] as const) {
    test(`${what} is refused`, () => {
      const input = Uint8Array.of(0x0a, bytes.length, ...bytes);
      assert.throws(() => WorkflowExecution.decode(input), {
        name: 'DecodeError',
        message: /WorkflowExecution.*UTF-8/,
      });
    });
  }

  test('with a replacement character of its own is accepted', () => {
    const workflowId = 'was \uFFFD before, and 💾 still is';
    assert.equal(WorkflowExecution.decode(WorkflowExecution.encode({ workflowId })).workflowId, workflowId);
  });
});

describe('maps', () => {
  test('come back with keys that objects know otherwise', () => {
    const metadata = { constructor: Uint8Array.of(1), ['__proto__']: Uint8Array.of(2), '': Uint8Array.of(3) };
    const { metadata: back } = Payload.decode(Payload.encode({ metadata }));
    assert.deepEqual(Object.keys(back).sort(), ['', '__proto__', 'constructor']);
    assert.deepEqual(Object.values(back), Object.values(metadata));
    assert.equal(Object.getPrototypeOf(back), Object.prototype);
  });

  test('have a default message where an entry has no value', () => {
    const entryWithoutValue = Uint8Array.of(0x0a, 2, 8, 1);
    assert.deepEqual(TaskQueueVersionInfo.decode(entryWithoutValue).typesInfo, { 1: { pollers: [], stats: null } });
  });
});

describe('malformed input', () => {
  test('that opens group after group is refused', () => {
    assert.throws(() => WorkflowExecution.decode(new Uint8Array(100_000).fill(0xfb)), DecodeError);
    assert.throws(() => WorkflowExecution.decode(new Uint8Array(100_000).fill(0x3b)), DecodeError);
  });

  test('names the message it was to be', () => {
    assert.throws(() => Any.decode(Uint8Array.of(0xff)), { typeName: 'google.protobuf.Any' });
  });

  test('given to encode leaves the codec as it was', () => {
    assert.throws(() => StartWorkflowExecutionRequest.encode({ workflowId: 'w', links: [null as never] }), TypeError);
    assert.deepEqual(RetryPolicy.decode(RetryPolicy.encode({ maximumAttempts: 3 })).maximumAttempts, 3);
  });
});

describe('encoding', () => {
  test('takes null and undefined for absent', () => {
    const message = { workflowId: undefined, input: null, taskQueue: null, retryPolicy: undefined };
    assert.equal(StartWorkflowExecutionRequest.encode(message).length, 0);
  });

  test('results do not change when more is encoded', () => {
    const first = WorkflowExecution.encode({ workflowId: 'first' });
    const before = hex(first);
    for (let i = 0; i < 3000; i++) WorkflowExecution.encode({ workflowId: `x${i}`, runId: 'x'.repeat(i) });
    assert.equal(hex(first), before);
  });

  test('takes a decoded message, and a copy made by spreading it', () => {
    const start = StartWorkflowExecutionRequest.decode(
      StartWorkflowExecutionRequest.encode({
        workflowId: 'w',
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      }),
    );
    const copy = StartWorkflowExecutionRequest.encode({ ...start, identity: 'me' });
    assert.deepEqual(StartWorkflowExecutionRequest.decode(copy), { ...start, identity: 'me' });
  });
});

describe('lookup', () => {
  test('finds the codec that the module exports', () => {
    assert.equal(lookup('temporal.api.failure.v1.ApplicationFailureInfo'), ApplicationFailureInfo);
  });

  test('knows nothing that is no message of the contract', () => {
    for (const name of ['', 'constructor', 'temporal.api.enums.v1.EventType', 'coresdk.ActivityHeartbeat']) {
      assert.equal(lookup(name), undefined, name);
    }
  });
});
