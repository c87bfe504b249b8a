import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Link, Payload, Payloads } from './generated/common.js';
import { Failure } from './generated/failure.js';
import { HistoryEvent } from './generated/history.js';
import { UpdateWorkflowExecutionOptionsRequest } from './generated/workflowservice.js';
import { toJson } from './json.ts';

const payload = Payload.encode({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('1') });

describe('the JSON form of a message', () => {
  test('shows what codecs leave encoded, bytes in base64 and enums by name', () => {
    const failure = Failure.encode({
      message: 'no',
      cause: Failure.encode({ message: 'why', serverFailureInfo: { nonRetryable: true } }),
      applicationFailureInfo: {
        type: 'T',
        details: Payloads.encode({ payloads: [payload] }),
        nextRetryDelay: { seconds: 1, nanos: 500_000_000 },
        category: 1,
      },
    });
    assert.deepEqual(toJson('temporal.api.failure.v1.Failure', failure), {
      message: 'no',
      cause: { message: 'why', serverFailureInfo: { nonRetryable: true } },
      applicationFailureInfo: {
        type: 'T',
        details: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'MQ==' }] },
        nextRetryDelay: '1.500s',
        category: 'APPLICATION_ERROR_CATEGORY_BENIGN',
      },
    });
  });

  test('has times in RFC 3339, 64-bit integers as text, and an enum value that is not known as its number', () => {
    const event = HistoryEvent.encode({ eventId: 7, eventTime: { seconds: 1, nanos: 2_000 }, eventType: 999 as never });
    assert.deepEqual(toJson('temporal.api.history.v1.HistoryEvent', event), {
      eventId: '7',
      eventTime: '1970-01-01T00:00:01.000002Z',
      eventType: 999,
    });
  });

  test('has a mask as one text, in the spelling of JSON', () => {
    const request = UpdateWorkflowExecutionOptionsRequest.encode({
      updateMask: { paths: ['versioning_override.pinned', 'priority'] },
    });
    assert.deepEqual(toJson('temporal.api.workflowservice.v1.UpdateWorkflowExecutionOptionsRequest', request), {
      updateMask: 'versioningOverride.pinned,priority',
    });
  });

  test('leaves out what is not there, but not which one of several it is', () => {
    assert.deepEqual(toJson('temporal.api.common.v1.Link', Link.encode({ batchJob: { jobId: '' } })), { batchJob: {} });
    assert.deepEqual(toJson('temporal.api.failure.v1.Failure', new Uint8Array(0)), {});
  });

  test('is refused of bytes that are no message', () => {
    assert.throws(() => toJson('temporal.api.common.v1.Link', Uint8Array.of(255, 255)), RangeError);
    assert.throws(() => toJson('no.Such', new Uint8Array(0)), /no message no.Such/);
  });
});
