import type { Storage } from '@perdure/server/testing';

/** What has become durable, as seen right in front of the store, where no fault can strike any more. */
export interface Ledger {
  /** Every run that was ever stored, in order. */
  readonly runs: RunName[];
  /** When each pending activity was over, by `activityName`, in numbers of `now`. */
  readonly finished: Map<string, number>;
  /** Counts commits. */
  now: number;
}

export interface RunName {
  readonly workflowId: string;
  readonly runId: string;
}

/** The kind of entry that a pending activity is stored as (on disk, so it never changes). */
const ACTIVITY_KIND = 1;

export const activityName = (runId: string, scheduledEventId: number | string): string =>
  `${runId}/${scheduledEventId}`;

export const newLedger = (): Ledger => ({ runs: [], finished: new Map(), now: 0 });

/**
 * Writes down what is committed. `turn` is called, and waited for, before and after everything that is asked of the
 * store, so that a store can be played that takes its time.
 */
export function recorded(inner: Storage, ledger: Ledger, turn: () => Promise<void> | undefined): Storage {
  const slowly = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      await turn();
      const answer = await call(...args);
      await turn();
      return answer;
    };
  };
  return {
    ...inner,
    loadRun: slowly(inner.loadRun),
    currentRun: slowly(inner.currentRun),
    readHistory: slowly(inner.readHistory),
    outstandingRuns: slowly(inner.outstandingRuns),
    dueRuns: slowly(inner.dueRuns),
    async commit(commit) {
      await turn();
      await inner.commit(commit);
      ledger.now++;
      for (const { key, create, entries } of commit.runs) {
        if (create) ledger.runs.push({ workflowId: key.workflowId, runId: key.runId });
        for (const entry of entries) {
          if (entry.kind === ACTIVITY_KIND && entry.value === null)
            ledger.finished.set(activityName(key.runId, entry.key), ledger.now);
        }
      }
      await turn();
    },
  };
}
