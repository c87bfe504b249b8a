import type { Any } from './any.ts';
import type { PayloadTypeInfo } from './type-info.ts';
import type { VersioningBehavior } from './worker-deployments.ts';

/**
 * What `defineWorkflowOptions` attaches to a Workflow function.
 *
 * @experimental
 */
export interface WorkflowDefinitionConfig {
  /** Evaluated for every run, so it may be a function. */
  workflowDefinitionOptions?: WorkflowDefinitionOptionsOrGetter | undefined;
  /** The same for all runs, and also looked at by clients. */
  staticOptions?: WorkflowStaticOptions | undefined;
}

export interface WorkflowDefinitionOptions {
  /** What becomes of a run when the worker's deployment gets a new version. */
  versioningBehavior?: VersioningBehavior | undefined;
  /** Errors of these classes, thrown from the Workflow, make it fail, instead of only its task. */
  failureExceptionTypes?: Array<new (...args: Any[]) => Error> | undefined;
}

/** @experimental */
export interface WorkflowStaticOptions {
  /** How the Workflow's arguments and result are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
}

type AsyncFunction<Args extends Any[], ReturnType> = (...args: Args) => Promise<ReturnType>;

export type WorkflowDefinitionOptionsOrGetter = WorkflowDefinitionOptions | (() => WorkflowDefinitionOptions);

/** A Workflow function that has definition options. */
export interface WorkflowFunctionWithOptions<Args extends Any[], ReturnType> extends AsyncFunction<Args, ReturnType> {
  workflowDefinitionOptions: WorkflowDefinitionOptionsOrGetter;
}

/**
 * A Workflow function that has static options.
 *
 * @experimental
 */
export interface WorkflowFunctionWithStaticOptions<Args extends Any[], ReturnType>
  extends AsyncFunction<Args, ReturnType> {
  staticOptions: WorkflowStaticOptions;
}

export function isWorkflowFunctionWithOptions(obj: unknown): obj is WorkflowFunctionWithOptions<Any[], Any> {
  return typeof obj === 'function' && Object.hasOwn(obj, 'workflowDefinitionOptions');
}

export function isWorkflowFunctionWithStaticOptions(
  obj: unknown,
): obj is WorkflowFunctionWithStaticOptions<Any[], Any> {
  if (typeof obj !== 'function' || !Object.hasOwn(obj, 'staticOptions')) return false;
  const { staticOptions } = obj as { staticOptions?: unknown };
  return typeof staticOptions === 'object' && staticOptions !== null;
}
