import type { Any } from './any.ts';
import type { SignalDefinition, SignalTypeInfo, Workflow, WorkflowResultType } from './interfaces.ts';
import type { PayloadTypeInfo } from './type-info.ts';

/**
 * Arguments of a signal that is sent by name.
 *
 * @experimental
 */
export interface WorkflowSignalOptions<Args extends Any[] = []> {
  args?: Args | undefined;
  /** How the arguments are converted. */
  typeInfo?: SignalTypeInfo | undefined;
}

/**
 * Arguments of a query that is asked by name.
 *
 * @experimental
 */
export interface WorkflowQueryOptions<Args extends Any[] = []> {
  args?: Args | undefined;
  /** How the arguments and the answer are converted. */
  typeInfo?: PayloadTypeInfo | undefined;
}

/** What one can do with a Workflow from a client and from another Workflow alike. */
export interface BaseWorkflowHandle<T extends Workflow> {
  /** Resolves when the Workflow completes, and rejects when it ends otherwise. */
  result(): Promise<WorkflowResultType<T>>;
  /** Sends a signal by definition or name. */
  signal<Args extends Any[] = [], Name extends string = string>(
    def: SignalDefinition<Args, Name> | string,
    ...args: Args
  ): Promise<void>;
  /**
   * Sends a signal by name, with options.
   *
   * @experimental
   */
  signalWithOptions<Args extends Any[] = []>(signalName: string, options: WorkflowSignalOptions<Args>): Promise<void>;
  readonly workflowId: string;
}
