import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Init } from '@perdure/api';
import { Payload, Payloads } from '@perdure/api/common';
import { EventType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { HistoryEvent } from '@perdure/api/history';
import { emptyEntries } from '../../engine/workflow/empty.ts';
import { testRun } from '../../engine/workflow/testing.ts';
import { callbackRequest } from './completion.ts';

const payload = (metadata: Record<string, string>, data: string) =>
  Payload.encode({
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value)])),
    data: Buffer.from(data),
  });

function requestOf(event: Init<HistoryEvent>, header: Record<string, string> = {}, requestId = '') {
  const { run } = testRun();
  run.requests.set('later', {
    requestId: 'later',
    eventType: EventType.WORKFLOW_EXECUTION_OPTIONS_UPDATED,
    eventId: 5,
  });
  const callback = { nexus: { url: 'https://a', header }, internal: null, links: [] };
  const closing = HistoryEvent.decode(HistoryEvent.encode({ eventId: 9, ...event }));
  return callbackRequest('my space', run, { ...emptyEntries.callbacks, requestId, callback }, closing);
}

const completed = (...payloads: Uint8Array[]): Init<HistoryEvent> => ({
  eventType: EventType.WORKFLOW_EXECUTION_COMPLETED,
  workflowExecutionCompletedEventAttributes: { result: Payloads.encode({ payloads }) },
});

describe('what is sent of a run that', () => {
  for (const [does, event, state, type, body] of [
    [
      'completed with JSON',
      completed(payload({ encoding: 'json/plain' }, '{"a":1}'), payload({}, 'second')),
      'succeeded',
      'application/json',
      '{"a":1}',
    ],
    [
      'completed with bytes',
      completed(payload({ encoding: 'binary/plain' }, 'b')),
      'succeeded',
      'application/octet-stream',
      'b',
    ],
    ['completed with nothing', completed(payload({ encoding: 'binary/null' }, '')), 'succeeded', undefined, ''],
    ['completed without a result', completed(), 'succeeded', undefined, ''],
    [
      'completed with a message',
      completed(payload({ encoding: 'json/protobuf', messageType: 'a.B' }, '{}')),
      'succeeded',
      'application/json; format=protobuf; message-type="a.B"',
      '{}',
    ],
    [
      'completed with what only the SDKs know',
      completed(payload({ encoding: 'json/plain', secret: 'x' }, '1')),
      'succeeded',
      'application/x-temporal-payload',
      Buffer.from(payload({ encoding: 'json/plain', secret: 'x' }, '1')).toString(),
    ],
    [
      'failed',
      {
        eventType: EventType.WORKFLOW_EXECUTION_FAILED,
        workflowExecutionFailedEventAttributes: { failure: Failure.encode({ message: 'no' }) },
      },
      'failed',
      'application/json',
      '{"message":"no","metadata":{"type":"temporal.api.failure.v1.Failure"},"details":{}}',
    ],
    [
      'was cancelled',
      { eventType: EventType.WORKFLOW_EXECUTION_CANCELED, workflowExecutionCanceledEventAttributes: {} },
      'canceled',
      'application/json',
      '{"message":"operation canceled","metadata":{"type":"temporal.api.failure.v1.Failure"},"details":{"canceledFailureInfo":{}}}',
    ],
    [
      'was terminated, without the reason',
      {
        eventType: EventType.WORKFLOW_EXECUTION_TERMINATED,
        workflowExecutionTerminatedEventAttributes: { reason: 'secret' },
      },
      'failed',
      'application/json',
      '{"message":"operation terminated","metadata":{"type":"temporal.api.failure.v1.Failure"},"details":{"terminatedFailureInfo":{}}}',
    ],
    [
      'timed out',
      { eventType: EventType.WORKFLOW_EXECUTION_TIMED_OUT, workflowExecutionTimedOutEventAttributes: {} },
      'failed',
      'application/json',
      '{"message":"operation exceeded internal timeout","metadata":{"type":"temporal.api.failure.v1.Failure"},"details":{"timeoutFailureInfo":{}}}',
    ],
  ] satisfies [string, Init<HistoryEvent>, string, string | undefined, string][])
    test(does, () => {
      const request = requestOf(event);
      assert.equal(request.headers['nexus-operation-state'], state);
      assert.equal(request.headers['content-type'], type);
      assert.equal(Buffer.from(request.body).toString(), body);
    });

  test('was started by the request has a link to its first event', () => {
    assert.equal(
      requestOf(completed()).headers['nexus-link'],
      '<temporal:///namespaces/my%20space/workflows/workflow/run/history?eventID=1&eventType=WorkflowExecutionStarted&referenceType=EventReference>; type="temporal.api.common.v1.Link.WorkflowEvent"',
    );
  });

  test('the request attached itself to has a link to that', () => {
    assert.match(
      requestOf(completed(), {}, 'later').headers['nexus-link'] ?? '',
      /history\?eventType=WorkflowExecutionOptionsUpdated&referenceType=RequestIdReference&requestID=later>/,
    );
  });

  test('somebody gave headers for has those instead of ours', () => {
    const { headers } = requestOf(completed(), { 'user-agent': 'me', token: 't' });
    assert.deepEqual([headers['user-agent'], headers['token']], ['me', 't']);
  });
});
