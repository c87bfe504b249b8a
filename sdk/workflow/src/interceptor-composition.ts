import type { Any } from '@perdure/common/lib/any';
import { composeInterceptorsWith, type Next } from '@perdure/common/lib/interceptors';
import { executionScope, type RandomSource, runWithin } from './execution-scope.ts';

type AnyFunction = (...args: Any[]) => Any;

/**
 * Makes `fn` draw from the random stream that is in force now, whoever calls it. An interceptor that works with a stream
 * of its own must not lend it to the code that it calls.
 */
function withRandomOfNow<F extends AnyFunction>(fn: F): F {
  const { random } = executionScope();
  return ((...args: Any[]) => withRandom(random, () => fn(...args))) as F;
}

/** Runs `fn` drawing from the given stream, from the workflow's own if that is `undefined`. */
export function withRandom<T>(random: RandomSource | undefined, fn: () => T): T {
  return executionScope().random === random ? fn() : runWithin({ random }, fn);
}

/** The chain of the interceptors that have the method, the first outermost, with `next` at its end. */
export function composeInterceptors<I, M extends keyof I>(interceptors: I[], method: M, next: Next<I, M>): Next<I, M> {
  if (interceptors.length === 0) return next;
  return composeInterceptorsWith(interceptors, method, next, withRandomOfNow);
}
