/** What a suite gets to work with. */
import type { Sdk } from './sdk.ts';
import type { ServerProcess } from './server-process.ts';

export interface Bench {
  readonly quick: boolean;
  /** What the load is made with, one after the other, in the suites that need a client and a worker. */
  readonly sdks: readonly Sdk[];
  /** In these suites too: which subjects, by a part of their names; empty for all. */
  readonly only: string;
  /** Starts a server on an empty database, or on the one given. Without it, a server that is there already is used. */
  readonly start: (db?: string) => Promise<ServerProcess>;
  /** True when `start` really starts a process, so that it can be restarted and its disk looked at. */
  readonly owned: boolean;
  /** A folder for this suite's files, removed in the end. */
  readonly folder: string;
}

export type Suite = (bench: Bench) => Promise<void>;
