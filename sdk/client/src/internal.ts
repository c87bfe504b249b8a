/**
 * What the other packages of the SDK hand over with calls of clients, and read afterwards.
 *
 * @module
 * @internal
 */
import type { UpdateDefinition } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type {
  InternalWorkflowQueryOptions,
  InternalWorkflowSignalOptions,
  InternalWorkflowUpdateOptions,
} from './internal-options.ts';
import type { WorkflowHandle } from './workflow-client.ts';
import type { WorkflowUpdateHandle } from './workflow-handle.ts';
import type { WorkflowUpdateOptions } from './workflow-options.ts';
import type { WorkflowUpdateStage } from './workflow-update-stage.ts';

export * from './internal-options.ts';

/** A handle on which internal options are set before it is used. */
export type InternalWorkflowHandle = WorkflowHandle &
  InternalWorkflowSignalOptions &
  InternalWorkflowQueryOptions & {
    /** As in the public handle, for arguments of which the caller knows no more than that there may be some. */
    startUpdate<Ret, Args extends Any[]>(
      def: UpdateDefinition<Ret, Args> | string,
      options: WorkflowUpdateOptions & {
        args?: Args;
        waitForStage: typeof WorkflowUpdateStage.ACCEPTED;
      } & InternalWorkflowUpdateOptions,
    ): Promise<WorkflowUpdateHandle<Ret>>;
  };
