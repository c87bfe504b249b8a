/**
 * What the other packages of the SDK hand over with calls of clients, and read afterwards. The symbols are registered
 * ones, so that options made by one copy of the package are understood by another.
 *
 * @module
 * @internal
 */
import type { temporal } from '@perdure/proto';
import type { ActivityOptions } from './activity-handle.ts';
import type { WorkflowQueryInput, WorkflowSignalInput } from './interceptors.ts';
import type { WorkflowOptions } from './workflow-options.ts';

type Link = temporal.api.common.v1.ILink;
type Callback = temporal.api.common.v1.ICallback;
type OnConflict = temporal.api.workflow.v1.IOnConflictOptions;

export const InternalWorkflowStartOptionsSymbol: unique symbol = Symbol.for(
  '__temporal_internal_client_workflow_start_options',
);
export interface InternalWorkflowStartOptions extends WorkflowOptions {
  [InternalWorkflowStartOptionsSymbol]?: {
    /** By which the server knows a repeated start. */
    requestId?: string;
    /** Called when the workflow ends, whichever of its runs does. */
    completionCallbacks?: Callback[];
    links?: Link[];
    /** Set by the client: the link in the answer. */
    responseLink?: Link;
    /** What to attach to a workflow that runs already, with `USE_EXISTING`. */
    onConflictOptions?: OnConflict;
  };
}

export const InternalWorkflowUpdateOptionsSymbol: unique symbol = Symbol.for(
  '__temporal_internal_client_workflow_update_options',
);
export interface InternalWorkflowUpdateOptions {
  [InternalWorkflowUpdateOptionsSymbol]?: {
    /** By which the server knows a repeated update. */
    requestId?: string;
    /** Called when the update ends. */
    completionCallbacks?: Callback[];
    links?: Link[];
    /** Set by the client: the link in the answer. */
    responseLink?: Link;
    /** Set by the client: how the update ended, if it had when the answer came. */
    outcome?: temporal.api.update.v1.IOutcome;
  };
}

export const InternalWorkflowSignalOptionsSymbol: unique symbol = Symbol.for(
  '__temporal_internal_client_workflow_signal_options',
);
export interface InternalWorkflowSignalOptions {
  [InternalWorkflowSignalOptionsSymbol]?: {
    links?: Link[];
    /** Set by the client: the link in the answer. */
    responseLink?: Link;
  };
}
export type InternalWorkflowSignalInput = WorkflowSignalInput & InternalWorkflowSignalOptions;

export const InternalWorkflowQueryOptionsSymbol: unique symbol = Symbol.for(
  '__temporal_internal_client_workflow_query_options',
);
export interface InternalWorkflowQueryOptions {
  [InternalWorkflowQueryOptionsSymbol]?: {
    /** Set by the client: the link in the answer. */
    responseLink?: Link;
  };
}
export type InternalWorkflowQueryInput = WorkflowQueryInput & InternalWorkflowQueryOptions;

export const InternalActivityStartOptionsSymbol: unique symbol = Symbol.for(
  '__temporal_internal_client_activity_start_options',
);
export interface InternalActivityStartOptions extends ActivityOptions {
  [InternalActivityStartOptionsSymbol]?: {
    /** By which the server knows a repeated start. */
    requestId?: string;
    /** Called when the activity ends. */
    completionCallbacks?: Callback[];
    links?: Link[];
    /** Set by the client: the link in the answer. */
    responseLink?: Link;
    /** What to attach to an activity that runs already, with `USE_EXISTING`. */
    onConflictOptions?: OnConflict;
  };
}
