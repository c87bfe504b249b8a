import { IsolatedWorkflow, IsolatedWorkflowCreator } from './isolated-workflow.ts';

/** Makes runs that share a context. */
export class ReusableVMWorkflowCreator extends IsolatedWorkflowCreator {
  protected override readonly isShared = true;
}

export class ReusableVMWorkflow extends IsolatedWorkflow {}
