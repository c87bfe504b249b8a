/** Puts Node's storage where a worker would. To be imported before anything that runs workflows. */
import { AsyncLocalStorage } from 'node:async_hooks';

Object.assign(globalThis, { AsyncLocalStorage });
