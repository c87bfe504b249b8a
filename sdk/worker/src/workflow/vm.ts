import { IsolatedWorkflow, IsolatedWorkflowCreator } from './isolated-workflow.ts';

/** Makes runs that have a context each. */
export class VMWorkflowCreator extends IsolatedWorkflowCreator {
  protected override readonly isShared = false;
}

export class VMWorkflow extends IsolatedWorkflow {}
