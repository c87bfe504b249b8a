import type { Priority, RetryPolicy, TypedSearchAttributes, WorkerDeploymentVersion } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { temporal } from '@perdure/proto';

/** Answer to a count, with its groups when the query has a `GROUP BY`. */
export interface CountActivityExecutions {
  readonly count: number;
  readonly groups?: {
    readonly count: number;
    readonly groupValues?: Any[];
  }[];
}

export type RawActivityExecutionInfo = temporal.api.activity.v1.IActivityExecutionInfo;
export type RawActivityExecutionListInfo = temporal.api.activity.v1.IActivityExecutionListInfo;
export type RawActivityExecutionCallbacks = temporal.api.activity.v1.ICallbackInfo[];

/** What lists say of a standalone activity. */
export interface ActivityExecutionInfo {
  /** As the server sent it; only in lists. */
  rawListInfo?: RawActivityExecutionListInfo;
  activityId: string;
  activityRunId: string;
  activityType: string;
  scheduleTime?: Date;
  closeTime?: Date;
  status: ActivityExecutionStatus;
  typedSearchAttributes: TypedSearchAttributes;
  taskQueue: string;
  /** From the schedule to the close, in milliseconds. */
  executionDurationMs?: number;
  /** When the first attempt is due or was. */
  executionTime?: Date;
}

/** What is known of a standalone activity. Times are durations in milliseconds where their names end in `Ms`. */
export interface ActivityExecutionDescription extends ActivityExecutionInfo {
  rawCallbacks: RawActivityExecutionCallbacks;
  rawInfo: RawActivityExecutionInfo;
  /** What becomes of a running activity; undefined for a closed one. */
  runState?: PendingActivityState;
  scheduleToCloseTimeoutMs?: number;
  scheduleToStartTimeoutMs?: number;
  startToCloseTimeoutMs?: number;
  heartbeatTimeoutMs?: number;
  retryPolicy: RetryPolicy;
  lastHeartbeatTime?: Date;
  lastStartedTime?: Date;
  /** From 1 on. */
  attempt: number;
  expirationTime?: Date;
  lastWorkerIdentity?: string;
  currentRetryIntervalMs?: number;
  lastAttemptCompleteTime?: Date;
  nextAttemptScheduleTime?: Date;
  lastDeploymentVersion?: WorkerDeploymentVersion;
  priority: Priority;
  canceledReason?: string;
  startDelayMs?: number;
  totalHeartbeatCount?: number;
  /** Whether there are details, and they were asked for with `includeHeartbeatDetails`. */
  hasHeartbeatDetails: boolean;
  /** Whether an attempt has failed, and the failure was asked for with `includeLastFailure`. */
  hasLastFailure: boolean;
  /** Whether there is input, and it was asked for with `includeInput`. */
  hasInput: boolean;
  /** Whether there is a result, and it was asked for with `includeOutcome`. */
  hasResult: boolean;
  /** Whether the activity has failed, and the failure was asked for with `includeOutcome`. */
  hasOutcomeFailure: boolean;
  /** Decodes the details of the last heartbeat. */
  getHeartbeatDetails<T = Any>(): Promise<T | undefined>;
  /** Decodes why the last attempt failed. */
  getLastFailure(): Promise<Error | undefined>;
  /** Decodes the arguments. */
  getInput<T extends Any[] = Any[]>(): Promise<T | undefined>;
  /** Decodes the result. */
  getResult<T = Any>(): Promise<T | undefined>;
  /** Decodes why the activity failed. */
  getOutcomeFailure(): Promise<Error | undefined>;
}

/** Whether an activity id may be used again once its activity has closed. */
export const ActivityIdReusePolicy = {
  /** It may. */
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  /** It may, unless the last one completed. */
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  /** It may not. */
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
} as const;
export type ActivityIdReusePolicy = (typeof ActivityIdReusePolicy)[keyof typeof ActivityIdReusePolicy];

type ReusePolicies = typeof temporal.api.enums.v1.ActivityIdReusePolicy;
export const [encodeActivityIdReusePolicy, decodeActivityIdReusePolicy] = makeProtoEnumConverters<
  ReusePolicies[keyof ReusePolicies],
  ReusePolicies,
  keyof ReusePolicies,
  typeof ActivityIdReusePolicy,
  'ACTIVITY_ID_REUSE_POLICY_'
>(
  { ALLOW_DUPLICATE: 1, ALLOW_DUPLICATE_FAILED_ONLY: 2, REJECT_DUPLICATE: 3, UNSPECIFIED: 0 },
  'ACTIVITY_ID_REUSE_POLICY_',
);

/** What to do when an activity with the id is running. */
export const ActivityIdConflictPolicy = {
  /** Refuse the new one. */
  FAIL: 'FAIL',
  /** Give a handle to the running one. */
  USE_EXISTING: 'USE_EXISTING',
} as const;
export type ActivityIdConflictPolicy = (typeof ActivityIdConflictPolicy)[keyof typeof ActivityIdConflictPolicy];

type ConflictPolicies = typeof temporal.api.enums.v1.ActivityIdConflictPolicy;
export const [encodeActivityIdConflictPolicy, decodeActivityIdConflictPolicy] = makeProtoEnumConverters<
  ConflictPolicies[keyof ConflictPolicies],
  ConflictPolicies,
  keyof ConflictPolicies,
  typeof ActivityIdConflictPolicy,
  'ACTIVITY_ID_CONFLICT_POLICY_'
>({ FAIL: 1, USE_EXISTING: 2, UNSPECIFIED: 0 }, 'ACTIVITY_ID_CONFLICT_POLICY_');

export const ActivityExecutionStatus = {
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELED: 'CANCELED',
  TERMINATED: 'TERMINATED',
  TIMED_OUT: 'TIMED_OUT',
  PAUSED: 'PAUSED',
} as const;
export type ActivityExecutionStatus = (typeof ActivityExecutionStatus)[keyof typeof ActivityExecutionStatus];

type Statuses = typeof temporal.api.enums.v1.ActivityExecutionStatus;
export const [encodeActivityExecutionStatus, decodeActivityExecutionStatus] = makeProtoEnumConverters<
  Statuses[keyof Statuses],
  Statuses,
  keyof Statuses,
  typeof ActivityExecutionStatus,
  'ACTIVITY_EXECUTION_STATUS_'
>(
  {
    RUNNING: 1,
    COMPLETED: 2,
    FAILED: 3,
    CANCELED: 4,
    TERMINATED: 5,
    TIMED_OUT: 6,
    PAUSED: 7,
    UNSPECIFIED: 0,
  },
  'ACTIVITY_EXECUTION_STATUS_',
);

/** What becomes of an activity that has not closed. */
export const PendingActivityState = {
  SCHEDULED: 'SCHEDULED',
  STARTED: 'STARTED',
  CANCEL_REQUESTED: 'CANCEL_REQUESTED',
  PAUSED: 'PAUSED',
  PAUSE_REQUESTED: 'PAUSE_REQUESTED',
} as const;
export type PendingActivityState = (typeof PendingActivityState)[keyof typeof PendingActivityState];

type PendingStates = typeof temporal.api.enums.v1.PendingActivityState;
export const [encodePendingActivityState, decodePendingActivityState] = makeProtoEnumConverters<
  PendingStates[keyof PendingStates],
  PendingStates,
  keyof PendingStates,
  typeof PendingActivityState,
  'PENDING_ACTIVITY_STATE_'
>(
  { SCHEDULED: 1, STARTED: 2, CANCEL_REQUESTED: 3, PAUSED: 4, PAUSE_REQUESTED: 5, UNSPECIFIED: 0 },
  'PENDING_ACTIVITY_STATE_',
);
