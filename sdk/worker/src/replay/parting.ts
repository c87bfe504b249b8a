import type { ReplayError } from './errors.ts';
import type { Event } from './history.ts';
import type { Pending } from './state.ts';

/** An event of the history, and what the code asked for in its place; null if for nothing. */
export type Parting = { readonly event: Event; readonly pending: Pending | null };

const partings = new WeakMap<ReplayError, Parting>();

/** Keeps with an error where code and history part. */
export function notePartingOf(error: ReplayError, parting: Parting): void {
  partings.set(error, parting);
}

export function partingOf(error: ReplayError): Parting | undefined {
  return partings.get(error);
}
