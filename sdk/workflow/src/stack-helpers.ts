import { maybeGetActivator } from './global-attributes.ts';

/** Leaves a promise of our own out of what the stack trace queries show, for it would tell users nothing. */
export function untrackPromise(promise: Promise<unknown>): void {
  const store = maybeGetActivator()?.promiseStackStore;
  if (store === undefined || store.promiseToStack.size + store.childToParent.size === 0) return;
  store.childToParent.delete(promise);
  store.promiseToStack.delete(promise);
}
