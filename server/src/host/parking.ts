import type { Cancel, Clock } from '../kernel/clock.ts';
import type { Loaded } from './loaded.ts';
import { emptyStagedRun, merge, type RunChange, type StagedRun } from './staged-run.ts';

/**
 * Changes of runs that nobody waits for and that may be lost, kept out of commits until their run has something else to
 * store, or for a moment. That a worker has taken a workflow task is such a change: it is mostly stored together with
 * what the worker answers, which saves a commit per task.
 */
export interface Parking {
  park(loaded: Loaded, change: RunChange): void;
  /** Gives what is parked of a run out to be stored. */
  release(runId: string): void;
  releaseAll(): void;
  /** What is parked of the run is not to be stored. */
  forget(runId: string): void;
}

/** For how long a change is parked, in milliseconds. Most workflow tasks are answered sooner. */
const PARKED_MS = 100;

interface Parked {
  readonly loaded: Loaded;
  readonly run: StagedRun;
  readonly since: number;
}

export function createParking(clock: Clock, store: (loaded: Loaded, run: StagedRun) => void): Parking {
  /** By run, the oldest first. */
  const parked = new Map<string, Parked>();
  let timer: Cancel | null = null;

  function take(runId: string): Parked | undefined {
    const found = parked.get(runId);
    parked.delete(runId);
    if (found) found.loaded.parked = false;
    return found;
  }

  function release(runId: string): void {
    const found = take(runId);
    if (found) store(found.loaded, found.run);
  }

  function releaseOlderThan(time: number): void {
    for (const [runId, { since }] of parked) {
      if (since > time) break;
      release(runId);
    }
    watch();
  }

  function watch(): void {
    timer?.();
    const [oldest] = parked.values();
    timer = oldest
      ? clock.schedule(oldest.since + PARKED_MS, () => releaseOlderThan(clock.now() - PARKED_MS), 'housekeeping')
      : null;
  }

  return {
    park(loaded, change) {
      const { runId } = loaded.run.key;
      const known = parked.get(runId);
      if (known) return merge(known.run, loaded, change);
      const run = emptyStagedRun();
      merge(run, loaded, change);
      parked.set(runId, { loaded, run, since: clock.now() });
      loaded.parked = true;
      if (timer === null) watch();
    },
    release,
    releaseAll: () => releaseOlderThan(Number.POSITIVE_INFINITY),
    forget: (runId) => void take(runId),
  };
}
