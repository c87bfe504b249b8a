import type { AsyncLocalStorage as NodeAsyncLocalStorage } from 'node:async_hooks';
import type { temporal } from '@perdure/proto';
import { getActivator } from './global-attributes.ts';
import type { LinkedScope } from './linked-scope.ts';
import type { UpdateInfo } from './workflow-info.ts';

/*
 * What code carries along over its awaits: the scope it runs in. One storage holds all of it, and for all runs of a
 * context, because each change of scope would otherwise cost as often as there are storages.
 */

/** Something that random numbers can be drawn from. */
export interface RandomSource {
  random(): number;
}

type Marker = { toProto(): temporal.api.sdk.v1.IEventGroupMarker };

/** The event group markers that new commands get. */
export type MarkersInForce = {
  readonly implicit: Marker | undefined;
  readonly explicit: { readonly [id: string]: Marker };
};

type ExecutionScope = {
  readonly cancellation?: LinkedScope;
  readonly update?: UpdateInfo;
  readonly markers?: MarkersInForce;
  readonly random?: RandomSource | undefined;
};

type Host = { AsyncLocalStorage?: new <T>() => NodeAsyncLocalStorage<T> };

/** A stand-in, so that files with workflows in them can be imported where no workflow runs. */
class NoStorage {}

/** Node's `AsyncLocalStorage`, as the worker hands it to workflows. Outside a worker it is an empty class. */
export const AsyncLocalStorage: new <T>() => NodeAsyncLocalStorage<T> =
  (globalThis as Host).AsyncLocalStorage ?? (NoStorage as unknown as new <T>() => NodeAsyncLocalStorage<T>);

export const scopes = new AsyncLocalStorage<ExecutionScope>();
const outermost: ExecutionScope = {};

export function executionScope(): ExecutionScope {
  return scopes.getStore() ?? outermost;
}

/** The scope of now, but for what `changes` says. */
export function scopeWith(changes: ExecutionScope): ExecutionScope {
  return { ...executionScope(), ...changes };
}

/** Runs `fn` in the scope of now, but for what `changes` says. */
export function runWithin<T>(changes: ExecutionScope, fn: () => T): T {
  return scopes.run(scopeWith(changes), fn);
}

/** The cancellation scope that code runs in: the workflow's own, if no other. */
export function currentCancellation(): LinkedScope {
  return executionScope().cancellation ?? getActivator().rootScope;
}
