import { isWorkflowFunctionWithOptions, isWorkflowFunctionWithStaticOptions, type Workflow } from '@perdure/common';
import type { ActivatorState } from './activator-state.ts';

/**
 * Finds the run's workflow function among the exports of the user's module, or else its default one, and what it says of
 * itself. Throws a `TypeError` if there is neither.
 */
export function useWorkflow(activator: ActivatorState, exported: Readonly<Record<string, unknown>>): void {
  const { workflowType } = activator.info;
  const named = exported[workflowType];
  const workflow = typeof named === 'function' ? named : exported['default'];
  if (typeof workflow !== 'function') {
    const details =
      named === undefined
        ? 'no such function is exported by the workflow bundle'
        : `expected a function, but got: '${typeof named}'`;
    throw new TypeError(`Failed to initialize workflow of type '${workflowType}': ${details}`);
  }
  activator.workflow = workflow as Workflow;
  if (isWorkflowFunctionWithOptions(workflow)) {
    const options = workflow.workflowDefinitionOptions;
    if (typeof options === 'function') activator.workflowDefinitionOptionsGetter = options;
    else {
      activator.versioningBehavior = options.versioningBehavior;
      activator.workflowDefinitionFailureExceptionTypes = options.failureExceptionTypes;
    }
  }
  if (isWorkflowFunctionWithStaticOptions(workflow)) activator.typeInfo = workflow.staticOptions.typeInfo;
}
