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

export const activityName = (runId: string, scheduledEventId: number | string): string => `${runId}/${scheduledEventId}`;

export const newLedger = (): Ledger => ({ runs: [], finished: new Map(), now: 0 });

/** Writes down what is committed, and calls `stir` for everything that is asked of the store. */
export function recorded(inner: Storage, ledger: Ledger, stir: () => void): Storage {
  const stirring = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> => {
      stir();
      return call(...args);
    };
  };
  return {
    ...inner,
    loadRun: stirring(inner.loadRun),
    currentRun: stirring(inner.currentRun),
    readHistory: stirring(inner.readHistory),
    outstandingRuns: stirring(inner.outstandingRuns),
    dueRuns: stirring(inner.dueRuns),
    async commit(commit) {
      stir();
      await inner.commit(commit);
      ledger.now++;
      for (const { key, create, entries } of commit.runs) {
        if (create) ledger.runs.push({ workflowId: key.workflowId, runId: key.runId });
        for (const entry of entries) {
          if (entry.kind === ACTIVITY_KIND && entry.value === null)
            ledger.finished.set(activityName(key.runId, entry.key), ledger.now);
        }
      }
    },
  };
}
