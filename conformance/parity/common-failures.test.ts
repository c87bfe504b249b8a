/**
 * Errors and failures, beside those of the official package.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Long from 'long';
import { HandlerError } from 'nexus-rpc';
import { type Common, ours, outcome, same, theirs, wireFailure } from './side-by-side.ts';

/** All that can be seen of an error, and of its causes. */
function described(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { message, name, stack, cause } = error;
  return { ...error, failure: undefined, message, name, stack, cause: described(cause) };
}

describe('errors on their way out', () => {
  const cause = (common: Common) =>
    new common.ApplicationFailure('inner', 'Inner', true, [{ a: 1 }], new Error('innermost'));
  const execution = { workflowId: 'w', runId: 'r' };
  const errors: [name: string, make: (common: Common) => unknown][] = [
    ['an error', () => new TypeError('wrong')],
    ['an error with a cause', () => new Error('outer', { cause: new Error('inner') })],
    ['an error with a cause that is none', () => new Error('outer', { cause: 'a text' })],
    ['a failure', (common) => new common.TemporalFailure('plain', cause(common))],
    ['a failure without message', (common) => new common.TemporalFailure()],
    ['a server failure', (common) => new common.ServerFailure('server', true, cause(common))],
    ['an application failure', cause],
    ['one that is retryable', (common) => common.ApplicationFailure.retryable('m', null, 1, 'two')],
    ['one that is not retryable', (common) => common.ApplicationFailure.nonRetryable('m', 'T')],
    [
      'one with all options',
      (common) =>
        common.ApplicationFailure.create({
          message: 'm',
          type: 'T',
          nonRetryable: true,
          details: [undefined, null, new Uint8Array([1])],
          nextRetryDelay: '1.5 seconds',
          cause: new Error('c'),
          category: common.ApplicationFailureCategory.BENIGN,
        }),
    ],
    ['one without options', (common) => common.ApplicationFailure.create({})],
    ['a payload validation error', (common) => common.createPayloadValidationError({ field: 'x' })],
    ['a payload validation error without details', (common) => common.createPayloadValidationError(null)],
    ['a cancellation', (common) => new common.CancelledFailure('cancelled')],
    ['a cancellation with details', (common) => new common.CancelledFailure('cancelled', [1, 2], cause(common))],
    ['a termination', (common) => new common.TerminatedFailure('terminated', cause(common))],
    ['a timeout', (common) => new common.TimeoutFailure('late', { at: 5 }, 'HEARTBEAT')],
    ['a timeout without details', (common) => new common.TimeoutFailure('late', undefined, 'START_TO_CLOSE')],
    [
      'an Activity’s failure',
      (common) => new common.ActivityFailure('a', 'type', 'id', 'TIMEOUT', 'me', cause(common)),
    ],
    [
      'an Activity’s failure with gaps',
      (common) => new common.ActivityFailure(undefined, 't', undefined, undefined, undefined),
    ],
    [
      'a child’s failure',
      (common) => new common.ChildWorkflowFailure('ns', execution, 't', 'IN_PROGRESS', cause(common)),
    ],
    [
      'a Nexus Operation’s failure',
      (common) => new common.NexusOperationFailure('n', 5, 'endpoint', 'service', 'operation', 'token', cause(common)),
    ],
    [
      'a Nexus Operation’s failure with gaps',
      (common) => new common.NexusOperationFailure('n', undefined, 'e', 's', 'o', undefined),
    ],
    ['a Workflow that exists', (common) => new common.WorkflowExecutionAlreadyStartedError('exists', 'w', 't')],
    ['a handler’s error', () => new HandlerError('NOT_FOUND', 'gone', { cause: new Error('c') })],
    ['a handler’s error to be retried', () => new HandlerError('NOT_FOUND', 'gone', { retryableOverride: true })],
    ['a handler’s error not to be retried', () => new HandlerError('INTERNAL', 'gone', { retryableOverride: false })],
    [
      'a handler’s error from elsewhere',
      () =>
        new HandlerError('INTERNAL', 'm', {
          originalFailure: { message: 'm', metadata: { k: 'v' }, details: { x: 1 } },
        }),
    ],
    [
      'a handler’s error that lost its failure',
      () =>
        new HandlerError('INTERNAL', 'm', {
          originalFailure: { message: 'm', metadata: { type: 'temporal.api.failure.v1.Failure' } },
        }),
    ],
    ['a text', () => 'just a text'],
    ['undefined', () => undefined],
    ['null', () => null],
    ['a number', () => 42],
    ['an object', () => ({ a: 1 })],
    ['an object that is no JSON', () => ({ a: 1n })],
    [
      'something like an error',
      () => ({ name: 'Own', message: 'like one', stack: 'Own: like one\n    at x (y.js:1:1)' }),
    ],
    ['an aborted signal’s error', () => AbortSignal.abort().reason],
  ];

  /** The stack trace of the two copies differs in its places, so it is set. */
  function withStack(error: unknown): unknown {
    for (let at = error; at instanceof Error; at = at.cause)
      at.stack = `${at.name}: ${at.message}\n    at somewhere (file.ts:1:2)`;
    return error;
  }

  for (const [name, make] of errors) {
    test(`${name} becomes the same failure, and comes back the same`, () => {
      same((common) => {
        const failure = common.defaultFailureConverter.errorToFailure(
          withStack(make(common)),
          common.defaultPayloadConverter,
        );
        const back = common.defaultFailureConverter.failureToError(failure, common.defaultPayloadConverter);
        return { wire: wireFailure(failure), back: described(back) };
      });
    });

    test(`${name} becomes the same failure with encoded attributes, and comes back the same`, () => {
      same((common) => {
        const converter = new common.DefaultFailureConverter({ encodeCommonAttributes: true });
        const failure = converter.errorToFailure(withStack(make(common)), common.defaultPayloadConverter);
        const back = converter.failureToError(failure, common.defaultPayloadConverter);
        return { wire: wireFailure(failure), back: described(back) };
      });
    });

    test(`${name} is an application failure, and a failure, in the same way`, () => {
      same((common) => ({
        application: outcome(() => described(common.ensureApplicationFailure(withStack(make(common))))),
        any: outcome(() => described(common.ensureTemporalFailure(withStack(make(common))))),
        overridden: outcome(() =>
          described(common.ApplicationFailure.fromError(withStack(make(common)), { type: 'Own' })),
        ),
        root: common.rootCause(make(common)),
      }));
    });
  }

  test('a failure that came from elsewhere goes on as it came', () => {
    const failure = { message: 'm', source: 'GoSDK', stackTrace: 's', applicationFailureInfo: { type: 'T' } };
    same((common) => {
      const error = common.defaultFailureConverter.failureToError(failure, common.defaultPayloadConverter);
      return wireFailure(common.defaultFailureConverter.errorToFailure(error, common.defaultPayloadConverter));
    });
  });
});

describe('failures on their way in', () => {
  const payloads = {
    payloads: [ours.defaultPayloadConverter.toPayload({ d: 1 }), ours.defaultPayloadConverter.toPayload('x')],
  };
  const base = {
    message: 'm',
    source: 'JavaSDK',
    stackTrace: 'trace',
    cause: { message: 'c', applicationFailureInfo: {} },
  };
  const failures: [name: string, failure: ours.ProtoFailure][] = [
    ['one of no kind', base],
    ['an empty one', {}],
    [
      'an application’s',
      { ...base, applicationFailureInfo: { type: 'T', nonRetryable: true, details: payloads, category: 1 } },
    ],
    ['one of a category that nobody knows', { applicationFailureInfo: { category: 77 as 1 } }],
    ['a timeout', { ...base, timeoutFailureInfo: { timeoutType: 4, lastHeartbeatDetails: payloads } }],
    ['a timeout of no type', { ...base, timeoutFailureInfo: {} }],
    ['a timeout of a type that nobody knows', { timeoutFailureInfo: { timeoutType: 99 as 1 } }],
    ['a cancellation', { ...base, canceledFailureInfo: { details: payloads } }],
    ['a termination', { ...base, terminatedFailureInfo: {} }],
    ['a server’s', { ...base, serverFailureInfo: { nonRetryable: true } }],
    ['a reset', { ...base, resetWorkflowFailureInfo: { lastHeartbeatDetails: payloads } }],
    [
      'an Activity’s',
      { ...base, activityFailureInfo: { activityType: { name: 't' }, activityId: 'a', retryState: 5, identity: 'i' } },
    ],
    ['an Activity’s without its type', { ...base, activityFailureInfo: { activityId: 'a' } }],
    [
      'a child’s',
      {
        ...base,
        childWorkflowExecutionFailureInfo: {
          namespace: 'n',
          workflowType: { name: 't' },
          workflowExecution: { workflowId: 'w', runId: 'r' },
          retryState: 3,
        },
      },
    ],
    ['a child’s without its type', { ...base, childWorkflowExecutionFailureInfo: { namespace: 'n' } }],
    ['a Nexus handler’s', { ...base, nexusHandlerFailureInfo: { type: 'NOT_FOUND', retryBehavior: 1 } }],
    [
      'a Nexus handler’s of a type that nobody knows',
      { ...base, nexusHandlerFailureInfo: { type: 'TEAPOT', retryBehavior: 2 } },
    ],
    ['a Nexus handler’s of no type', { nexusHandlerFailureInfo: {} }],
    [
      'a Nexus Operation’s',
      {
        ...base,
        nexusOperationExecutionFailureInfo: {
          scheduledEventId: Long.fromNumber(7),
          endpoint: 'e',
          service: 's',
          operation: 'o',
          operationToken: 't',
        },
      },
    ],
    ['a Nexus Operation’s with gaps', { nexusOperationExecutionFailureInfo: {} }],
    [
      'one with encoded attributes',
      {
        ...base,
        message: 'Encoded failure',
        encodedAttributes: ours.defaultPayloadConverter.toPayload({ message: 'real', stack_trace: 'real trace' }),
      },
    ],
    ['one with other encoded attributes', { ...base, encodedAttributes: ours.defaultPayloadConverter.toPayload([1]) }],
    [
      'one with encoded attributes of null',
      { ...base, encodedAttributes: ours.defaultPayloadConverter.toPayload(null) },
    ],
  ];
  for (const [name, failure] of failures) {
    test(`${name} becomes the same error`, () => {
      same((common) => {
        const error = common.defaultFailureConverter.failureToError(failure, common.defaultPayloadConverter);
        const failureOf = (error as ours.TemporalFailure).failure;
        return { error: described(error), failure: failureOf && wireFailure(failureOf) };
      });
    });
  }
});

describe('stack traces', () => {
  const frame = '    at work (/app/src/activities.ts:1:2)';
  const traces: [name: string, trace: string | undefined][] = [
    ['none', undefined],
    ['an empty one', ''],
    ['one of the user only', `Error: x\n${frame}\n    at later (/app/x.ts:3:4)`],
    [
      'one that an Activity ended',
      `Error: x\n${frame}\n    at Activity.execute (/node_modules/@temporalio/worker/lib/activity.js:1:1)\n${frame}`,
    ],
    ['one with Windows line ends', `Error: x\r\n${frame}\r\n    at execute (C:\\worker\\src\\activity.ts:1:1)`],
    [
      'one that a Workflow began',
      `Error: x\n${frame}\n    at Activator.startWorkflowNextHandler (/x/internals.js:1:1)\n${frame}`,
    ],
    ['one that a signal began', `Error: x\n${frame}\n    at async signalWorkflowNextHandler (/x/internals.js:1:1)`],
    [
      'one that a Nexus handler began',
      `Error: x\n${frame}\n    at async NexusHandler.invokeUserCode (/worker/lib/nexus/index.js:1:1)`,
    ],
    [
      'one that the isolate ended',
      `Error: x\n${frame}\n    at Script.runInContext (node:vm:148:12)\n    at y (z.js:1:1)`,
    ],
    [
      'one through interceptors',
      `Error: x\n${frame}\n    at next (/node_modules/@temporalio/common/lib/interceptors.js:1:1)\n${frame}`,
    ],
    [
      'one through the last interceptor',
      `Error: x\n${frame}\n    at Activity.executeNextHandler (/worker/lib/activity.js:1:1)\n    at executeNextHandler (/worker/src/activity.ts:1:1)`,
    ],
  ];
  for (const [name, trace] of traces) {
    test(`${name} is cut in the same way`, () => same((common) => common.cutoffStackTrace(trace)));
  }

  test('an error about something unknown keeps its trace, which the reference cuts off by mistake', () => {
    const trace = `Error: unknown thing\n${frame}`;
    assert.equal(ours.cutoffStackTrace(trace), trace);
    assert.equal(theirs.cutoffStackTrace(trace), '');
  });
});

describe('errors of both packages', () => {
  const classes = Object.keys(theirs).filter((name) => {
    const value: unknown = theirs[name as keyof Common];
    return typeof value === 'function' && value.prototype instanceof Error;
  }) as (keyof Common)[];
  type ErrorClass = new (...args: unknown[]) => Error;
  const args = ['m', 'x', 'y', 'z'];

  for (const name of classes) {
    test(`${name} is recognized across packages, and is nothing else`, () => {
      const made = (common: Common) => new (common[name] as unknown as ErrorClass)(...args);
      for (const other of classes) {
        const expected = made(theirs) instanceof (theirs[other] as unknown as ErrorClass);
        assert.equal(made(ours) instanceof (theirs[other] as unknown as ErrorClass), expected, `ours as ${other}`);
        assert.equal(made(theirs) instanceof (ours[other] as unknown as ErrorClass), expected, `theirs as ${other}`);
        assert.equal(made(ours) instanceof (ours[other] as unknown as ErrorClass), expected, `ours as our ${other}`);
      }
      assert.equal(made(ours).name, made(theirs).name);
      assert.equal(made(ours).message, made(theirs).message);
      assert.equal(String(made(ours)), String(made(theirs)));
      assert.deepEqual(Object.keys(made(ours)).sort(), Object.keys(made(theirs)).sort());
    });

    test(`a subclass of ${name} is not mistaken for it`, () => {
      for (const common of [ours, theirs]) {
        const Class = common[name] as unknown as ErrorClass;
        class Own extends Class {}
        assert.equal(new Own(...args) instanceof Class, true);
        assert.equal(new Class(...args) instanceof Own, false);
      }
    });
  }
});
