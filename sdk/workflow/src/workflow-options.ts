import type { WorkflowDefinitionConfig, WorkflowDefinitionOptionsOrGetter } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';

type WorkflowFunction<A extends Any[], RT> = (...args: A) => Promise<RT>;

/**
 * Gives a workflow function its options, or a function that returns them, which is called once per run just before the
 * workflow starts and may look at `workflowInfo()`.
 */
export function setWorkflowOptions<A extends Any[], RT>(
  options: WorkflowDefinitionOptionsOrGetter,
  fn: WorkflowFunction<A, RT>,
): void {
  defineWorkflowOptions(fn, { workflowDefinitionOptions: options });
}

/**
 * Gives a workflow function its options and what has to be known of it before it runs.
 *
 * @experimental
 */
export function defineWorkflowOptions<A extends Any[], RT>(
  fn: WorkflowFunction<A, RT>,
  config: WorkflowDefinitionConfig,
): void {
  Object.assign(fn, config);
}
