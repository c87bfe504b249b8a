import type { WorkflowTypeOptions } from '@perdure/common';
import type { CompiledWorkflowOptions, WorkflowOptions } from '../workflow-options.ts';
import { compileWorkflowOptions } from '../workflow-options.ts';

/**
 * Options as the calls take them.
 *
 * @throws TypeError when what every start needs is missing
 */
export function compileStart(
  { typeInfo }: WorkflowTypeOptions,
  options: WorkflowOptions & { args?: unknown },
): CompiledWorkflowOptions {
  if (!options.taskQueue) throw new TypeError('Missing WorkflowOptions.taskQueue');
  if (!options.workflowId) throw new TypeError('Missing WorkflowOptions.workflowId');
  const compiled = compileWorkflowOptions({ ...options, args: options.args ?? [], typeInfo } as WorkflowOptions);
  return compiled as CompiledWorkflowOptions;
}
