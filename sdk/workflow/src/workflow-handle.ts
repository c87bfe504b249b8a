import type { BaseWorkflowHandle, SignalDefinition, Workflow, WorkflowSignalOptions } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';

/** Another workflow, which this one can signal and ask to cancel. */
export interface ExternalWorkflowHandle {
  /** Sends a signal. Rejects if there is no such workflow, or if it is over. */
  signal<Args extends Any[] = [], Name extends string = string>(
    def: SignalDefinition<Args, Name> | string,
    ...args: Args
  ): Promise<void>;
  /**
   * Sends a signal by name, with what is needed to convert its arguments.
   *
   * @experimental
   */
  signalWithOptions<Args extends Any[] = []>(signalName: string, options: WorkflowSignalOptions<Args>): Promise<void>;
  /** Asks the workflow to cancel. Resolves when the request is in its history, whether it follows it or not. */
  cancel(): Promise<void>;
  readonly workflowId: string;
  /** The run that is meant; if absent, the latest. */
  readonly runId?: string | undefined;
}

/** A child that has started. It is cancelled by cancelling the scope that it was started in. */
export interface ChildWorkflowHandle<T extends Workflow> extends BaseWorkflowHandle<T> {
  /** The child's first run. */
  readonly firstExecutionRunId: string;
}
