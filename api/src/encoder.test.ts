import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import official from '@temporalio/proto/protos/json-module.js';
import { WorkflowExecution } from './generated/common.js';
import { Failure } from './generated/failure.js';
import { History, HistoryEvent } from './generated/history.js';
import { Failure as NexusFailure } from './generated/nexus.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function officially(typeName: string, message: object): string {
  const type = official.lookupType(typeName);
  return hex(type.encode(type.fromObject(message)).finish());
}

describe('encoding', () => {
  test('writes fields in the order that the message has them in, and passes over what is no field', () => {
    const message = { runId: 'r', note: 'x', workflowId: 'w' };
    assert.equal(hex(WorkflowExecution.encode(message)), '120172' + '0a0177');
  });

  for (const length of [0, 1, 39, 40, 41, 42, 43, 127, 128, 5461, 5462, 16_383, 16_384, 2 ** 21]) {
    for (const character of ['a', 'é', '€', '💾']) {
      test(`a text of ${length} ${character} is the same for the official types`, () => {
        const message = { workflowId: character.repeat(length), runId: 'after' };
        assert.equal(hex(WorkflowExecution.encode(message)), officially(WorkflowExecution.typeName, message));
      });
    }
  }

  test('an accented letter behind short ASCII is not written twice', () => {
    const message = { workflowId: 'abcdefghijklmnopé', runId: 'after' };
    assert.equal(hex(WorkflowExecution.encode(message)), officially(WorkflowExecution.typeName, message));
  });

  test('messages inside have the length that they have, whatever that of the one before was', () => {
    for (const length of [10, 90, 200, 10, 20_000, 200, 90]) {
      const workflowTaskCompletedEventAttributes = { identity: 'x'.repeat(length), binaryChecksum: 'b' };
      const message = { events: [{ eventId: 3, workflowTaskCompletedEventAttributes }, { eventId: 4 }] };
      assert.equal(hex(History.encode(message)), officially(History.typeName, message), `${length}`);
    }
  });

  test('a message may have one of its own type inside that takes more or less room', () => {
    for (const [outer, inner] of [
      [1, 300],
      [300, 1],
    ] as const) {
      const message = { message: 'a'.repeat(outer), cause: { message: 'b'.repeat(inner), cause: { message: 'c' } } };
      assert.equal(hex(NexusFailure.encode(message)), officially(NexusFailure.typeName, message));
    }
  });

  test('a value at its default is left out, but for that of a message inside', () => {
    assert.equal(HistoryEvent.encode({ eventId: 0, eventType: 0, workerMayIgnore: false, links: [] }).length, 0);
    assert.equal(hex(HistoryEvent.encode({ eventTime: { seconds: 0 } })), '1200');
    assert.equal(hex(Failure.encode({ message: '', applicationFailureInfo: {} })), '2a00');
  });

  test('a message that is missing from a list is refused', () => {
    assert.throws(() => History.encode({ events: [undefined as never] }), {
      name: 'TypeError',
      message: 'undefined is no temporal.api.history.v1.HistoryEvent',
    });
  });
});
