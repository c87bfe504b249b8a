/**
 * Promises that code rejects and nobody handles fail the task in which that happened. Node reports them to the process
 * when the turn of the event loop is over, and no other run's code runs in that turn: whoever's code ran last in the
 * context of the promise rejected it.
 */
import type { Isolate } from './context.ts';

const isolates = new WeakMap<object, Isolate>();
let isWatching = false;

/** The context that a promise is of, if it is one of those that are watched. */
export function isolateOf(promise: Promise<unknown>): Isolate | undefined {
  return isolates.get(Object.getPrototypeOf(promise));
}

export function watchRejections(isolate: Isolate): void {
  isolates.set(isolate.context.Promise.prototype, isolate);
  if (isWatching) return;
  isWatching = true;
  process.on('unhandledRejection', (reason, promise) => {
    const its = isolateOf(promise);
    if (its) its.current.rejection ??= { reason };
    // Somebody else's: without this listener Node would have thrown it.
    else if (process.listenerCount('unhandledRejection') === 1) throw reason;
  });
}
