/**
 * What the host asks of a storage driver. A driver commits and reads; it never decides.
 *
 * Everything in one `Commit` becomes durable together or not at all, in order, and is visible to reads once the promise
 * resolves. A rejected commit may or may not have taken effect: the host drops what it staged and reads again.
 */

import type { IndexedRecord, VisibilityRecord } from '../kernel/visibility-record.ts';
import type { Query } from '../visibility/tree.ts';

/** Names one run of one workflow execution. Run ids are UUIDs that sort by time. */
export interface RunKey {
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** One pending thing of a run (an activity, a timer, …), written only when it changed. `value: null` removes it. */
export interface EntryWrite {
  /** Small integer naming the kind of thing; the driver does not interpret it. */
  readonly kind: number;
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** One batch of history events: encoded `History` fields, ready to be concatenated into a response. */
export interface HistoryBatch {
  readonly firstEventId: number;
  readonly bytes: Uint8Array;
}

/** The small part of a run that changes with nearly every transition. */
export interface RunHead {
  /** Opaque to the driver. */
  readonly value: Uint8Array;
  /** `temporal.api.enums.v1.WorkflowExecutionStatus`. */
  readonly status: number;
  /** When the run next wants to be woken (epoch ms), or null. */
  readonly due: number | null;
  /** True while effects (a task to hand out, a child to start …) are to be derived again after a restart. */
  readonly outstanding: boolean;
  /** When a closed run may be deleted (epoch ms), or null. */
  readonly expires: number | null;
}

/** What one transition does to one run. */
export interface RunWrite {
  readonly key: RunKey;
  /** True for the first write of a run. */
  readonly create: boolean;
  /** Absent when the head did not change. Always present with `create`. */
  readonly head?: RunHead;
  /** True when this run becomes the current one of its workflow id. */
  readonly makeCurrent?: boolean;
  /** What lists show of the run, when that changed. Lists do not know a run that was never given one. */
  readonly visibility?: IndexedRecord;
  readonly entries: readonly EntryWrite[];
  readonly history: readonly HistoryBatch[];
}

/** A small named record outside of any run: a namespace, the cluster's own metadata, a task queue's configuration. */
export interface RecordWrite {
  readonly collection: string;
  readonly key: string;
  readonly value: Uint8Array | null;
}

/**
 * Applied in the order runs, deletes, records, each in the order given; several writes of one run are fine.
 *
 * Refused as a whole, with a `StorageError`: creating a run that exists (`RUN_EXISTS`), writing to one that does not
 * (`RUN_MISSING`), a history batch whose first event is stored already (`HISTORY_EXISTS`).
 */
export interface Commit {
  readonly runs: readonly RunWrite[];
  /**
   * Removes a run with everything of it; if it is its workflow id's current run, that goes too. A run that does not
   * exist is passed over.
   */
  readonly deletes: readonly RunKey[];
  readonly records: readonly RecordWrite[];
}

export interface StoredRun {
  readonly key: RunKey;
  readonly head: RunHead;
  readonly entries: readonly { readonly kind: number; readonly key: string; readonly value: Uint8Array }[];
  /** The batch that starts with event 1; empty when there is none. */
  readonly firstBatch: Uint8Array;
}

export interface DueRun {
  readonly key: RunKey;
  readonly due: number;
}

/** A page of a list. */
export interface ListRuns {
  readonly namespaceId: string;
  readonly query: Query;
  /** How many runs at most; at least 1. */
  readonly limit: number;
  /** Where the page before ended; null for the first. Only with the same namespace and query. */
  readonly after: ListPosition | null;
}

/** A place in the order of a list; what is in it is the driver's own affair. */
export type ListPosition = readonly (string | number | null)[];

export interface ListedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly record: VisibilityRecord;
}

export interface RunList {
  readonly runs: readonly ListedRun[];
  /** Null when there are no more. */
  readonly next: ListPosition | null;
}

/** One group of a count; its value is null where the attribute is not set, and without `groupBy`. */
export interface RunCount {
  readonly value: string | number | null;
  readonly count: number;
}

export interface Storage {
  /** Whether what is committed is there after the process has ended. */
  readonly isLasting: boolean;
  commit(commit: Commit): Promise<void>;

  /** Null also when the run id belongs to another workflow id or namespace. Entries are in order of kind and key. */
  loadRun(key: RunKey): Promise<StoredRun | null>;
  /** The current (latest) run of a workflow id. */
  currentRun(
    namespaceId: string,
    workflowId: string,
  ): Promise<{ readonly runId: string; readonly status: number } | null>;
  /**
   * Batches in order of event id, beginning with the one that contains `fromEventId`, at most `maxBatches`
   * (at least one if there is any). `beforeEventId` leaves out batches that begin at or after it.
   * A driver knows where batches begin, not where the last one ends: past the last event the last batch comes back.
   */
  readHistory(
    key: RunKey,
    fromEventId: number,
    maxBatches: number,
    beforeEventId?: number,
  ): Promise<readonly HistoryBatch[]>;

  /** Runs of every namespace, in pages ordered by run id, beginning after `afterRunId` ('' for the first page). */
  allRuns(afterRunId: string, limit: number): Promise<readonly RunKey[]>;
  /** Runs flagged as outstanding, in pages ordered by run id, beginning after `afterRunId` ('' for the first page). */
  outstandingRuns(afterRunId: string, limit: number): Promise<readonly RunKey[]>;
  /** Runs whose `due` is at or before `until`, earliest first. */
  dueRuns(until: number, limit: number): Promise<readonly DueRun[]>;
  /** Closed runs whose `expires` is at or before `until`, earliest first. */
  expiredRuns(until: number, limit: number): Promise<readonly RunKey[]>;
  /** The earliest `expires` of all runs; null if none has one. */
  nextExpiry(): Promise<number | null>;

  /**
   * The runs that a query finds, in its order. Runs that come, change or go between two pages are in them or not, and
   * all others exactly once.
   */
  listRuns(list: ListRuns): Promise<RunList>;
  /** How many runs a query finds: one number, or one for each value of `groupBy` that occurs. */
  countRuns(namespaceId: string, query: Query): Promise<readonly RunCount[]>;

  records(collection: string): Promise<readonly { readonly key: string; readonly value: Uint8Array }[]>;

  /** Ends after the commits in flight; further calls reject (`CLOSED`), except for closing again. */
  close(): Promise<void>;
}
