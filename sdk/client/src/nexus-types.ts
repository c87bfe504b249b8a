import type {
  Duration,
  PayloadTypeInfo,
  SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@perdure/common';
import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { TypedSearchAttributeValue } from '@perdure/common/lib/search-attributes';
import type { Replace } from '@perdure/common/lib/type-helpers';
import type { temporal } from '@perdure/proto';

type Enums = typeof temporal.api.enums.v1;

/** Whether an operation id may be used again once its operation has closed. @experimental */
export const NexusOperationIdReusePolicy = {
  /** It may. */
  ALLOW_DUPLICATE: 'ALLOW_DUPLICATE',
  /** It may, unless the last one completed. */
  ALLOW_DUPLICATE_FAILED_ONLY: 'ALLOW_DUPLICATE_FAILED_ONLY',
  /** It may not. */
  REJECT_DUPLICATE: 'REJECT_DUPLICATE',
} as const;
export type NexusOperationIdReusePolicy =
  (typeof NexusOperationIdReusePolicy)[keyof typeof NexusOperationIdReusePolicy];

type ReusePolicies = Enums['NexusOperationIdReusePolicy'];
export const [encodeNexusOperationIdReusePolicy, decodeNexusOperationIdReusePolicy] = makeProtoEnumConverters<
  ReusePolicies[keyof ReusePolicies],
  ReusePolicies,
  keyof ReusePolicies,
  typeof NexusOperationIdReusePolicy,
  'NEXUS_OPERATION_ID_REUSE_POLICY_'
>(
  { ALLOW_DUPLICATE: 1, ALLOW_DUPLICATE_FAILED_ONLY: 2, REJECT_DUPLICATE: 3, UNSPECIFIED: 0 },
  'NEXUS_OPERATION_ID_REUSE_POLICY_',
);

/** What to do when an operation with the id is running. @experimental */
export const NexusOperationIdConflictPolicy = {
  /** Refuse the new one. */
  FAIL: 'FAIL',
  /** Give a handle to the running one. */
  USE_EXISTING: 'USE_EXISTING',
} as const;
export type NexusOperationIdConflictPolicy =
  (typeof NexusOperationIdConflictPolicy)[keyof typeof NexusOperationIdConflictPolicy];

type ConflictPolicies = Enums['NexusOperationIdConflictPolicy'];
export const [encodeNexusOperationIdConflictPolicy, decodeNexusOperationIdConflictPolicy] = makeProtoEnumConverters<
  ConflictPolicies[keyof ConflictPolicies],
  ConflictPolicies,
  keyof ConflictPolicies,
  typeof NexusOperationIdConflictPolicy,
  'NEXUS_OPERATION_ID_CONFLICT_POLICY_'
>({ FAIL: 1, USE_EXISTING: 2, UNSPECIFIED: 0 }, 'NEXUS_OPERATION_ID_CONFLICT_POLICY_');

/** @experimental */
export const NexusOperationExecutionStatus = {
  RUNNING: 'RUNNING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELED: 'CANCELED',
  TERMINATED: 'TERMINATED',
  TIMED_OUT: 'TIMED_OUT',
} as const;
export type NexusOperationExecutionStatus =
  (typeof NexusOperationExecutionStatus)[keyof typeof NexusOperationExecutionStatus];

type Statuses = Enums['NexusOperationExecutionStatus'];
export const [encodeNexusOperationExecutionStatus, decodeNexusOperationExecutionStatus] = makeProtoEnumConverters<
  Statuses[keyof Statuses],
  Statuses,
  keyof Statuses,
  typeof NexusOperationExecutionStatus,
  'NEXUS_OPERATION_EXECUTION_STATUS_'
>(
  { RUNNING: 1, COMPLETED: 2, FAILED: 3, CANCELED: 4, TERMINATED: 5, TIMED_OUT: 6, UNSPECIFIED: 0 },
  'NEXUS_OPERATION_EXECUTION_STATUS_',
);

/** What becomes of an operation that has not closed. @experimental */
export const PendingNexusOperationState = {
  SCHEDULED: 'SCHEDULED',
  BACKING_OFF: 'BACKING_OFF',
  STARTED: 'STARTED',
  BLOCKED: 'BLOCKED',
} as const;
export type PendingNexusOperationState = (typeof PendingNexusOperationState)[keyof typeof PendingNexusOperationState];

type PendingStates = Enums['PendingNexusOperationState'];
export const [encodePendingNexusOperationState, decodePendingNexusOperationState] = makeProtoEnumConverters<
  PendingStates[keyof PendingStates],
  PendingStates,
  keyof PendingStates,
  typeof PendingNexusOperationState,
  'PENDING_NEXUS_OPERATION_STATE_'
>({ SCHEDULED: 1, BACKING_OFF: 2, STARTED: 3, BLOCKED: 4, UNSPECIFIED: 0 }, 'PENDING_NEXUS_OPERATION_STATE_');

/** What becomes of a request to cancel an operation. @experimental */
export const NexusOperationCancellationState = {
  SCHEDULED: 'SCHEDULED',
  BACKING_OFF: 'BACKING_OFF',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  TIMED_OUT: 'TIMED_OUT',
  BLOCKED: 'BLOCKED',
} as const;
export type NexusOperationCancellationState =
  (typeof NexusOperationCancellationState)[keyof typeof NexusOperationCancellationState];

type CancellationStates = Enums['NexusOperationCancellationState'];
export const [encodeNexusOperationCancellationState, decodeNexusOperationCancellationState] = makeProtoEnumConverters<
  CancellationStates[keyof CancellationStates],
  CancellationStates,
  keyof CancellationStates,
  typeof NexusOperationCancellationState,
  'NEXUS_OPERATION_CANCELLATION_STATE_'
>(
  { SCHEDULED: 1, BACKING_OFF: 2, SUCCEEDED: 3, FAILED: 4, TIMED_OUT: 5, BLOCKED: 6, UNSPECIFIED: 0 },
  'NEXUS_OPERATION_CANCELLATION_STATE_',
);

export type RawNexusOperationExecutionInfo = temporal.api.nexus.v1.INexusOperationExecutionInfo;
export type RawNexusOperationExecutionListInfo = temporal.api.nexus.v1.INexusOperationExecutionListInfo;
export type RawNexusOperationExecutionCancellationInfo = temporal.api.nexus.v1.INexusOperationExecutionCancellationInfo;

/** What is known of a request to cancel an operation. @experimental */
export interface NexusOperationExecutionCancellationInfo {
  readonly requestedTime: Date | undefined;
  readonly state: NexusOperationCancellationState | undefined;
  /** From 1 on. */
  readonly attempt: number;
  readonly lastAttemptCompleteTime: Date | undefined;
  readonly nextAttemptScheduleTime: Date | undefined;
  readonly lastAttemptFailure: Error | undefined;
  readonly blockedReason: string | undefined;
  /** Why the operation is to be cancelled. */
  readonly reason: string;
  readonly raw: RawNexusOperationExecutionCancellationInfo;
}

/** What lists say of a standalone operation. @experimental */
export interface NexusOperationExecution {
  readonly operationId: string;
  readonly runId: string;
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly scheduleTime: Date | undefined;
  /** Undefined while it runs. */
  readonly closeTime: Date | undefined;
  readonly status: NexusOperationExecutionStatus | undefined;
  readonly searchAttributes: TypedSearchAttributes;
  readonly stateTransitionCount: number;
  /** From the schedule to the close, in milliseconds. */
  readonly executionDuration: number | undefined;
  readonly raw: RawNexusOperationExecutionListInfo;
}

/** What is known of a standalone operation. @experimental */
export type NexusOperationExecutionDescription = Replace<
  NexusOperationExecution,
  { raw: temporal.api.nexus.v1.INexusOperationExecutionInfo }
> & {
  /** Undefined once it has closed. */
  readonly state: PendingNexusOperationState | undefined;
  /** In milliseconds. */
  readonly scheduleToCloseTimeout: number | undefined;
  /** In milliseconds. */
  readonly scheduleToStartTimeout: number | undefined;
  /** In milliseconds. */
  readonly startToCloseTimeout: number | undefined;
  /** From 1 on. */
  readonly attempt: number;
  readonly expirationTime: Date | undefined;
  readonly lastAttemptCompleteTime: Date | undefined;
  readonly nextAttemptScheduleTime: Date | undefined;
  readonly lastAttemptFailure: Error | undefined;
  readonly blockedReason: string | undefined;
  readonly requestId: string;
  /** What its handler calls it, when it does not answer at once. */
  readonly operationToken: string | undefined;
  /** Who started it. */
  readonly identity: string;
  readonly cancellationInfo: NexusOperationExecutionCancellationInfo | undefined;
  /** Decodes the summary that it was started with. */
  staticSummary: () => Promise<string | undefined>;
  /** Decodes the details that it was started with. */
  staticDetails: () => Promise<string | undefined>;
};

/** Answer to a count, with its groups when the query has a `GROUP BY`. @experimental */
export interface NexusOperationExecutionCount {
  readonly count: number;
  readonly groups: readonly NexusOperationExecutionCountGroup[];
}

export interface NexusOperationExecutionCountGroup {
  readonly count: number;
  readonly groupValues: readonly TypedSearchAttributeValue<SearchAttributeType>[];
}

/** How to start a standalone operation. @experimental */
export interface StartNexusOperationOptions {
  /** What the operation is known by; it makes a start that is repeated harmless. */
  id: string;
  /** How long all of it may take. Milliseconds, or text like `1 minute`, as all times here. @default any time */
  scheduleToCloseTimeout?: Duration;
  /** How long it may wait for its handler. @default any time */
  scheduleToStartTimeout?: Duration;
  /** How long it may take once its handler has started it. @default any time */
  startToCloseTimeout?: Duration;
  /** One line about it, for user interfaces. */
  summary?: string;
  /** Whether the id may be used again once its operation has closed. @default ALLOW_DUPLICATE */
  idReusePolicy?: NexusOperationIdReusePolicy;
  /** What to do when an operation with the id is running. @default FAIL */
  idConflictPolicy?: NexusOperationIdConflictPolicy;
  searchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  /** For its handler. */
  headers?: Record<string, string>;
}

export interface ListNexusOperationsOptions {
  /** Which operations, as a filter of the visibility API; all of them without one. */
  query?: string;
  /** How many the server sends at a time. @default as the server likes */
  pageSize?: number;
}

export interface GetNexusOperationHandleOptions {
  /** @default the latest run */
  runId?: string;
  /** How to decode the result. */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

/** Nothing yet. */
// biome-ignore lint/suspicious/noEmptyInterface: a name that the API has
export interface DescribeNexusOperationOptions {}
