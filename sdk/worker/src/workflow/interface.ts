/** A run by itself, without a history: told activations, it answers with completions. For tests and tools. */
import type { coresdk } from '@perdure/proto';
import type { SinkCall } from '@perdure/workflow';
import type { WorkflowCreateOptions } from '@perdure/workflow/lib/create-options';

export type { WorkflowCreateOptions };

export interface Workflow {
  /** Lets the code do what the activation says. One at a time. What the code throws is in the completion. */
  activate(
    activation: coresdk.workflow_activation.IWorkflowActivation,
  ): Promise<coresdk.workflow_completion.IWorkflowActivationCompletion>;
  /** Calls of sinks since this was last asked. */
  getAndResetSinkCalls(): Promise<SinkCall[]>;
  /** Ends the run. It must not be used afterwards. */
  dispose(): Promise<void>;
}

export interface WorkflowCreator {
  /** Begins a run. Rejects with what the bundle's modules throw. */
  createWorkflow(options: WorkflowCreateOptions): Promise<Workflow>;
  /** Ends the context that runs share. */
  destroy(): Promise<void>;
}
