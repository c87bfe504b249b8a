import type { Priority, SearchAttributes, SearchAttributeValue, TypedSearchAttributes } from '@perdure/common';
import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { Replace } from '@perdure/common/lib/type-helpers';
import { grpc, temporal } from '@perdure/proto';
import type { ConnectionPlugin } from './connection-options.ts';
import type { Metadata } from './metadata.ts';

export * from './activity-types.ts';
export type { CallContext, Metadata } from './metadata.ts';

export interface WorkflowExecution {
  workflowId: string;
  runId?: string;
}
export type StartWorkflowExecutionRequest = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
export type GetWorkflowExecutionHistoryRequest = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryRequest;
export type DescribeWorkflowExecutionResponse = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;
export type RawWorkflowExecutionInfo = temporal.api.workflow.v1.IWorkflowExecutionInfo;
export type TerminateWorkflowExecutionResponse = temporal.api.workflowservice.v1.ITerminateWorkflowExecutionResponse;
export type RequestCancelWorkflowExecutionResponse =
  temporal.api.workflowservice.v1.IRequestCancelWorkflowExecutionResponse;

/** `UNKNOWN` stands for a status that this version does not have. */
export type WorkflowExecutionStatusName =
  | 'UNSPECIFIED'
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TERMINATED'
  | 'CONTINUED_AS_NEW'
  | 'TIMED_OUT'
  | 'PAUSED'
  | 'UNKNOWN';

/** What lists say of a run. */
export interface WorkflowExecutionInfo {
  type: string;
  workflowId: string;
  runId: string;
  taskQueue: string;
  status: {
    code: temporal.api.enums.v1.WorkflowExecutionStatus;
    name: WorkflowExecutionStatusName;
  };
  /** Number of events. */
  historyLength: number;
  /** In bytes; undefined when the server does not tell. */
  historySize?: number;
  startTime: Date;
  /** When the first workflow task is due or was: later than `startTime` with a start delay, a back-off or a cron. */
  executionTime?: Date;
  /** Undefined while it runs. */
  closeTime?: Date;
  memo?: Record<string, unknown>;
  /** @deprecated Use {@link typedSearchAttributes}. */
  searchAttributes: SearchAttributes;
  typedSearchAttributes: TypedSearchAttributes;
  parentExecution?: Required<temporal.api.common.v1.IWorkflowExecution>;
  /** The workflow at the top of the tree of children. */
  rootExecution?: Required<temporal.api.common.v1.IWorkflowExecution>;
  raw: RawWorkflowExecutionInfo;
  priority?: Priority;
}

/** Answer to a count, with its groups when the query has a `GROUP BY`. */
export interface CountWorkflowExecution {
  count: number;
  groups: {
    count: number;
    groupValues: SearchAttributeValue[];
  }[];
}

/** What is known of one run. */
export type WorkflowExecutionDescription = Replace<
  WorkflowExecutionInfo,
  { raw: DescribeWorkflowExecutionResponse }
> & {
  /** Decodes what the run was started with as `staticDetails`. */
  staticDetails: () => Promise<string | undefined>;
  /** Decodes what the run was started with as `staticSummary`. */
  staticSummary: () => Promise<string | undefined>;
};

export type WorkflowService = temporal.api.workflowservice.v1.WorkflowService;
export const { WorkflowService } = temporal.api.workflowservice.v1;
export type OperatorService = temporal.api.operatorservice.v1.OperatorService;
export const { OperatorService } = temporal.api.operatorservice.v1;
export type TestService = temporal.api.testservice.v1.TestService;
export const { TestService } = temporal.api.testservice.v1;
export type HealthService = grpc.health.v1.Health;
export const HealthService: typeof grpc.health.v1.Health = grpc.health.v1.Health;

/** What a client needs of a connection. A client's `Connection` has it, and so has a worker's. */
export interface ConnectionLike {
  workflowService: WorkflowService;
  operatorService: OperatorService;
  plugins: ConnectionPlugin[];
  close(): Promise<void>;
  ensureConnected(): Promise<void>;

  /** Calls made while `fn` runs fail with DEADLINE_EXCEEDED after `deadline`. */
  withDeadline<R>(deadline: number | Date, fn: () => Promise<R>): Promise<R>;
  /** Calls made while `fn` runs carry this metadata on top of what is set already. */
  withMetadata<R>(metadata: Metadata, fn: () => Promise<R>): Promise<R>;
  /** Calls made while `fn` runs fail with CANCELLED once the signal is aborted. */
  withAbortSignal<R>(abortSignal: AbortSignal, fn: () => Promise<R>): Promise<R>;
}

/** Under this name a connection says more of itself than its users see. @internal */
export const InternalConnectionLikeSymbol = Symbol('__temporal_internal_connection_like');
/** @internal */
export type InternalConnectionLike = ConnectionLike & {
  [InternalConnectionLikeSymbol]?: {
    /** Whether workers may share the connection, so that a start can hand its first task to one of them. */
    readonly supportsEagerStart?: boolean;
  };
};

type RejectConditions = typeof temporal.api.enums.v1.QueryRejectCondition;

/** Which runs do not answer queries. */
export const QueryRejectCondition = {
  /** All answer. */
  NONE: 'NONE',
  /** Only running ones answer. */
  NOT_OPEN: 'NOT_OPEN',
  /** Running ones answer, and those that completed. */
  NOT_COMPLETED_CLEANLY: 'NOT_COMPLETED_CLEANLY',

  /** @deprecated Use {@link NONE}. */
  QUERY_REJECT_CONDITION_NONE: 'NONE',
  /** @deprecated Use {@link NOT_OPEN}. */
  QUERY_REJECT_CONDITION_NOT_OPEN: 'NOT_OPEN',
  /** @deprecated Use {@link NOT_COMPLETED_CLEANLY}. */
  QUERY_REJECT_CONDITION_NOT_COMPLETED_CLEANLY: 'NOT_COMPLETED_CLEANLY',
  /** @deprecated Use `undefined`. */
  QUERY_REJECT_CONDITION_UNSPECIFIED: undefined,
} as const;
export type QueryRejectCondition = (typeof QueryRejectCondition)[keyof typeof QueryRejectCondition];

export const [encodeQueryRejectCondition, decodeQueryRejectCondition] = makeProtoEnumConverters<
  RejectConditions[keyof RejectConditions],
  RejectConditions,
  keyof RejectConditions,
  typeof QueryRejectCondition,
  'QUERY_REJECT_CONDITION_'
>({ NONE: 1, NOT_OPEN: 2, NOT_COMPLETED_CLEANLY: 3, UNSPECIFIED: 0 }, 'QUERY_REJECT_CONDITION_');
