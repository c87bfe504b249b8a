import type { Any } from './any.ts';
import type { Payload } from './interfaces.ts';
import type { AnyFunc, OmitLastParam } from './type-helpers.ts';

/** What an interceptor's method calls to go on: the method itself without its last parameter, which this one is. */
export type Next<IF, FN extends keyof IF> = Required<IF>[FN] extends AnyFunc ? OmitLastParam<Required<IF>[FN]> : never;

/** Payloads that travel along with a call. Interceptors write and read them. */
export type Headers = Record<string, Payload>;

/** Composes like {@link composeInterceptors}, and wraps each function that an interceptor gets to go on. */
export function composeInterceptorsWith<I, M extends keyof I>(
  interceptors: I[],
  method: M,
  next: Next<I, M>,
  wrapNext: <F extends AnyFunc>(next: F) => F,
): Next<I, M> {
  return interceptors.reduceRight((composed: Next<I, M>, interceptor) => {
    if (interceptor?.[method] === undefined) return composed;
    const goOn = wrapNext(composed as AnyFunc);
    // Looked up at the call, so that an interceptor may be patched later, and called on it, so that it has its `this`.
    // Stack traces of failures are told without it, by its name.
    const composedNext = (input: Any) => (interceptor[method] as AnyFunc)(input, goOn);
    return composedNext as unknown as Next<I, M>;
  }, next);
}

/** One function for a chain of interceptors: the first one is called first, and `next` in the end. */
export function composeInterceptors<I, M extends keyof I>(interceptors: I[], method: M, next: Next<I, M>): Next<I, M> {
  return composeInterceptorsWith(interceptors, method, next, (goOn) => goOn);
}
