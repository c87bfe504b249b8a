/**
 * Where promises were made, while somebody wants to know: for each that is pending, a stack trace and the promises that
 * it hangs on.
 */
import { promiseHooks } from 'node:v8';
import type { PromiseStackStore, Stack } from '@perdure/workflow/lib/stack-trace';
import type { Isolate } from './context.ts';
import { isolateOf } from './rejections.ts';

/** Watches promises of runs that want it, in all contexts of this thread, until the function that it returns is called. */
export function watchPromises(): () => void {
  // `race` and `all` make promises of their own, which stand for the one that they return.
  let aggregate: { readonly promise: Promise<unknown>; readonly stack: Stack } | null = null;
  return promiseHooks.createHook({
    init(promise, parent) {
      const isolate = isolateOf(promise);
      const store = isolate && storeOf(isolate);
      if (!isolate || !store) return;
      const stack = stackOf(isolate);
      const aggregates = /^\s+at (Function|Promise)\.(race|all|allSettled|any) \(<anonymous>\)\n/;
      const isPartOf = /^\s+at Promise\.then \(<anonymous>\)\n\s+at (Function|Promise)\.(race|all|allSettled|any) \(/;
      if (aggregate && isPartOf.test(stack.formatted)) {
        add(store, aggregate.promise, aggregate.stack, parent);
        return;
      }
      aggregate = aggregates.test(stack.formatted) ? { promise, stack } : null;
      add(store, promise, stack, parent);
    },
    settled(promise) {
      const isolate = isolateOf(promise);
      const store = isolate && storeOf(isolate);
      store?.childToParent.delete(promise);
      store?.promiseToStack.delete(promise);
    },
  }) as () => void;
}

function storeOf(isolate: Isolate): PromiseStackStore | undefined {
  const activator = isolate.current.maybeGetActivator?.();
  return activator?.stackTracesEnabled ? activator.promiseStackStore : undefined;
}

function add(
  store: PromiseStackStore,
  promise: Promise<unknown>,
  stack: Stack,
  parent: Promise<unknown> | undefined,
): void {
  if (promise === parent) return;
  store.promiseToStack.set(promise, stack);
  const parents = store.childToParent.get(promise) ?? new Set();
  if (parent !== undefined) parents.add(parent);
  store.childToParent.set(promise, parents);
}

/**
 * The trace from where the promise is made, without the frames of this hook. Where no code of the user's is in it, it is
 * of interest only if a microtask made the promise: what the SDK makes while it handles an activation is its own.
 */
function stackOf({ context, frames }: Isolate): Stack {
  const lines = (new context.Error().stack ?? '').split('\n').slice(1);
  const isHook = (line: string) => line.includes('promise-stacks') || line.includes('node:internal/promise_hooks');
  const from = lines.findLastIndex(isHook) + 1;
  const outside = frames.users === null ? frames.outside.indexOf(true, from) : -1;
  const to = outside === -1 ? lines.length : outside;
  const shown = lines.slice(from, to);
  const isOwn = shown.every((line) => line.endsWith('(<anonymous>)')) || shown.some((line) => isEntry.test(line));
  if (frames.users === null && isOwn) return { formatted: '', structured: [] };
  return { formatted: shown.join('\n'), structured: frames.last.slice(from, to) };
}

/** Where the worker tells the SDK within a context what has happened. */
const isEntry = /\bworker-interface\.[jt]s:/;
