import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RetryState, TimeoutType } from '@perdure/api/enums';
import type { Attempted, Backoff, RetryFailure } from './retry.ts';
import { fillRetryPolicy, nextBackoff, retryInterval, validateRetryPolicy } from './retry.ts';
import { toDuration } from './time.ts';

type Policy = Parameters<typeof fillRetryPolicy>[0];

const open: Policy = {
  initialInterval: null,
  backoffCoefficient: 0,
  maximumInterval: null,
  maximumAttempts: 0,
  nonRetryableErrorTypes: [],
};
const seconds = (s: number) => ({ seconds: s, nanos: 0 });
const filled = (policy: Partial<Policy>): Policy => fillRetryPolicy({ ...open, ...policy });

describe('filling in a retry policy', () => {
  const table: [does: string, given: Partial<Policy>, filled: Partial<Policy>][] = [
    [
      'takes 1 s, doubling up to 100 s, without end, for what was left open',
      {},
      { initialInterval: seconds(1), backoffCoefficient: 2, maximumInterval: seconds(100), maximumAttempts: 0 },
    ],
    [
      'makes the maximum of the given initial interval',
      { initialInterval: seconds(3) },
      { maximumInterval: seconds(300) },
    ],
    [
      'keeps what was given',
      { initialInterval: seconds(2), backoffCoefficient: 1.5, maximumInterval: seconds(9), maximumAttempts: 4 },
      { initialInterval: seconds(2), backoffCoefficient: 1.5, maximumInterval: seconds(9), maximumAttempts: 4 },
    ],
    [
      'cuts intervals to a hundred years',
      { initialInterval: seconds(1e12) },
      { initialInterval: seconds(3_153_600_000), maximumInterval: seconds(3_153_600_000) },
    ],
    ['leaves what is wrong for validation to see', { initialInterval: seconds(-1) }, { initialInterval: seconds(-1) }],
  ];
  for (const [does, given, expected] of table) {
    test(does, () => {
      const policy = filled(given);
      assert.deepEqual({ ...policy, ...expected }, policy);
    });
  }
});

describe('validating a retry policy', () => {
  const table: [does: string, policy: Partial<Policy> | null, problem: string | null][] = [
    ['takes none', null, null],
    ['takes the defaults', {}, null],
    [
      'refuses a coefficient below one',
      { backoffCoefficient: 0.5 },
      'BackoffCoefficient cannot be less than 1 on retry policy.',
    ],
    [
      'refuses a negative initial interval',
      { initialInterval: seconds(-1) },
      'invalid InitialInterval set on retry policy: negative duration',
    ],
    [
      'refuses an initial interval of two signs',
      { initialInterval: { seconds: 1, nanos: -5 } },
      'invalid InitialInterval set on retry policy: duration has seconds and nanos with different signs',
    ],
    [
      'refuses a negative maximum interval',
      { maximumInterval: seconds(-1) },
      'invalid MaximumInterval set on retry policy: negative duration',
    ],
    [
      'refuses a maximum below the initial interval',
      { initialInterval: seconds(5), maximumInterval: seconds(1) },
      'MaximumInterval cannot be less than InitialInterval on retry policy.',
    ],
    ['refuses negative attempts', { maximumAttempts: -1 }, 'MaximumAttempts cannot be negative on retry policy.'],
    ['does not look further when there is one attempt only', { maximumAttempts: 1, backoffCoefficient: 0.5 }, null],
    [
      'refuses a timeout that does not exist',
      { nonRetryableErrorTypes: ['Boom', 'TemporalTimeout:Lunch'] },
      'Invalid timeout type value: Lunch.',
    ],
    [
      'refuses the timeout that is none',
      { nonRetryableErrorTypes: ['TemporalTimeout:Unspecified'] },
      'Invalid timeout type value: Unspecified.',
    ],
    [
      'takes timeouts by both their names',
      { nonRetryableErrorTypes: ['TemporalTimeout:Heartbeat', 'TemporalTimeout:TIMEOUT_TYPE_START_TO_CLOSE'] },
      null,
    ],
  ];
  for (const [does, policy, problem] of table) {
    test(does, () => assert.equal(validateRetryPolicy(policy === null ? null : filled(policy)), problem));
  }
});

describe('the interval before an attempt', () => {
  const table: [policy: Partial<Policy>, intervals: number[]][] = [
    [{}, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 100_000, 100_000]],
    [{ backoffCoefficient: 1 }, [1_000, 1_000, 1_000]],
    [{ backoffCoefficient: 1.5, initialInterval: toDuration(0.5) }, [0.5, 0.75, 1.125, 1.6875]],
    [{ maximumInterval: seconds(3) }, [1_000, 2_000, 3_000, 3_000]],
  ];
  for (const [policy, intervals] of table) {
    test(`with ${JSON.stringify(policy)} goes ${intervals.join(', ')} ms`, () => {
      assert.deepEqual(
        intervals.map((_, attempt) => retryInterval(filled(policy), attempt + 1)),
        intervals,
      );
    });
  }

  test('stays at the maximum for any number of attempts and any coefficient', () => {
    assert.equal(retryInterval(filled({}), 1_000_000), 100_000);
    assert.equal(retryInterval(filled({ backoffCoefficient: Number.POSITIVE_INFINITY }), 2), 100_000);
  });
});

const noFailure: RetryFailure = {
  applicationFailureInfo: null,
  timeoutFailureInfo: null,
  canceledFailureInfo: null,
  terminatedFailureInfo: null,
  serverFailureInfo: null,
};
const timedOut = (timeoutType: TimeoutType): RetryFailure => ({
  ...noFailure,
  timeoutFailureInfo: { timeoutType, lastHeartbeatDetails: null },
});
const application = (type: string, more: { nonRetryable?: boolean; delayMs?: number } = {}): RetryFailure => ({
  ...noFailure,
  applicationFailureInfo: {
    type,
    nonRetryable: more.nonRetryable ?? false,
    details: null,
    nextRetryDelay: more.delayMs === undefined ? null : toDuration(more.delayMs),
    category: 0,
  },
});
const retry = (intervalMs: number): Backoff => ({ kind: 'retry', intervalMs });
const stop = (retryState: keyof typeof RetryState): Backoff => ({ kind: 'stop', retryState: RetryState[retryState] });

describe('after an attempt', () => {
  const listed = filled({ nonRetryableErrorTypes: ['Fatal', 'TemporalTimeout:Heartbeat'] });
  const table: [when: string, attempted: Partial<Attempted>, then: Backoff][] = [
    ['without a policy there is no other', { policy: null }, stop('RETRY_POLICY_NOT_SET')],
    ['the next comes after the initial interval', {}, retry(1_000)],
    ['that was the fourth the next comes after eight', { attempt: 4 }, retry(8_000)],
    [
      'that was the last allowed there is no other',
      { policy: filled({ maximumAttempts: 3 }), attempt: 3 },
      stop('MAXIMUM_ATTEMPTS_REACHED'),
    ],
    ['that was the last but one there is', { policy: filled({ maximumAttempts: 3 }), attempt: 2 }, retry(2_000)],
    ['the next may begin at the very end', { now: 5_000, expiration: 6_000 }, retry(1_000)],
    ['the next may not begin later', { now: 5_000, expiration: 5_999 }, stop('TIMEOUT')],
    [
      'attempts are counted before time',
      { policy: filled({ maximumAttempts: 1 }), expiration: 0 },
      stop('MAXIMUM_ATTEMPTS_REACHED'),
    ],
    ['that failed in the application there is another', { failure: application('Boom') }, retry(1_000)],
    [
      'that failed for good there is none',
      { failure: application('Boom', { nonRetryable: true }) },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    [
      'that failed with a listed type there is none',
      { policy: listed, failure: application('Fatal') },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    [
      'that was cancelled there is none',
      { failure: { ...noFailure, canceledFailureInfo: { details: null, identity: '' } } },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    [
      'that was terminated there is none',
      { failure: { ...noFailure, terminatedFailureInfo: { identity: '' } } },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    [
      'that the server failed there is another',
      { failure: { ...noFailure, serverFailureInfo: { nonRetryable: false } } },
      retry(1_000),
    ],
    [
      'that the server failed for good there is none',
      { failure: { ...noFailure, serverFailureInfo: { nonRetryable: true } } },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    ['that took too long there is another', { failure: timedOut(TimeoutType.START_TO_CLOSE) }, retry(1_000)],
    ['whose heart stopped there is another', { failure: timedOut(TimeoutType.HEARTBEAT) }, retry(1_000)],
    [
      'whose heart stopped there is none where that is listed',
      { policy: listed, failure: timedOut(TimeoutType.HEARTBEAT) },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    [
      'that took too long there is another where the heartbeat is listed',
      { policy: listed, failure: timedOut(TimeoutType.START_TO_CLOSE) },
      retry(1_000),
    ],
    [
      'an activity out of time to start is timed out',
      { failure: timedOut(TimeoutType.SCHEDULE_TO_START) },
      stop('TIMEOUT'),
    ],
    [
      'an activity out of time to close is timed out',
      { failure: timedOut(TimeoutType.SCHEDULE_TO_CLOSE) },
      stop('TIMEOUT'),
    ],
    [
      'a workflow out of time to close cannot be retried',
      { of: 'workflow', failure: timedOut(TimeoutType.SCHEDULE_TO_CLOSE) },
      stop('NON_RETRYABLE_FAILURE'),
    ],
    ['an activity may ask for a delay', { failure: application('Boom', { delayMs: 7 }) }, retry(7)],
    [
      'an activity may ask for a delay above the maximum',
      { failure: application('Boom', { delayMs: 500_000 }) },
      retry(500_000),
    ],
    ['a workflow may ask for a delay', { of: 'workflow', failure: application('Boom', { delayMs: 7 }) }, retry(7)],
    [
      'a workflow may not ask for a delay above the maximum',
      { of: 'workflow', failure: application('Boom', { delayMs: 500_000 }) },
      retry(100_000),
    ],
    [
      'an asked delay must end in time too',
      { now: 0, expiration: 6, failure: application('Boom', { delayMs: 7 }) },
      stop('TIMEOUT'),
    ],
    [
      'an activity that asks for no delay at all is given up',
      { failure: application('Boom', { delayMs: 0 }) },
      stop('TIMEOUT'),
    ],
    [
      'a workflow that asks for no delay at all waits for the maximum',
      { of: 'workflow', failure: application('Boom', { delayMs: 0 }) },
      retry(100_000),
    ],
  ];
  for (const [when, attempted, then] of table) {
    test(when, () => {
      const input: Attempted = {
        policy: filled({}),
        of: 'activity',
        attempt: 1,
        now: 0,
        expiration: null,
        failure: null,
        ...attempted,
      };
      assert.deepEqual(nextBackoff(input), then);
    });
  }
});
