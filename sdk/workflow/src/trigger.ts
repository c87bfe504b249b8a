import type { Any } from '@perdure/common/lib/any';
import { currentCancellation } from './execution-scope.ts';
import { untrackPromise } from './stack-helpers.ts';

/**
 * A promise that is settled from outside: by its own `resolve` and `reject`. It belongs to the scope that it is made in,
 * and rejects when that is cancelled.
 */
export class Trigger<T> implements PromiseLike<T> {
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason?: Any) => void;
  protected readonly promise: Promise<T>;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const { cancellable, cancelRequested } = currentCancellation();
    if (cancellable) untrackPromise(cancelRequested.catch(reject));
    this.promise = promise;
    this.resolve = resolve;
    this.reject = reject;
    // Nobody has to wait for it.
    untrackPromise(promise.catch(() => undefined));
  }

  // biome-ignore lint/suspicious/noThenProperty: it is to be awaited
  then<TResult1 = T, TResult2 = never>(
    onfulfilled?: ((value: T) => TResult1 | PromiseLike<TResult1>) | undefined | null,
    onrejected?: ((reason: Any) => TResult2 | PromiseLike<TResult2>) | undefined | null,
  ): PromiseLike<TResult1 | TResult2> {
    return this.promise.then(onfulfilled, onrejected);
  }
}
