import { executionScope } from './execution-scope.ts';
import { assertInWorkflowContext, maybeGetActivator } from './global-attributes.ts';
import type { UpdateInfo, WorkflowInfo } from './workflow-info.ts';

/** What is known of this execution now. What changes later does not show in it: call it anew rather than keep it. */
export function workflowInfo(): WorkflowInfo {
  return assertInWorkflowContext('Workflow.workflowInfo(...) may only be used from a Workflow Execution.').info;
}

/** Which update's handler this code runs in, if any. */
export function currentUpdateInfo(): UpdateInfo | undefined {
  assertInWorkflowContext('Workflow.currentUpdateInfo(...) may only be used from a Workflow Execution.');
  return executionScope().update;
}

/** Whether a workflow runs here. */
export function inWorkflowContext(): boolean {
  return maybeGetActivator() !== undefined;
}

/** What `setCurrentDetails` set last. */
export function getCurrentDetails(): string {
  return assertInWorkflowContext('getCurrentDetails() may only be used from a Workflow Execution.').currentDetails;
}

/** Says, for those who ask for the workflow's metadata, what it is at. */
export function setCurrentDetails(details: string): void {
  const activator = assertInWorkflowContext('getCurrentDetails() may only be used from a Workflow Execution.');
  activator.currentDetails = details;
}
