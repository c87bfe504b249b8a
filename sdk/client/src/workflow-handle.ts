import type {
  BaseWorkflowHandle,
  HistoryAndWorkflowId,
  PayloadTypeInfo,
  QueryDefinition,
  UpdateDefinition,
  Workflow,
  WorkflowQueryOptions,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { History } from '@perdure/common/lib/proto-utils';
import type {
  RequestCancelWorkflowExecutionResponse,
  TerminateWorkflowExecutionResponse,
  WorkflowExecutionDescription,
  WorkflowExecutionInfo,
} from './types.ts';
import type { WorkflowUpdateOptions } from './workflow-options.ts';
import type { WorkflowUpdateStage } from './workflow-update-stage.ts';

/** What a {@link WorkflowHandle} has; `Client` is what it was made by. */
export interface WorkflowHandleOf<T extends Workflow, Client> extends BaseWorkflowHandle<T> {
  /**
   * Sends an update and waits for its result.
   *
   * @param def an update's definition or its name
   * @throws WorkflowUpdateFailedError when the validator refuses, or the handler throws a failure
   * @throws WorkflowUpdateRPCTimeoutOrCancelledError when the call ran out of time or was called off; the update itself
   * may go on
   */
  executeUpdate<Ret, Args extends [Any, ...Any[]], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options: WorkflowUpdateOptions & { args: Args },
  ): Promise<Ret>;
  executeUpdate<Ret, Args extends [], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options?: WorkflowUpdateOptions & { args?: Args },
  ): Promise<Ret>;

  /**
   * Sends an update and waits until the workflow has accepted or refused it: a worker has to be there.
   *
   * @param def an update's definition or its name
   * @param options with `waitForStage: 'ACCEPTED'`, the only stage that can be waited for here
   * @throws WorkflowUpdateRPCTimeoutOrCancelledError when the call ran out of time or was called off; the update itself
   * may go on
   */
  startUpdate<Ret, Args extends [Any, ...Any[]], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options: WorkflowUpdateOptions & { args: Args; waitForStage: 'ACCEPTED' },
  ): Promise<WorkflowUpdateHandle<Ret>>;
  startUpdate<Ret, Args extends [], Name extends string = string>(
    def: UpdateDefinition<Ret, Args, Name> | string,
    options: WorkflowUpdateOptions & { args?: Args; waitForStage: typeof WorkflowUpdateStage.ACCEPTED },
  ): Promise<WorkflowUpdateHandle<Ret>>;

  /** A handle to an update that was sent before. */
  getUpdateHandle<Ret>(updateId: string, options?: GetWorkflowUpdateHandleOptions): WorkflowUpdateHandle<Ret>;

  /**
   * Asks a running or closed workflow.
   *
   * @param def a query's definition or its name
   * @throws QueryNotRegisteredError when the workflow has no such query
   * @throws QueryRejectedError when the client's `queryRejectCondition` says that the workflow shall not answer
   */
  query<Ret, Args extends Any[] = []>(def: QueryDefinition<Ret, Args> | string, ...args: Args): Promise<Ret>;

  /** Asks by name, with more to say about how. @experimental */
  queryWithOptions<Ret, Args extends Any[] = []>(queryName: string, options: WorkflowQueryOptions<Args>): Promise<Ret>;

  /** Ends the workflow at once; its code is not asked. */
  terminate(reason?: string): Promise<TerminateWorkflowExecutionResponse>;

  /** Asks the workflow to cancel itself: its root scope throws a `CancelledFailure`. */
  cancel(): Promise<RequestCancelWorkflowExecutionResponse>;

  /** What the server knows of the run. */
  describe(): Promise<WorkflowExecutionDescription>;

  /** All events of the run. */
  fetchHistory(): Promise<History>;

  /** The client that the handle calls with. */
  readonly client: Client;
}

/** How to wait for a result. */
export interface WorkflowResultOptions {
  /**
   * Whether to go on with the next run when one continues as new, is retried or is a cron's.
   *
   * @default true
   */
  followRuns?: boolean;
  /** How to decode the result when the workflow is given by name. @experimental */
  typeInfo?: PayloadTypeInfo;
}

/** What a handle stands for. */
export interface GetWorkflowHandleOptions extends WorkflowResultOptions {
  /** The first run of a chain: terminating and cancelling then leave the runs of other chains alone. */
  firstExecutionRunId?: string;
}

/** A list of runs that is read page by page while it is gone through. */
export interface AsyncWorkflowListIterable extends AsyncIterable<WorkflowExecutionInfo> {
  /** The histories of the listed runs, several fetched at a time, in the order in which they arrive. */
  intoHistories: (intoHistoriesOptions?: IntoHistoriesOptions) => AsyncIterable<HistoryAndWorkflowId>;
}

/** An update that was sent. */
export interface WorkflowUpdateHandle<Ret> {
  updateId: string;
  workflowId: string;
  workflowRunId?: string;
  /**
   * Waits for the update's result.
   *
   * @throws WorkflowUpdateFailedError when the validator refused, or the handler threw a failure
   */
  result(): Promise<Ret>;
}

export interface GetWorkflowUpdateHandleOptions {
  /** The run that the update was sent to. @default the handle's, or the latest */
  workflowRunId?: string;
  /** How to decode the result. @experimental */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

export interface ListOptions {
  /** How many runs the server sends at a time. @default as the server likes */
  pageSize?: number;
  /** Which runs, as a filter of the visibility API; all of them without one. */
  query?: string;
}

export interface IntoHistoriesOptions {
  /** How many histories are fetched at the same time. @default 5 */
  concurrency?: number;
  /**
   * How many histories may wait to be taken before no more are fetched. Not with a `concurrency` of 1.
   *
   * @default no limit
   */
  bufferLimit?: number;
}
