/**
 * What the calls of clients go through. An interceptor implements the methods of the calls that it cares for; each is
 * given the call and the rest of the chain, which ends in the call itself.
 *
 * @module
 */
import type { Headers, Next, PayloadTypeInfo, SignalTypeInfo, TypeInfo } from '@perdure/common';
import type { temporal } from '@perdure/proto';
import type { ActivityClientInterceptor } from './activity-interceptors.ts';
import type { NexusClientInterceptor } from './nexus-client.ts';
import type { CompiledScheduleOptions } from './schedule-types.ts';
import type {
  DescribeWorkflowExecutionResponse,
  RequestCancelWorkflowExecutionResponse,
  TerminateWorkflowExecutionResponse,
  WorkflowExecution,
} from './types.ts';
import type { CompiledWorkflowOptions, WorkflowUpdateOptions } from './workflow-options.ts';

export type * from './activity-interceptors.ts';
export type { NexusClientInterceptor } from './nexus-client.ts';
export type * from './nexus-inputs.ts';
export type { Headers, Next };

/** Input of {@link WorkflowClientInterceptor.startWithDetails}. */
export interface WorkflowStartInput {
  /** The name of the workflow's type. */
  readonly workflowType: string;
  readonly headers: Headers;
  readonly options: CompiledWorkflowOptions;
}

/** Output of {@link WorkflowClientInterceptor.startWithDetails}. */
export interface WorkflowStartOutput {
  readonly runId: string;
  /** Whether the first task came with the answer. */
  readonly eagerlyStarted: boolean;
}

/** Input of {@link WorkflowClientInterceptor.startUpdate}. */
export interface WorkflowStartUpdateInput {
  readonly updateName: string;
  readonly args: unknown[];
  /** How to encode the arguments and to decode the result. */
  readonly typeInfo?: PayloadTypeInfo;
  readonly workflowExecution: WorkflowExecution;
  readonly firstExecutionRunId?: string;
  readonly headers: Headers;
  readonly options: WorkflowUpdateOptions;
}

/** Output of {@link WorkflowClientInterceptor.startUpdate}. */
export interface WorkflowStartUpdateOutput {
  readonly updateId: string;
  readonly workflowRunId: string;
  /** Only when the update has ended. */
  readonly outcome?: temporal.api.update.v1.IOutcome;
  /** How to decode the result. */
  readonly outputTypeInfo?: TypeInfo;
}

/** Input of {@link WorkflowClientInterceptor.startUpdateWithStart}. */
export interface WorkflowStartUpdateWithStartInput {
  readonly workflowType: string;
  readonly workflowStartOptions: CompiledWorkflowOptions;
  readonly workflowStartHeaders: Headers;
  readonly updateName: string;
  readonly updateArgs: unknown[];
  /** How to encode the update's arguments and to decode its result. */
  readonly updateTypeInfo?: PayloadTypeInfo;
  readonly updateOptions: WorkflowUpdateOptions;
  readonly updateHeaders: Headers;
}

/** Output of {@link WorkflowClientInterceptor.startUpdateWithStart}. */
export interface WorkflowStartUpdateWithStartOutput {
  readonly workflowExecution: WorkflowExecution;
  readonly updateId: string;
  /** Only when the update has ended. */
  readonly updateOutcome?: temporal.api.update.v1.IOutcome;
  /** How to decode the update's result. */
  readonly updateOutputTypeInfo?: TypeInfo;
}

/** Input of {@link WorkflowClientInterceptor.signal}. */
export interface WorkflowSignalInput {
  readonly signalName: string;
  readonly args: unknown[];
  readonly typeInfo?: SignalTypeInfo;
  readonly workflowExecution: WorkflowExecution;
  readonly headers: Headers;
}

/** Input of {@link WorkflowClientInterceptor.signalWithStart}. */
export interface WorkflowSignalWithStartInput {
  readonly workflowType: string;
  readonly signalName: string;
  readonly signalArgs: unknown[];
  readonly signalTypeInfo?: SignalTypeInfo;
  readonly headers: Headers;
  readonly options: CompiledWorkflowOptions;
}

/** Input of {@link WorkflowClientInterceptor.query}. */
export interface WorkflowQueryInput {
  readonly queryType: string;
  readonly args: unknown[];
  readonly typeInfo?: PayloadTypeInfo;
  readonly workflowExecution: WorkflowExecution;
  readonly queryRejectCondition?: temporal.api.enums.v1.QueryRejectCondition;
  readonly headers: Headers;
}

/** Input of {@link WorkflowClientInterceptor.terminate}. */
export interface WorkflowTerminateInput {
  readonly workflowExecution: WorkflowExecution;
  readonly reason?: string;
  readonly details?: unknown[];
  readonly firstExecutionRunId?: string;
}

/** Input of {@link WorkflowClientInterceptor.cancel}. */
export interface WorkflowCancelInput {
  readonly workflowExecution: WorkflowExecution;
  readonly firstExecutionRunId?: string;
}

/** Input of {@link WorkflowClientInterceptor.describe}. */
export interface WorkflowDescribeInput {
  readonly workflowExecution: WorkflowExecution;
}

/** What calls of a {@link WorkflowClient} go through. */
export interface WorkflowClientInterceptor {
  /**
   * A start. Starts with a signal go through {@link signalWithStart} instead.
   *
   * @deprecated Use {@link startWithDetails}.
   */
  start?: (input: WorkflowStartInput, next: Next<this, 'start'>) => Promise<string>;
  /** A start. Starts with a signal go through {@link signalWithStart} instead. */
  startWithDetails?: (input: WorkflowStartInput, next: Next<this, 'startWithDetails'>) => Promise<WorkflowStartOutput>;
  /** An update. */
  startUpdate?: (
    input: WorkflowStartUpdateInput,
    next: Next<this, 'startUpdate'>,
  ) => Promise<WorkflowStartUpdateOutput>;
  /** An update with a start. */
  startUpdateWithStart?: (
    input: WorkflowStartUpdateWithStartInput,
    next: Next<this, 'startUpdateWithStart'>,
  ) => Promise<WorkflowStartUpdateWithStartOutput>;
  /** A signal. Signals with a start go through {@link signalWithStart} instead. */
  signal?: (input: WorkflowSignalInput, next: Next<this, 'signal'>) => Promise<void>;
  /** A signal with a start; gives the run's id. */
  signalWithStart?: (input: WorkflowSignalWithStartInput, next: Next<this, 'signalWithStart'>) => Promise<string>;
  /** A query; gives its result. */
  query?: (input: WorkflowQueryInput, next: Next<this, 'query'>) => Promise<unknown>;
  /** A termination. */
  terminate?: (
    input: WorkflowTerminateInput,
    next: Next<this, 'terminate'>,
  ) => Promise<TerminateWorkflowExecutionResponse>;
  /** A request to cancel. */
  cancel?: (input: WorkflowCancelInput, next: Next<this, 'cancel'>) => Promise<RequestCancelWorkflowExecutionResponse>;
  /** A description. */
  describe?: (input: WorkflowDescribeInput, next: Next<this, 'describe'>) => Promise<DescribeWorkflowExecutionResponse>;
}

/** @deprecated Use {@link WorkflowClientInterceptor}. */
export type WorkflowClientCallsInterceptor = WorkflowClientInterceptor;

/** @deprecated Give interceptors, not factories of them. */
export interface WorkflowClientCallsInterceptorFactoryInput {
  workflowId: string;
  runId?: string;
}

/** Makes an interceptor for the calls about one workflow. @deprecated Give interceptors, not factories of them. */
export type WorkflowClientCallsInterceptorFactory = (
  input: WorkflowClientCallsInterceptorFactoryInput,
) => WorkflowClientCallsInterceptor;

/** @deprecated Give interceptors, not factories of them. */
export interface WorkflowClientInterceptors {
  /** @deprecated */
  calls?: WorkflowClientCallsInterceptorFactory[];
}

/** What calls of a {@link ScheduleClient} go through. */
export interface ScheduleClientInterceptor {
  /** The making of a schedule. */
  create?: (input: CreateScheduleInput, next: Next<this, 'create'>) => Promise<CreateScheduleOutput>;
}

/** Input of {@link ScheduleClientInterceptor.create}. */
export interface CreateScheduleInput {
  /** For the workflows that the schedule starts. */
  readonly headers: Headers;
  readonly options: CompiledScheduleOptions;
}

/** Output of {@link ScheduleClientInterceptor.create}. */
export type CreateScheduleOutput = {
  readonly conflictToken: Uint8Array;
};

/** Interceptors of a {@link Client}, by subject. */
export interface ClientInterceptors {
  workflow?: WorkflowClientInterceptors | WorkflowClientInterceptor[];
  schedule?: ScheduleClientInterceptor[];
  nexus?: NexusClientInterceptor[];
  activity?: ActivityClientInterceptor[];
}
