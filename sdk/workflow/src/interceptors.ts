import type { Headers, Next } from '@perdure/common/lib/interceptors';
import type { coresdk } from '@perdure/proto';
import type {
  ActivityInput,
  ContinueAsNewInput,
  GetLogAttributesInput,
  GetMetricTagsInput,
  LocalActivityInput,
  SignalWorkflowInput,
  StartChildWorkflowExecutionInput,
  StartNexusOperationInput,
  StartNexusOperationOutput,
  TimerInput,
} from './outbound-inputs.ts';

export type * from './outbound-inputs.ts';
export type { Headers, Next };

/** Makes the interceptors of one run. A module of interceptors exports it under the name `interceptors`. */
export type WorkflowInterceptorsFactory = () => WorkflowInterceptors;

/** Interceptors by kind. The first of a list is the outermost. */
export interface WorkflowInterceptors {
  inbound?: WorkflowInboundCallsInterceptor[] | undefined;
  outbound?: WorkflowOutboundCallsInterceptor[] | undefined;
  internals?: WorkflowInternalsInterceptor[] | undefined;
}

type Inbound<Name extends keyof WorkflowInboundCallsInterceptor> = Next<WorkflowInboundCallsInterceptor, Name>;

/** Stands between the worker and workflow code: calls of the workflow function and of handlers. */
export interface WorkflowInboundCallsInterceptor {
  /** The workflow function is called; returns what the workflow results in. */
  execute?: (input: WorkflowExecuteInput, next: Inbound<'execute'>) => Promise<unknown>;
  /** An update handler is called; returns what the update results in. */
  handleUpdate?: (input: UpdateInput, next: Inbound<'handleUpdate'>) => Promise<unknown>;
  /** An update is validated; throws to reject it. */
  validateUpdate?: (input: UpdateInput, next: Inbound<'validateUpdate'>) => void;
  /** A signal handler is called. */
  handleSignal?: (input: SignalInput, next: Inbound<'handleSignal'>) => Promise<void>;
  /** A query is answered; returns the answer. */
  handleQuery?: (input: QueryInput, next: Inbound<'handleQuery'>) => Promise<unknown>;
}

export interface WorkflowExecuteInput {
  readonly args: unknown[];
  readonly headers: Headers;
}

export interface UpdateInput {
  readonly updateId: string;
  readonly name: string;
  readonly args: unknown[];
  readonly headers: Headers;
}

export interface SignalInput {
  readonly signalName: string;
  readonly args: unknown[];
  readonly headers: Headers;
}

export interface QueryInput {
  readonly queryId: string;
  readonly queryName: string;
  readonly args: unknown[];
  readonly headers: Headers;
}

type Outbound<Name extends keyof WorkflowOutboundCallsInterceptor> = Next<WorkflowOutboundCallsInterceptor, Name>;

/** Stands between workflow code and the worker: whatever workflow code asks for. */
export interface WorkflowOutboundCallsInterceptor {
  startTimer?: (input: TimerInput, next: Outbound<'startTimer'>) => Promise<void>;
  /** Returns what the activity results in. */
  scheduleActivity?: (input: ActivityInput, next: Outbound<'scheduleActivity'>) => Promise<unknown>;
  /** Returns what the local activity results in. Called again for each try after a timer. */
  scheduleLocalActivity?: (input: LocalActivityInput, next: Outbound<'scheduleLocalActivity'>) => Promise<unknown>;
  startNexusOperation?: (
    input: StartNexusOperationInput,
    next: Outbound<'startNexusOperation'>,
  ) => Promise<StartNexusOperationOutput>;
  /** Returns a promise of the child's run id, which resolves when it has started, and one of its result. */
  startChildWorkflowExecution?: (
    input: StartChildWorkflowExecutionInput,
    next: Outbound<'startChildWorkflowExecution'>,
  ) => Promise<[Promise<string>, Promise<unknown>]>;
  /** A child or any other workflow is signalled. */
  signalWorkflow?: (input: SignalWorkflowInput, next: Outbound<'signalWorkflow'>) => Promise<void>;
  continueAsNew?: (input: ContinueAsNewInput, next: Outbound<'continueAsNew'>) => Promise<never>;
  /** Something is logged; returns the attributes that go with it. */
  getLogAttributes?: (input: GetLogAttributesInput, next: Outbound<'getLogAttributes'>) => Record<string, unknown>;
  /** Something is measured; returns the tags that go with it, before those of the metric itself. */
  getMetricTags?: (input: GetMetricTagsInput, next: Outbound<'getMetricTags'>) => GetMetricTagsInput;
}

/**
 * Stands between the worker and what runs workflows.
 *
 * @experimental
 */
export interface WorkflowInternalsInterceptor {
  /** A batch of jobs is run. */
  activate?(input: ActivateInput, next: Next<WorkflowInternalsInterceptor, 'activate'>): void;
  /** All jobs of an activation were run; returns the commands that they led to, changed or not. */
  concludeActivation?(
    input: ConcludeActivationInput,
    next: Next<WorkflowInternalsInterceptor, 'concludeActivation'>,
  ): ConcludeActivationOutput;
  /** The run leaves the worker's memory. */
  dispose?(input: DisposeInput, next: Next<WorkflowInternalsInterceptor, 'dispose'>): void;
}

export interface ActivateInput {
  readonly activation: coresdk.workflow_activation.IWorkflowActivation;
  readonly batchIndex: number;
}

// biome-ignore lint/suspicious/noEmptyInterface: there is nothing to say yet, but a name to say it under
export interface DisposeInput {}

export interface ConcludeActivationInput {
  readonly commands: coresdk.workflow_commands.IWorkflowCommand[];
}

export type ConcludeActivationOutput = ConcludeActivationInput;
