/** Interceptors that a worker takes: around activities (here), workflows (as modules) and its client's calls. */
import type { Context as ActivityContext } from '@perdure/activity';
import type { ClientInterceptors } from '@perdure/client';
import type { Headers, MetricTags, Next } from '@perdure/common';
import type {
  CancelOperationContext,
  HandlerStartOperationResult,
  OperationContext,
  StartOperationContext,
} from 'nexus-rpc';

export type { Headers, Next };

/** Makes the interceptors of one execution of an activity. */
export type ActivityInterceptorsFactory = (ctx: ActivityContext) => ActivityInterceptors;

/** Interceptors of one execution of an activity. */
export interface ActivityInterceptors {
  inbound?: ActivityInboundCallsInterceptor;
  outbound?: ActivityOutboundCallsInterceptor;
}

/** Called around what happens to an activity. */
export interface ActivityInboundCallsInterceptor {
  /** Called around the activity's function. */
  execute?: (input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) => Promise<unknown>;
}

export interface ActivityExecuteInput {
  readonly args: unknown[];
  readonly headers: Headers;
}

/** Called around what an activity does. */
export interface ActivityOutboundCallsInterceptor {
  /** Adds to the attributes of whatever the activity logs. */
  getLogAttributes?: (
    input: GetLogAttributesInput,
    next: Next<ActivityOutboundCallsInterceptor, 'getLogAttributes'>,
  ) => Record<string, unknown>;
  /** Adds to the tags of the activity's metrics. */
  getMetricTags?: (
    input: GetMetricTagsInput,
    next: Next<ActivityOutboundCallsInterceptor, 'getMetricTags'>,
  ) => MetricTags;
}

export type GetLogAttributesInput = Record<string, unknown>;

export type GetMetricTagsInput = MetricTags;

/** @deprecated Use {@link ActivityInterceptorsFactory}. */
export type ActivityInboundCallsInterceptorFactory = (ctx: ActivityContext) => ActivityInboundCallsInterceptor;

/** Makes the interceptors of one Nexus operation. */
export type NexusInterceptorsFactory = (ctx: OperationContext) => NexusInterceptors;

export type NexusInterceptors = {
  inbound?: NexusInboundCallsInterceptor;
  outbound?: NexusOutboundCallsInterceptor;
};

/** Called around what happens to a Nexus operation. */
export type NexusInboundCallsInterceptor = {
  startOperation?: (
    input: NexusStartOperationInput,
    next: Next<NexusInboundCallsInterceptor, 'startOperation'>,
  ) => Promise<NexusStartOperationOutput>;
  cancelOperation?: (
    input: NexusCancelOperationInput,
    next: Next<NexusInboundCallsInterceptor, 'cancelOperation'>,
  ) => Promise<void>;
};

export interface NexusStartOperationInput {
  readonly ctx: StartOperationContext;
  readonly input: unknown;
}

export interface NexusStartOperationOutput {
  readonly result: HandlerStartOperationResult<unknown>;
}

export interface NexusCancelOperationInput {
  readonly ctx: CancelOperationContext;
  readonly token: string;
}

/** Called around what a Nexus operation does. */
export type NexusOutboundCallsInterceptor = {
  getLogAttributes?: (
    input: GetLogAttributesInput,
    next: Next<NexusOutboundCallsInterceptor, 'getLogAttributes'>,
  ) => Record<string, unknown>;
  getMetricTags?: (input: GetMetricTagsInput, next: Next<NexusOutboundCallsInterceptor, 'getMetricTags'>) => MetricTags;
};

/** All interceptors of a worker. */
export interface WorkerInterceptors {
  /** Around calls of the client that activities get from the worker. */
  client?: ClientInterceptors;
  /** Around activities, from the first to the last. */
  activity?: ActivityInterceptorsFactory[];
  /** @deprecated Use `activity`. */
  activityInbound?: ActivityInboundCallsInterceptorFactory[];
  /** Around Nexus operations. */
  nexus?: NexusInterceptorsFactory[];
  /** Modules that export `interceptors`: they are bundled with the workflows. */
  workflowModules?: string[];
}

/** {@link WorkerInterceptors} with all that was left out. */
export type CompiledWorkerInterceptors = Required<
  Pick<WorkerInterceptors, 'client' | 'activity' | 'nexus' | 'workflowModules'>
>;
