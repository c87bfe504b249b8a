import type { FieldMask } from '@perdure/api/google-protobuf';
import type { WorkflowExecutionOptions } from '@perdure/api/workflow';
import { invalidArgument } from '../kernel/errors.ts';
import { camelCased } from '../kernel/field-mask.ts';
import { checkPriority } from './start-workflow.ts';

const PATHS: ReadonlySet<string> = new Set([
  'versioning_override',
  'versioning_override.behavior',
  'versioning_override.deployment',
  'priority',
  'priority.priority_key',
  'priority.fairness_key',
  'priority.fairness_weight',
  'time_skipping_config',
]);

export interface WorkflowOptionsUpdate {
  readonly options: WorkflowExecutionOptions;
  /** In camel case. */
  readonly fields: ReadonlySet<string>;
}

/** What of a workflow's options is to be changed, and to what. */
export function checkedWorkflowOptions(
  options: WorkflowExecutionOptions | null,
  mask: FieldMask | null,
): WorkflowOptionsUpdate {
  if (!mask) throw invalidArgument('UpdateMask is required');
  if (!options) throw invalidArgument('WorkflowExecutionOptions is required');
  for (const path of mask.paths)
    if (!PATHS.has(path)) throw invalidArgument(`error parsing UpdateMask: invalid path ${JSON.stringify(path)}`);
  checkPriority(options.priority);
  return { options, fields: new Set(mask.paths.map(camelCased)) };
}
