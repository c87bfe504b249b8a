import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  createPayloadValidationError,
  ensureApplicationFailure,
  ensureTemporalFailure,
  rootCause,
  TemporalFailure,
  TimeoutFailure,
} from './failure.ts';

describe('an application failure', () => {
  test('is retryable unless it says otherwise', () => {
    assert.equal(ApplicationFailure.create({ message: 'm' }).nonRetryable, false);
    assert.equal(ApplicationFailure.retryable('m').nonRetryable, false);
    assert.equal(ApplicationFailure.nonRetryable('m').nonRetryable, true);
  });

  test('has a type and the details that it is given', () => {
    const { type, details, message } = ApplicationFailure.nonRetryable('m', 'Own', 1, 'two');
    assert.deepEqual([message, type, details], ['m', 'Own', [1, 'two']]);
    assert.equal(ApplicationFailure.retryable().type, 'Error');
    assert.equal(ApplicationFailure.create({}).type, undefined);
  });

  test('of a subclass is made by the subclass', () => {
    class Own extends ApplicationFailure {}
    assert.ok(Own.nonRetryable('m') instanceof Own);
    assert.ok(Own.create({}) instanceof Own);
  });

  test('is made from any error, with its class as type, its stack and its cause', () => {
    class OwnError extends Error {}
    const cause = new Error('c');
    const error = new OwnError('m', { cause });
    const failure = ApplicationFailure.fromError(error, { nonRetryable: true, details: [1] });
    assert.equal(failure.type, 'OwnError');
    assert.equal(failure.message, 'm');
    assert.equal(failure.stack, error.stack);
    assert.equal(failure.cause, cause);
    assert.equal(failure.nonRetryable, true);
    assert.deepEqual(failure.details, [1]);
  });

  test('is made from what is no error at all', () => {
    const [text, nothing, bare] = ['text', undefined, Object.create(null) as unknown].map(ensureApplicationFailure);
    assert.deepEqual([text?.message, text?.type, text?.stack], ['text', undefined, '']);
    assert.deepEqual([nothing?.message, nothing?.type], ['undefined', undefined]);
    assert.deepEqual([bare?.message, bare?.type], ['undefined', undefined]);
  });

  test('stays itself', () => {
    const failure = new ApplicationFailure('m');
    assert.equal(ensureApplicationFailure(failure), failure);
    assert.equal(ensureTemporalFailure(failure), failure);
  });
});

test('any failure is one already, and any error becomes one', () => {
  const cancelled = new CancelledFailure('c');
  assert.equal(ensureTemporalFailure(cancelled), cancelled);
  assert.ok(ensureTemporalFailure(new Error('m')) instanceof ApplicationFailure);
});

test('a refused payload is not tried again', () => {
  const { message, type, nonRetryable, details } = createPayloadValidationError({ field: 'x' });
  assert.deepEqual(
    { message, type, nonRetryable, details },
    {
      message: 'Payload validation failed',
      type: 'PayloadValidationError',
      nonRetryable: true,
      details: [{ field: 'x' }],
    },
  );
  assert.deepEqual(createPayloadValidationError(undefined).details, []);
});

test('the root of a chain of causes is found', () => {
  const inner = new ApplicationFailure('inner');
  const activity = new ActivityFailure('a', 't', 'id', 'TIMEOUT', 'me', inner);
  assert.equal(rootCause(new ChildWorkflowFailure('n', {}, 't', 'TIMEOUT', activity)), 'inner');
  assert.equal(rootCause(new TemporalFailure('outer', new Error('plain'))), 'plain');
  assert.equal(rootCause('text'), 'text');
  assert.equal(rootCause(5), undefined);
});

test('failures have what they say, and names', () => {
  const timeout = new TimeoutFailure('late', [1], 'HEARTBEAT');
  assert.deepEqual(
    [timeout.name, timeout.lastHeartbeatDetails, timeout.timeoutType],
    ['TimeoutFailure', [1], 'HEARTBEAT'],
  );
  assert.deepEqual(new CancelledFailure('c').details, []);
  assert.equal(new ChildWorkflowFailure('n', {}, 't', 'TIMEOUT').message, 'Child Workflow execution failed');
  assert.equal(new TemporalFailure(null).message, '');
});
