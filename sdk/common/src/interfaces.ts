import type { temporal } from '@perdure/proto';
import type { Any } from './any.ts';
import type { PayloadTypeInfo } from './type-info.ts';

/** A value as it is on the wire: bytes, and metadata that says how they were encoded. */
export type Payload = temporal.api.common.v1.IPayload;

/** What a Workflow function may return. */
export type WorkflowReturnType = Promise<Any>;

/** Any Workflow function. A specific one is given by its own type, such as `typeof myWorkflow`. */
export type Workflow = (...args: Any[]) => WorkflowReturnType;

/** What the promise of a Workflow function resolves to. */
export type WorkflowResultType<W extends Workflow> = ReturnType<W> extends Promise<infer R> ? R : never;

export type WorkflowUpdateType = (...args: Any[]) => Promise<Any> | Any;
export type WorkflowUpdateValidatorType = (...args: Any[]) => void;
export type WorkflowSignalType = (...args: Any[]) => Promise<void> | void;
export type WorkflowQueryType = (...args: Any[]) => Any;

/** An update handler together with how it was registered. */
export type WorkflowUpdateAnnotatedType = {
  handler: WorkflowUpdateType;
  unfinishedPolicy: HandlerUnfinishedPolicy;
  validator?: WorkflowUpdateValidatorType | undefined;
  description?: string | undefined;
  typeInfo?: PayloadTypeInfo | undefined;
};

/** A signal handler together with how it was registered. */
export type WorkflowSignalAnnotatedType = {
  handler: WorkflowSignalType;
  unfinishedPolicy: HandlerUnfinishedPolicy;
  description?: string | undefined;
  typeInfo?: SignalTypeInfo | undefined;
};

/** A query handler together with how it was registered. */
export type WorkflowQueryAnnotatedType = {
  handler: WorkflowQueryType;
  description?: string | undefined;
  typeInfo?: PayloadTypeInfo | undefined;
};

// The brands exist for the compiler only: they keep definitions with other arguments or results apart.
declare const argsBrand: unique symbol;
declare const retBrand: unique symbol;

/** A signal has arguments but no result. */
export type SignalTypeInfo = Pick<PayloadTypeInfo, 'inputTypes'>;

/**
 * Options for an {@link UpdateDefinition}.
 *
 * @experimental
 */
export interface UpdateDefinitionOptions {
  /** How the update's arguments and result are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
}

/**
 * Options for a {@link SignalDefinition}.
 *
 * @experimental
 */
export interface SignalDefinitionOptions {
  /** How the signal's arguments are converted. */
  typeInfo?: SignalTypeInfo | undefined;
}

/**
 * Options for a {@link QueryDefinition}.
 *
 * @experimental
 */
export interface QueryDefinitionOptions {
  /** How the query's arguments and result are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
}

/** The name of an update with the types of its arguments and result: what `defineUpdate` returns. */
export interface UpdateDefinition<Ret, Args extends Any[] = [], Name extends string = string> {
  type: 'update';
  name: Name;
  /** How the update's arguments and result are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
  [argsBrand]: Args;
  [retBrand]: Ret;
}

/** The name of a signal with the types of its arguments: what `defineSignal` returns. */
export interface SignalDefinition<Args extends Any[] = [], Name extends string = string> {
  type: 'signal';
  name: Name;
  /** How the signal's arguments are converted. */
  typeInfo?: SignalTypeInfo | undefined;
  [argsBrand]: Args;
}

/** The name of a query with the types of its arguments and result: what `defineQuery` returns. */
export interface QueryDefinition<Ret, Args extends Any[] = [], Name extends string = string> {
  type: 'query';
  name: Name;
  /** How the query's arguments and result are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
  [argsBrand]: Args;
  [retBrand]: Ret;
}

export type ActivityFunction<P extends Any[] = Any[], R = Any> = (...args: P) => Promise<R>;

/**
 * Activity functions by name.
 *
 * @deprecated Use {@link UntypedActivities}.
 */
export type ActivityInterface = Record<string, ActivityFunction>;

/** Activity functions by name. */
export type UntypedActivities = Record<string, ActivityFunction>;

/** A history to be replayed, and the Workflow Id that its code shall see. */
export interface HistoryAndWorkflowId {
  workflowId: string;
  history: temporal.api.history.v1.History | unknown | undefined;
}

/** What happens to signal and update handlers that still run when their Workflow ends, however it ends. */
export const HandlerUnfinishedPolicy = {
  /** They are abandoned, and a warning is logged (none if the Workflow failed). */
  WARN_AND_ABANDON: 'WARN_AND_ABANDON',
  /** They are abandoned silently. Whoever waits for an abandoned update gets an error. */
  ABANDON: 'ABANDON',
} as const;
export type HandlerUnfinishedPolicy = (typeof HandlerUnfinishedPolicy)[keyof typeof HandlerUnfinishedPolicy];
