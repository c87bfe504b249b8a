import type {
  Duration,
  MetricTags,
  PayloadTypeInfo,
  SignalTypeInfo,
  Timestamp,
  TypeInfo,
  WorkflowExecution,
} from '@perdure/common';
import type { Headers } from '@perdure/common/lib/interceptors';
import type { ActivityOptions, LocalActivityOptions } from './activities.ts';
import type { ChildWorkflowOptionsWithDefaults } from './child-workflow-options.ts';
import type { ContinueAsNewOptions } from './continuation.ts';
import type { EventGroupMarker } from './event-group-marker.ts';
import type { NexusOperationCancellationType } from './nexus-cancellation-type.ts';

/** What outbound interceptors are given: what workflow code asks for, ready to be changed. */

export interface TimerInput {
  readonly durationMs: number;
  readonly seq: number;
  readonly options?: TimerOptions | undefined;
}

export interface TimerOptions {
  /** One line that says what the timer is for. */
  readonly summary?: string | undefined;
  /**
   * What groups the timer's events belong to, besides those in force.
   *
   * @experimental
   */
  readonly eventGroups?: EventGroupMarker[] | undefined;
}

export interface ActivityInput {
  readonly activityType: string;
  readonly args: unknown[];
  readonly options: ActivityOptions;
  readonly headers: Headers;
  readonly seq: number;
  /** How arguments and result are converted. */
  readonly typeInfo?: PayloadTypeInfo | undefined;
}

export interface LocalActivityInput {
  readonly activityType: string;
  readonly args: unknown[];
  readonly options: LocalActivityOptions;
  readonly headers: Headers;
  readonly seq: number;
  /** When the first try was scheduled, if this is not it. */
  readonly originalScheduleTime?: Timestamp | undefined;
  readonly attempt: number;
  /** How arguments and result are converted. */
  readonly typeInfo?: PayloadTypeInfo | undefined;
}

export interface StartNexusOperationInput {
  readonly input: unknown;
  readonly inputType?: TypeInfo | undefined;
  readonly outputType?: TypeInfo | undefined;
  readonly endpoint: string;
  readonly service: string;
  readonly options: StartNexusOperationOptions;
  readonly operation: string;
  readonly seq: number;
  readonly headers: Record<string, string>;
}

export interface StartNexusOperationOptions {
  /** How long it may take from now to its end. Default: as long as the server allows. */
  readonly scheduleToCloseTimeout?: Duration | undefined;
  /** How long it may take from now to its start. Default: any time. */
  readonly scheduleToStartTimeout?: Duration | undefined;
  /** How long it may take from its start to its end. Default: any time. */
  readonly startToCloseTimeout?: Duration | undefined;
  /** What happens when the scope it was started in is cancelled. Default: `'WAIT_CANCELLATION_COMPLETED'`. */
  readonly cancellationType?: NexusOperationCancellationType | undefined;
  /** One line that says what the operation is for. */
  readonly summary?: string | undefined;
  /** @experimental */
  readonly eventGroups?: EventGroupMarker[] | undefined;
}

export interface StartNexusOperationOutput {
  /** Absent or empty if the operation is over already. */
  readonly token?: string | undefined;
  readonly result: Promise<unknown>;
}

export interface StartChildWorkflowExecutionInput {
  readonly workflowType: string;
  readonly options: ChildWorkflowOptionsWithDefaults;
  readonly headers: Headers;
  readonly seq: number;
}

export interface SignalWorkflowInput {
  readonly seq: number;
  readonly signalName: string;
  readonly args: unknown[];
  /** How the arguments are converted. */
  readonly typeInfo?: SignalTypeInfo | undefined;
  readonly headers: Headers;
  readonly target:
    | { readonly type: 'external'; readonly workflowExecution: WorkflowExecution }
    | { readonly type: 'child'; readonly childWorkflowId: string };
}

export interface ContinueAsNewInput {
  readonly args: unknown[];
  readonly headers: Headers;
  readonly options: ContinueAsNewInputOptions;
}

export type ContinueAsNewInputOptions = ContinueAsNewOptions & { workflowType: string };

export type GetLogAttributesInput = Record<string, unknown>;

export type GetMetricTagsInput = MetricTags;
