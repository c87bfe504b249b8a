import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HandlerError } from 'nexus-rpc';
import { ActivityFailure, ApplicationFailure, CancelledFailure, TimeoutFailure } from '../failure.ts';
import { defaultPayloadConverter } from './composite.ts';
import { cutoffStackTrace, DefaultFailureConverter } from './failure-converter.ts';

const plain = new DefaultFailureConverter();
const secret = new DefaultFailureConverter({ encodeCommonAttributes: true });

describe('an error on its way', () => {
  test('keeps its kind, its details and its causes', () => {
    const inner = new ApplicationFailure('inner', 'Inner', true, [{ a: 1 }]);
    const error = new ActivityFailure('outer', 'type', 'id', 'TIMEOUT', 'me', inner);
    const back = plain.failureToError(plain.errorToFailure(error, defaultPayloadConverter), defaultPayloadConverter);
    assert.ok(back instanceof ActivityFailure);
    assert.deepEqual(
      [back.activityType, back.activityId, back.retryState, back.identity],
      ['type', 'id', 'TIMEOUT', 'me'],
    );
    assert.ok(back.cause instanceof ApplicationFailure);
    assert.deepEqual([back.cause.type, back.cause.nonRetryable, back.cause.details], ['Inner', true, [{ a: 1 }]]);
    assert.equal(back.cause.stack, cutoffStackTrace(inner.stack));
  });

  test('that is none of ours loses its class and keeps the rest', () => {
    const failure = plain.errorToFailure(new TypeError('wrong', { cause: new Error('c') }), defaultPayloadConverter);
    assert.deepEqual([failure.message, failure.source, failure.cause?.message], ['wrong', 'TypeScriptSDK', 'c']);
  });

  for (const [thrown, text] of [
    ['text', 'text'],
    [{ a: 1 }, '{"a":1}'],
    [undefined, 'undefined'],
    [{ n: 1n }, '[object Object]'],
  ] as const) {
    test(`that is ${text} instead of an error comes with advice`, () => {
      const { message } = plain.errorToFailure(thrown, defaultPayloadConverter);
      assert.ok(message?.startsWith(`${text} [A non-Error value was thrown from your code.`), message ?? '');
    });
  }

  test('goes on as it came, if it came from elsewhere', () => {
    const failure = { message: 'm', source: 'GoSDK', applicationFailureInfo: { type: 'T' } };
    const error = plain.failureToError(failure, defaultPayloadConverter);
    assert.equal(plain.errorToFailure(error, defaultPayloadConverter), failure);
  });
});

describe('encoded attributes', () => {
  test('hide the message and the stack trace of every cause', () => {
    const error = new CancelledFailure('outer', [], new Error('inner'));
    const failure = secret.errorToFailure(error, defaultPayloadConverter);
    for (const each of [failure, failure.cause]) {
      assert.deepEqual([each?.message, each?.stackTrace], ['Encoded failure', '']);
    }
    const back = plain.failureToError(failure, defaultPayloadConverter);
    assert.equal(back.message, 'outer');
    assert.equal(back.stack, cutoffStackTrace(error.stack));
    assert.equal((back.cause as Error).message, 'inner');
  });

  test('leave a failure that came from elsewhere as it is', () => {
    const failure = { message: 'm', stackTrace: 's' };
    const error = plain.failureToError(failure, defaultPayloadConverter);
    secret.errorToFailure(error, defaultPayloadConverter);
    assert.equal(secret.errorToFailure(error, defaultPayloadConverter).message, 'Encoded failure');
    assert.deepEqual(failure, { message: 'm', stackTrace: 's' });
  });

  test('of another shape are ignored', () => {
    const encodedAttributes = defaultPayloadConverter.toPayload('odd');
    assert.equal(plain.failureToError({ message: 'm', encodedAttributes }, defaultPayloadConverter).message, 'm');
  });
});

test('a timeout comes with the last heartbeat', () => {
  const timeout = new TimeoutFailure('late', { at: 5 }, 'HEARTBEAT');
  const back = plain.failureToError(plain.errorToFailure(timeout, defaultPayloadConverter), defaultPayloadConverter);
  assert.ok(back instanceof TimeoutFailure);
  assert.deepEqual([back.timeoutType, back.lastHeartbeatDetails], ['HEARTBEAT', { at: 5 }]);
});

describe('a Nexus handler’s error', () => {
  test('keeps its type and whether it is to be tried again', () => {
    const error = new HandlerError('INTERNAL', 'gone', { retryableOverride: false });
    const back = plain.failureToError(plain.errorToFailure(error, defaultPayloadConverter), defaultPayloadConverter);
    assert.ok(back instanceof HandlerError);
    assert.deepEqual([back.type, back.retryable, back.message], ['INTERNAL', false, 'gone']);
  });

  test('of a type that is not known keeps the name', () => {
    const failure = { message: 'm', nexusHandlerFailureInfo: { type: 'TEAPOT' } };
    const back = plain.failureToError(failure, defaultPayloadConverter) as HandlerError;
    assert.deepEqual([back.type, back.rawErrorType], ['UNKNOWN', 'TEAPOT']);
    assert.deepEqual(plain.errorToFailure(back, defaultPayloadConverter), failure);
  });
});

for (const failure of [
  { activityFailureInfo: {} },
  { childWorkflowExecutionFailureInfo: { workflowType: { name: 't' } } },
]) {
  test(`a failure of ${Object.keys(failure)} without what it stands for is refused`, () => {
    assert.throws(() => plain.failureToError(failure, defaultPayloadConverter), TypeError);
  });
}

test('a stack trace ends where the SDK begins, and skips it in between', () => {
  const trace = [
    'Error: x',
    '    at mine (/app/activities.ts:1:1)',
    '    at next (/app/node_modules/@perdure/common/dist/interceptors.js:1:1)',
    '    at intercept (/app/interceptors.ts:1:1)',
    '    at Activity.execute (/app/node_modules/@perdure/worker/dist/activities/activity.js:1:1)',
    '    at below (node:internal:1:1)',
  ];
  assert.equal(cutoffStackTrace(trace.join('\n')), [trace[0], trace[1], trace[3]].join('\n'));
  assert.equal(cutoffStackTrace(undefined), '');
});

test('a stack trace through what packages are bundled to is cut off as well', () => {
  const node = 'file:///app/node_modules/@perdure';
  const trace = [
    'Error: x',
    '    at mine (/app/activities.ts:1:1)',
    `    at executeNextHandler2 (${node}/worker/node/bundle.js:1:1)`,
    '    at intercept (/app/interceptors.ts:1:1)',
    `    at composedNext (${node}/common/node/rest.js:1:1)`,
    `    at async Activity.execute (${node}/worker/node/bundle.js:1:1)`,
    '    at below (node:internal:1:1)',
  ];
  assert.equal(cutoffStackTrace(trace.join('\n')), [trace[0], trace[1], trace[3]].join('\n'));
});
