import type { IndexedValueType } from '@perdure/api/enums';

/**
 * What lists show of an execution and what they can be asked for by. It changes when the execution starts, closes, or
 * gets other attributes, and not in between. Times are epoch ms.
 */
export interface VisibilityRecord {
  /** `temporal.api.enums.v1.WorkflowExecutionStatus`. */
  readonly status: number;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly startTime: number;
  /** When its first task could begin: later than the start by a delay or back-off. */
  readonly executionTime: number;
  /** Null while it is open. */
  readonly closed: ClosedRecord | null;
  readonly parent: ExecutionName | null;
  /** Null when it is its own root. */
  readonly root: ExecutionName | null;
  /** The search attributes as they are shown: an encoded `SearchAttributes`. */
  readonly searchAttributes: Uint8Array;
  /** An encoded `Memo`. */
  readonly memo: Uint8Array;
}

export interface ClosedRecord {
  readonly time: number;
  readonly historyLength: number;
  readonly historySizeBytes: number;
  readonly stateTransitionCount: number;
}

export interface ExecutionName {
  readonly workflowId: string;
  readonly runId: string;
}

/** The same as a driver stores it: with what it needs to find the execution again. */
export interface IndexedRecord extends VisibilityRecord {
  /** `TemporalNamespaceDivision`, or null: those with one are not shown unless they are asked for. */
  readonly division: string | null;
  readonly attributes: readonly AttributeValue[];
}

/** A search attribute with its value: a time as epoch ms, a Text as its text. */
export interface AttributeValue {
  readonly name: string;
  readonly type: IndexedValueType;
  readonly value: string | number | boolean | readonly string[];
}
