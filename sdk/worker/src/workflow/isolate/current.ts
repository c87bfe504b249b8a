import type { Activator } from './sdk.ts';

/** A run's `globalThis`. */
export type Globals = Record<PropertyKey, unknown>;

/** Whose code runs in a context, for what is shared by all. */
export type Current = {
  globals: Globals;
  maybeGetActivator?: () => Activator | undefined;
  /** A promise that the code which ran last rejected and nobody handled. */
  rejection: { readonly reason: unknown } | null;
};
