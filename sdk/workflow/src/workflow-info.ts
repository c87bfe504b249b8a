import type {
  Priority,
  RetryPolicy,
  SearchAttributes,
  SuggestContinueAsNewReason,
  TypedSearchAttributes,
  WorkerDeploymentVersion,
} from '@perdure/common';

/** What a workflow can know of its own execution. */
export interface WorkflowInfo {
  /** Chosen by who started it. Runs of one id follow each other: continued, retried or by cron. */
  readonly workflowId: string;
  /** Unique to this run. */
  readonly runId: string;
  /** The name the workflow was started by. */
  readonly workflowType: string;
  /**
   * Indexed attributes. Change with `upsertSearchAttributes`.
   *
   * @deprecated Use {@link typedSearchAttributes}.
   */
  readonly searchAttributes: SearchAttributes;
  /** Indexed attributes with their types. Change with `upsertSearchAttributes`. */
  readonly typedSearchAttributes: TypedSearchAttributes;
  /** Attributes that are not indexed. Change with `upsertMemo`. */
  readonly memo?: Record<string, unknown> | undefined;
  /** Who started it as a child, if anyone. */
  readonly parent?: ParentWorkflowInfo | undefined;
  /** The topmost of its ancestors; absent where the workflow has no parent. Runs that continue others keep it. */
  readonly root?: RootWorkflowInfo | undefined;
  /** What the previous run resulted in, if this one was started by cron or continued it. */
  readonly lastResult?: unknown;
  /** How the previous run failed, if this one retries it or was started by cron after it. */
  readonly lastFailure?: Error | undefined;
  /** How many events the history has, up to the current task. Grows as the workflow goes on. */
  readonly historyLength: number;
  /** How many bytes the history has, up to the current task; 0 from servers that do not tell. */
  readonly historySize: number;
  /** Whether the server advises to continue as new, seeing the history's length and size. */
  readonly continueAsNewSuggested: boolean;
  /**
   * Whether another deployment version than the one the run is pinned to is now the target: time to continue as new with
   * `initialVersioningBehavior: 'AUTO_UPGRADE'`.
   *
   * @experimental
   */
  readonly targetWorkerDeploymentVersionChanged: boolean;
  /**
   * Why the server advises to continue as new.
   *
   * @experimental
   */
  readonly suggestedContinueAsNewReasons?: SuggestContinueAsNewReason[] | undefined;
  /** Where the workflow's tasks go. */
  readonly taskQueue: string;
  readonly namespace: string;
  /** The first run of the chain that this one is part of. */
  readonly firstExecutionRunId: string;
  /** The run id in the history's first event: unlike {@link runId} it stays the same over resets. */
  readonly originalExecutionRunId: string;
  /** The run that this one continues. */
  readonly continuedFromExecutionRunId?: string | undefined;
  /** When the first run of the chain started. */
  readonly startTime: Date;
  /** When this run started. */
  readonly runStartTime: Date;
  /** Milliseconds that the chain of runs may take. */
  readonly executionTimeoutMs?: number | undefined;
  /** When the chain of runs times out. */
  readonly executionExpirationTime?: Date | undefined;
  /** Milliseconds that this run may take. */
  readonly runTimeoutMs?: number | undefined;
  /** Milliseconds that a workflow task may take. */
  readonly taskTimeoutMs: number;
  /** How the workflow is retried when it fails. */
  readonly retryPolicy?: RetryPolicy | undefined;
  /** 1 for the first try, one more with each retry. */
  readonly attempt: number;
  readonly cronSchedule?: string | undefined;
  /** Milliseconds from the previous run by cron to this one. */
  readonly cronScheduleToScheduleInterval?: number | undefined;
  /**
   * The build id of the worker whose task this is; on replay of the one whose task it was, so that code may branch on it.
   *
   * @deprecated Use {@link currentDeploymentVersion}.
   */
  readonly currentBuildId?: string | undefined;
  /** The deployment version of the worker whose task this is; on replay of the one whose task it was. */
  readonly currentDeploymentVersion?: WorkerDeploymentVersion | undefined;
  readonly unsafe: UnsafeWorkflowInfo;
  readonly priority?: Priority | undefined;
}

/** What differs from one replay to the next: workflow logic must not depend on it. */
export interface UnsafeWorkflowInfo {
  /** The time of the worker's clock in milliseconds. `Date.now()` is the time of the task, the same on replay. */
  readonly now: () => number;
  /** Whether code runs that has run before. */
  readonly isReplaying: boolean;
  /**
   * Whether events are replayed: as {@link isReplaying}, but `false` in query handlers and update validators, which
   * always run for the first time. While it is `true`, logs are held back, and calls of sinks that ask for it.
   */
  readonly isReplayingHistoryEvents: boolean;
  /** @experimental */
  readonly random: UnsafeRandomSource;
}

/**
 * Random numbers from the worker, other ones on every replay: for query handlers and update validators alone.
 *
 * @experimental
 */
export interface UnsafeRandomSource {
  /** At least 0 and less than 1. */
  random(): number;
  /** A version 4 UUID. */
  uuid4(): string;
  /** Fills an array with random bytes, and gives it back. */
  fillRandom(bytes: Uint8Array): Uint8Array;
}

/** Which update a handler was called for. */
export interface UpdateInfo {
  /** Unique within the workflow. */
  readonly id: string;
  /** The update's name. */
  readonly name: string;
}

export interface ParentWorkflowInfo {
  workflowId: string;
  runId: string;
  namespace: string;
}

export interface RootWorkflowInfo {
  workflowId: string;
  runId: string;
}
