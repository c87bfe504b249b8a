import type { Effect } from '../engine/workflow/derive.ts';
import type { NamespaceView } from '../engine/workflow/transition.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import type { Storage } from '../storage/contract.ts';
import type { Cache } from './cache.ts';
import type { Commits } from './commits.ts';
import type { Loaded } from './loaded.ts';
import type { TimeLocks } from './time-locks.ts';
import type { WakeUps } from './wake-ups.ts';

export interface HostOptions {
  readonly clock: Clock;
  /** What keeps time from being skipped, if it is skipped at all. */
  readonly timeLocks?: TimeLocks;
  readonly random: Random;
  readonly limits: Limits;
  readonly storage: Storage;
  readonly namespace: (id: string) => NamespaceView | undefined;
  /** Does what a state asks for outside of it. Called in the turn of the change; must not throw. */
  readonly perform: (effect: Effect, loaded: Loaded) => void;
  /** A run closes, and is to be deleted at `at` (epoch ms). */
  readonly onExpiry?: (at: number) => void;
  readonly onBug: (error: unknown) => void;
  /** How many runs to keep in memory. Default 5000. */
  readonly cacheCapacity?: number;
}

export interface Lookup {
  readonly stored: Promise<{ readonly runId: string } | null>;
  /** There is a later run since the read began. */
  overtaken: boolean;
}

/** What the host's parts share. */
export interface HostState {
  readonly options: HostOptions;
  readonly cache: Cache;
  /** Loads under way, by run id. */
  readonly loading: Map<string, Promise<Loaded | null>>;
  /** Runs being read from storage that have not come into memory, or been deleted, since the read began. */
  readonly reading: Set<string>;
  /** How many runs were read from storage so far. */
  loads: number;
  /** Reads of a workflow id's latest run under way, by `nameOf`. */
  readonly lookups: Map<string, Lookup>;
  /** Deletes that are not durable yet, by run id. */
  readonly deleting: Map<string, Promise<void>>;
  readonly commits: Commits;
  readonly wakeUps: WakeUps;
  readonly timeLocks: TimeLocks;
  closed: boolean;
}
