import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InterceptingListener, StatusObject } from '@grpc/grpc-js';
import { Status } from '@perdure/transport';
import { grpcJs } from './grpc-js.ts';
import { retryingCall } from './grpc-js-retry.ts';
import { defaultGrpcRetryOptions, isRetryableError } from './grpc-retry.ts';

const { Metadata } = grpcJs();
const statusOf = (code: number, details = ''): StatusObject => ({ code, details, metadata: new Metadata() });

describe('a status', () => {
  for (const [code, details, again] of [
    [Status.UNAVAILABLE, '', true],
    [Status.UNKNOWN, '', true],
    [Status.DATA_LOSS, '', true],
    [Status.OUT_OF_RANGE, '', true],
    [Status.ABORTED, '', true],
    [Status.RESOURCE_EXHAUSTED, '', true],
    [Status.CANCELLED, '', false],
    [Status.DEADLINE_EXCEEDED, '', false],
    [Status.UNIMPLEMENTED, '', false],
    [Status.UNAUTHENTICATED, '', false],
    [Status.INTERNAL, 'no idea', false],
    [Status.INTERNAL, 'Received RST_STREAM with code 0', true],
    [Status.INTERNAL, 'Call ended without gRPC status', true],
    [Status.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)', true],
    [Status.INTERNAL, 'Received RST_STREAM with code 2: SSL alert number 46', false],
  ] as const) {
    test(`of ${code} ${details} is ${again ? '' : 'not '}worth another attempt`, () => {
      assert.equal(isRetryableError(statusOf(code, details)), again);
    });
  }
});

describe('the usual back-off', () => {
  const wait = (attempt: number, code: number, options = {}) =>
    defaultGrpcRetryOptions({ maxJitter: 0, ...options }).delayFunction(attempt, statusOf(code));

  test('grows by its factor, from a tenth of a second to five seconds', () => {
    const waits = [1, 2, 3, 9].map((attempt) => Math.round(wait(attempt, Status.UNAVAILABLE)));
    assert.deepEqual(waits, [170, 289, 491, 5_000]);
  });

  test('begins later when the server has too much to do', () => {
    assert.equal(Math.round(wait(1, Status.RESOURCE_EXHAUSTED)), 1_700);
  });

  test('varies by its jitter', () => {
    for (let i = 0; i < 100; i++) {
      const ms = wait(1, Status.UNAVAILABLE, { maxJitter: 0.5 });
      assert.ok(ms >= 85 && ms <= 255, String(ms));
    }
  });

  test('ends after ten attempts, or as many as are asked for', () => {
    const decide = (attempt: number, options = {}) =>
      defaultGrpcRetryOptions(options).retryableDecider(attempt, statusOf(Status.UNAVAILABLE));
    assert.deepEqual([decide(9), decide(10), decide(2, { maxAttempts: 2 })], [true, false, false]);
  });
});

describe('a retried call of grpc-js', () => {
  type Call = Parameters<typeof retryingCall>[0] extends () => infer C ? C : never;

  /** Calls that end as given, one after the other. */
  function world(outcomes: readonly StatusObject[], delayMs = 0) {
    const sent: unknown[] = [];
    const received: unknown[] = [];
    let made = 0;
    const nextCall = (): Call => {
      const status = outcomes[made++];
      let listener: Partial<InterceptingListener> = {};
      return {
        start: (_metadata: unknown, given: Partial<InterceptingListener>) => {
          listener = given;
        },
        sendMessage: (message: unknown) => sent.push(message),
        halfClose: () => {
          if (status === undefined) return;
          if (status.code === Status.OK) listener.onReceiveMessage?.('answer');
          listener.onReceiveStatus?.(status);
        },
      } as unknown as Call;
    };
    const call = retryingCall(nextCall, { retryableDecider: (n) => n < 3, delayFunction: () => delayMs });
    const ended = new Promise<StatusObject>((resolve) => {
      call.start(new Metadata(), {
        onReceiveMessage: (message: unknown) => received.push(message),
        onReceiveStatus: resolve,
      });
    });
    call.sendMessage('question');
    call.halfClose();
    return { call, ended, sent, received, attempts: () => made };
  }

  test('sends its message again and gives the answer of the attempt that succeeds', async () => {
    const { ended, sent, received } = world([statusOf(14), statusOf(14), statusOf(0)]);
    assert.equal((await ended).code, 0);
    assert.deepEqual(sent, ['question', 'question', 'question']);
    assert.deepEqual(received, ['answer']);
  });

  test('gives the last status when it is given up', async () => {
    const { ended, attempts } = world([statusOf(14), statusOf(14), statusOf(13, 'last')]);
    assert.equal((await ended).details, 'last');
    assert.equal(attempts(), 3);
  });

  test('can be cancelled while it waits', async () => {
    const { call, ended, attempts } = world([statusOf(14), statusOf(0)], 60_000);
    call.cancelWithStatus(Status.CANCELLED, 'enough');
    assert.equal((await ended).details, 'enough');
    assert.equal(attempts(), 1);
  });
});
