import type { Interceptor, StatusObject } from '@grpc/grpc-js';
import { Status } from '@perdure/transport';
import { grpcJs } from './grpc-js.ts';
import { retryingCall } from './grpc-js-retry.ts';
import type { GrpcRetryOptions } from './retry.ts';

export type { GrpcRetryOptions } from './retry.ts';

/** What the usual back-off is made of. */
export interface BackoffOptions {
  /** By how much each wait is longer than the last. @default 1.7 */
  factor: number;
  /** Attempts in all. @default 10 */
  maxAttempts: number;
  /** By which part of it a wait is made longer or shorter at random, from 0 to 1. @default 0.2 */
  maxJitter: number;
  /** The first wait in milliseconds. @default 1,000 for RESOURCE_EXHAUSTED, 100 for all else */
  initialIntervalMs(status: StatusObject): number;
  /** The longest wait in milliseconds, before jitter. @default 5,000 */
  maxIntervalMs(status: StatusObject): number;
}

/**
 * Retries with exponential back-off of calls whose status says that another attempt may go better.
 *
 * `maxIntervalMs` is not looked at: as in the API that this follows, the longest wait is always five seconds.
 */
export function defaultGrpcRetryOptions(options: Partial<BackoffOptions> = {}): GrpcRetryOptions {
  const { factor = 1.7, maxAttempts = 10, maxJitter = 0.2, initialIntervalMs = firstWait } = options;
  return {
    retryableDecider: (attempt, status) => attempt < maxAttempts && isRetryableError(status),
    delayFunction: (attempt, status) => {
      const wait = Math.min(longestWaitMs, initialIntervalMs(status) * factor ** attempt);
      return wait * (1 + maxJitter * (2 * Math.random() - 1));
    },
  };
}

const longestWaitMs = 5_000;
const firstWait = ({ code }: StatusObject): number => (code === Status.RESOURCE_EXHAUSTED ? 1_000 : 100);

const passing = new Set<number>([
  Status.UNKNOWN,
  Status.RESOURCE_EXHAUSTED,
  Status.UNAVAILABLE,
  Status.ABORTED,
  Status.DATA_LOSS,
  Status.OUT_OF_RANGE,
]);

/**
 * Whether a call that ended with this status may do better when it is made again.
 *
 * INTERNAL covers too much to be retried as such. What is retried of it are the ways in which proxies and connections
 * that are being closed show themselves, and they can be told only by their text.
 */
export function isRetryableError(status: StatusObject): boolean {
  if (status.code !== Status.INTERNAL) return passing.has(status.code);
  const { details } = status;
  // A stream that ended well but without a gRPC status: some proxy answered.
  if (/RST_STREAM with code 0|Call ended without gRPC status/i.test(details)) return true;
  // A connection that closes under the call; but alerts of TLS, which come the same way, do not pass.
  return /RST_STREAM with code 2/i.test(details) && !/SSL alert number/i.test(details);
}

const policies = new WeakMap<Interceptor, GrpcRetryOptions>();

/** An interceptor, for {@link ConnectionOptions.interceptors}, that makes failed calls again. */
export function makeGrpcRetryInterceptor(retryOptions: GrpcRetryOptions): Interceptor {
  const interceptor: Interceptor = (options, nextCall) => {
    const { InterceptingCall } = grpcJs();
    return new InterceptingCall(retryingCall(() => nextCall(options), retryOptions));
  };
  policies.set(interceptor, retryOptions);
  return interceptor;
}

/** What an interceptor made here does, so that it can be done without grpc-js; undefined for any other. */
export const retryPolicyOf = (interceptor: Interceptor): GrpcRetryOptions | undefined => policies.get(interceptor);
