/**
 * Promises that code rejects and nobody handles fail the task in which that happened. Node tells the process of them when
 * the turn of the event loop is over, and no other run's code runs in that turn: whoever's code ran last in the context
 * of the promise rejected it.
 */
import vm from 'node:vm';
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
  interceptRejections();
}

type Emit = (this: unknown, name: string | symbol, ...given: unknown[]) => boolean;

/** Rejections of watched contexts are nobody else's business: a test runner on the same thread would take them for its own. */
function interceptRejections(): void {
  // The one that Node knows: a test runner may give its tests a copy.
  const node: { emit: Emit } = vm.runInThisContext('process');
  const { emit } = node;
  node.emit = function (name, ...given) {
    const [reason, promise] = given;
    const its = name === 'unhandledRejection' ? isolateOf(promise as Promise<unknown>) : undefined;
    if (!its) return emit.call(this, name, ...given);
    its.current.rejection ??= { reason };
    return true;
  };
}
